// Reads speedscope's file format by its schema, and throws on input that its importer would refuse.
// https://www.speedscope.app/file-format-schema.json

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { ROOT } from '../e2e/support/cache.js'

interface SpeedscopeFile {
  name: string
  exporter: string
  activeProfileIndex: number
  shared: { frames: { name: string; file?: string; line?: number; col?: number }[] }
  profiles: {
    name: string
    unit: string
    startValue: number
    endValue: number
    samples: number[][]
    weights: number[]
  }[]
}

interface ReadSpeedscope {
  file: SpeedscopeFile
  profiles: { name: string; total: number; samples: { stack: string; weight: number }[] }[]
}

const schema = JSON.parse(
  readFileSync(join(ROOT, 'node_modules/speedscope/dist/release/file-format-schema.json'), 'utf8'),
)
const validate = new Ajv({ allErrors: true }).compile<SpeedscopeFile>(schema)

export function readSpeedscope(text: string): ReadSpeedscope {
  const file: unknown = JSON.parse(text)
  if (!validate(file)) throw new Error(`not of the schema: ${JSON.stringify(validate.errors)}`)
  const used = new Set(file.profiles.flatMap(({ samples }) => samples.flat()))
  if (used.size !== file.shared.frames.length) throw new Error('a frame that is in no sample')
  const nameOf = (index: number) => {
    const frame = file.shared.frames[index]
    if (frame === undefined) throw new Error(`a sample has frame ${index}, which is none`)
    return frame.name
  }
  const profiles = file.profiles.map(({ name, samples, weights, startValue, endValue }) => {
    if (samples.length !== weights.length) throw new Error('samples and weights differ in length')
    if (weights.some(weight => !(weight > 0))) throw new Error('a sample without weight')
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (total !== endValue - startValue) throw new Error(`${total} µs in ${endValue - startValue} µs`)
    const read = samples.map((stack, sample) => ({
      stack: stack.map(nameOf).join(' > '),
      weight: weights[sample] ?? 0,
    }))
    return { name, total, samples: read }
  })
  return { file, profiles }
}
