// speedscope's own format: the whole run, then test file by test file, in one text with shared frames.
// https://www.speedscope.app/file-format-schema.json: positions 1-based; a sample is a list of frames from the outermost
// to the innermost, its weight in the unit of its value.

import { callersFirst, depths, subtreeWeights, weightsByStack, withWeights } from '../../profile/call-tree.js'
import { at } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import {
  type Frame,
  NO_CALLER,
  type Profile,
  samplesOf,
  TIMES,
  timeSamples,
  type ValueSamples,
  type ValueType,
} from '../../profile/profile.js'
import { prune } from '../../profile/prune.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count } from '../../report/views/figures.js'
import { filesWithin, type StackWeight } from './file-samples.js'
import { scopeLabels } from './scope-labels.js'

/**
 * Limits for the frames of all samples together, each some five bytes of text and a step of speedscope's import: some 20
 * MB and some seconds. speedscope imports all profiles when it opens a text, and makes an object of every shared frame
 * for each of them, so their number has a limit of its own:
 * https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format.ts
 */
const LIMITS = { runFrames: 1_000_000, fileFrames: 3_000_000, files: 200 }

/**
 * The whole run comes first, aggregated: the heaviest comes first, as in speedscope's left-heavy view. Values other than
 * time follow, and then test files, those with the most time first, in time order; where that is unknown or exceeds the
 * limit, aggregated. The names of the profiles say so, and how many files have none.
 */
export function toSpeedscope(profile: Profile, report: Report, limits = LIMITS): string {
  const order = heaviestFirst(profile, weightsByStack(profile.stacks, timeSamples(profile)))
  const fileLimits = { files: limits.files, frames: limits.fileFrames }
  const { total, files } = filesWithin(profile, { order, depth: depths(profile.stacks) }, fileLimits)
  const writer = new SpeedscopeWriter(report.run.displayRoot)
  const name = runName(total, files.length)
  const addRun = (type: ValueType, values: readonly ValueSamples[], title: string) => {
    const aggregated = withWeights(profile, weightsByStack(profile.stacks, values), type)
    const { profile: pruned } = prune(aggregated, { frames: limits.runFrames })
    writer.add(pruned, { name: title, unit: type.unit, samples: samplesInOrder(pruned, type) })
  }
  addRun(TIMES.cpu, timeSamples(profile), name)
  for (const samples of profile.values)
    if (samples.type.unit !== TIMES.cpu.unit)
      addRun(samples.type, [samples], `${name}: ${samples.type.label}`)
  const labels = scopeLabels({ scopes: files.map(({ scope }) => scope) }, report)
  files.forEach(({ samples, isTimed }, index) => {
    const { project, file } = at(labels, index)
    const path = project === '' ? file : `${project}: ${file}`
    writer.add(profile, { name: isTimed ? path : `${path} (aggregated)`, unit: TIMES.cpu.unit, samples })
  })
  return writer.toJson(`jest-profiler ${report.run.id}`)
}

function runName(total: number, shown: number): string {
  const files = `whole run, ${count(total, 'test file')}`
  return total === shown ? files : `${files}; ${count(total - shown, 'file')} omitted (size limit)`
}

/** Callees before their caller's own time, the heaviest subtree first. */
function heaviestFirst({ frames, stacks }: Profile, own: Float64Array): Int32Array {
  const subtree = subtreeWeights(stacks, own)
  const frameOf = (stack: number) => at(frames, at(stacks.frame, stack))
  const lightestFirst = (a: number, b: number) =>
    at(subtree, a) - at(subtree, b) || compareFrames(frameOf(b), frameOf(a))
  return callersFirst(stacks, subtree, lightestFirst).reverse()
}

function samplesInOrder(profile: Profile, type: ValueType): StackWeight[] {
  const own = weightsByStack(profile.stacks, [samplesOf(profile, type)])
  return [...heaviestFirst(profile, own)].flatMap(stack => {
    const weight = at(own, stack)
    return weight > 0 ? [{ stack, weight }] : []
  })
}

interface SpeedscopeFrame {
  name: string
  file?: string
  line?: number
  col?: number
}

/** Frames are numbered as they are used: none is superfluous, and the order in which recordings came does not show. */
class SpeedscopeWriter {
  readonly #toRelative: ToRelative
  readonly #frames: SpeedscopeFrame[] = []
  readonly #profiles: object[] = []
  readonly #indexes = new Map<Frame, number>()

  constructor(displayRoot: string) {
    this.#toRelative = relativeTo(displayRoot)
  }

  add(
    { frames, stacks }: Pick<Profile, 'frames' | 'stacks'>,
    { name, unit, samples }: { name: string; unit: ValueType['unit']; samples: readonly StackWeight[] },
  ): void {
    // By frame of the profile. Some million frames are visited: columns are read without `at`, which is slow.
    const indexOf = new Int32Array(frames.length).fill(-1)
    const indexesOf = (leaf: number) => {
      const path: number[] = []
      for (let stack = leaf; stack >= 0; stack = stacks.caller[stack] ?? NO_CALLER) {
        const frame = stacks.frame[stack] ?? 0
        if (indexOf[frame] === -1) indexOf[frame] = this.#index(at(frames, frame))
        path.push(indexOf[frame] ?? 0)
      }
      return path.reverse()
    }
    this.#profiles.push({
      type: 'sampled',
      name,
      unit,
      startValue: 0,
      endValue: samples.reduce((sum, { weight }) => sum + weight, 0),
      samples: samples.map(({ stack }) => indexesOf(stack)),
      weights: samples.map(({ weight }) => weight),
    })
  }

  toJson(name: string): string {
    return JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      exporter: 'jest-profiler',
      name,
      activeProfileIndex: 0,
      shared: { frames: this.#frames },
      profiles: this.#profiles,
    })
  }

  #index(frame: Frame): number {
    const known = this.#indexes.get(frame)
    if (known !== undefined) return known
    const index = this.#frames.push(this.#toSpeedscope(frame)) - 1
    this.#indexes.set(frame, index)
    return index
  }

  #toSpeedscope({ name, file, line, column }: Frame): SpeedscopeFrame {
    if (file === '') return { name }
    const path = this.#toRelative(file)
    return line > 0 ? { name, file: path, line, col: column } : { name, file: path }
  }
}
