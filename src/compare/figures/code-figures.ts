// Profile and Report → figures of functions, all that were seen on a stack, and of packages.

import { at } from '../../profile/columns.js'
import { rankFunctions } from '../../profile/functions.js'
import type { Profile } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { toMs } from '../../report/rounding.js'
import type { Entity } from '../comparison.js'
import { samplingError } from '../statistics/normal-distribution.js'
import type { Figure, Time } from './figure.js'

interface CodeOptions {
  toPath: (path: string) => string
  intervalMs: number
}

interface SummedFunction {
  entity: Entity
  self: number
  total: number
  count: number
}

/** Our own apart. Functions without self time are kept: they tell which others were moved. */
export function functionFigures(profile: Profile, { toPath, intervalMs }: CodeOptions): Figure[] {
  const functions = new Map<string, SummedFunction>()
  for (const { frame, self, total, count } of rankFunctions(profile)) {
    // Stacks that only wait have no CPU time.
    if (total === 0 || at(profile.frames, frame).category === 'profiler') continue
    const { name, file, line, column, category } = at(profile.frames, frame)
    const entity = { name: [name], file: toPath(file), project: '', line, column, category }
    const key = [name, entity.file, line, column].join('\0')
    const known = functions.get(key) ?? { entity, self: 0, total: 0, count: 0 }
    functions.set(key, {
      entity: known.entity,
      self: known.self + self,
      total: known.total + total,
      count: known.count + count,
    })
  }
  return [...functions.values()].map(({ entity, self, total, count }) => ({
    entity,
    times: { self: sampled(toMs(self), count, intervalMs) },
    totalMs: toMs(total),
  }))
}

export function packageFigures({ packages, run }: Report): Figure[] {
  const intervalMs = run.samplingIntervalMicros / 1000
  return packages.map(({ package: name, category, selfMs, totalMs, sampleCount }) => ({
    entity: { name: [name], file: '', project: '', line: 0, column: 0, category },
    times: { self: sampled(selfMs, sampleCount, intervalMs) },
    totalMs,
  }))
}

function sampled(ms: number, count: number, intervalMs: number): Time {
  return { ms, errorMs: samplingError(ms, count, intervalMs) }
}
