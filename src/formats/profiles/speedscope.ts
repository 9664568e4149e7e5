// speedscope's own format: profiles of the whole run and of test files, with shared frames.
// https://www.speedscope.app/file-format-schema.json: positions are 1-based; a sample is a list of frames, outermost
// first, with its weight in the unit of the value.

import { callersFirst, depths, subtreeWeights, weightsByStack, withWeights } from '../../profile/call-tree.js'
import { at } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import {
  type Frame,
  NO_CALLER,
  type Profile,
  TIMES,
  timeSamples,
  type ValueType,
} from '../../profile/profile.js'
import { OTHER, prune } from '../../profile/prune.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count } from '../../report/views/figures.js'
import { filesWithin, type StackWeight } from './file-samples.js'
import { scopeLabels } from './scope-labels.js'

/**
 * Limits for the frames of all samples together: some 20 MB of text, which speedscope imports in seconds. The number of
 * files is limited because speedscope creates an object for every shared frame in each profile:
 * https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format.ts
 */
const LIMITS = { runFrames: 1_000_000, fileFrames: 3_000_000, files: 200 }

/**
 * The whole run comes first, aggregated with the heaviest stacks first, as in speedscope's left-heavy view. Values other
 * than time follow, and then the test files with the most time, in time order if it is known and within the limit, or
 * else aggregated. The profiles' names say so, and how many files were omitted.
 */
export function toSpeedscope(profile: Profile, report: Report, limits = LIMITS): string {
  const time = weightsByStack(profile.stacks, timeSamples(profile))
  const order = heaviestFirst(profile, time)
  const fileLimits = { files: limits.files, frames: limits.fileFrames }
  const { total, files } = filesWithin(profile, { order, depth: depths(profile.stacks) }, fileLimits)
  const writer = new SpeedscopeWriter(profile, report.run.displayRoot)
  const omitted = total - files.length
  const name = `whole run, ${count(total, 'test file')}${omitted === 0 ? '' : `; ${count(omitted, 'file')} omitted (size limit)`}`
  const { unit } = TIMES.cpu
  const { runFrames: frames } = limits
  const { stacks, samples } = wholeRun(profile, time, { frames, order })
  writer.add(stacks, { name, unit, samples })
  for (const value of profile.values.filter(({ type }) => type.unit !== unit)) {
    const other = wholeRun(profile, weightsByStack(profile.stacks, [value]), { frames })
    const title = `${name}: ${value.type.label}`
    writer.add(other.stacks, { name: title, unit: value.type.unit, samples: other.samples })
  }
  const labels = scopeLabels({ scopes: files.map(({ scope }) => scope) }, report)
  files.forEach(({ samples, isTimed }, index) => {
    const { project, file } = at(labels, index)
    const path = project === '' ? file : `${project}: ${file}`
    writer.add(profile.stacks, { name: isTimed ? path : `${path} (aggregated)`, unit, samples })
  })
  return writer.toJson(`jest-profiler ${report.run.id}`)
}

/** Callees before their caller's self time, the heaviest subtree first. */
function heaviestFirst({ frames, stacks }: Profile, own: Float64Array): Int32Array {
  const subtree = subtreeWeights(stacks, own)
  const frameOf = (stack: number) => at(frames, at(stacks.frame, stack))
  const lightestFirst = (a: number, b: number) =>
    at(subtree, a) - at(subtree, b) || compareFrames(frameOf(b), frameOf(a))
  return callersFirst(stacks, subtree, lightestFirst).reverse()
}

/** `order`: the heaviest first, if already known. */
function wholeRun(
  profile: Profile,
  weights: Float64Array,
  { order, frames }: { order?: Int32Array; frames: number },
): { stacks: Profile['stacks']; samples: StackWeight[] } {
  const aggregated = withWeights(profile, weights)
  const { profile: pruned } = prune(aggregated, { frames })
  const own = weightsByStack(pruned.stacks, pruned.values)
  const known = pruned === aggregated ? order : undefined
  const samples: StackWeight[] = []
  for (const stack of known ?? heaviestFirst(pruned, own)) {
    const weight = at(own, stack)
    if (weight > 0) samples.push({ stack, weight })
  }
  return { stacks: pruned.stacks, samples }
}

/** Frames are numbered when they are used, so that none is unused and the order of recordings does not matter. */
class SpeedscopeWriter {
  readonly #toRelative: ToRelative
  readonly #source: readonly Frame[]
  readonly #frames: object[] = []
  readonly #profiles: object[] = []
  /** By frame of the profile; -1: not used yet. */
  readonly #indexOf: Int32Array

  constructor({ frames }: Pick<Profile, 'frames'>, displayRoot: string) {
    this.#toRelative = relativeTo(displayRoot)
    // Pruning adds one frame at the end.
    this.#source = [...frames, OTHER]
    this.#indexOf = new Int32Array(this.#source.length).fill(-1)
  }

  add(
    stacks: Profile['stacks'],
    { name, unit, samples }: { name: string; unit: ValueType['unit']; samples: readonly StackWeight[] },
  ): void {
    this.#profiles.push({
      type: 'sampled',
      name,
      unit,
      startValue: 0,
      endValue: samples.reduce((sum, { weight }) => sum + weight, 0),
      samples: samples.map(({ stack }) => this.#framesOf(stacks, stack)),
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

  // Visits millions of frames, so it reads columns without `at`, which is slow.
  #framesOf({ frame, caller }: Profile['stacks'], leaf: number): number[] {
    let depth = 0
    for (let stack = leaf; stack >= 0; stack = caller[stack] ?? NO_CALLER) depth++
    const indexes = new Array<number>(depth).fill(0)
    let position = depth
    for (let stack = leaf; stack >= 0; stack = caller[stack] ?? NO_CALLER) {
      const own = frame[stack] ?? 0
      const known = this.#indexOf[own] ?? -1
      indexes[--position] = known < 0 ? this.#add(own) : known
    }
    return indexes
  }

  #add(frame: number): number {
    const index = this.#frames.push(this.#toSpeedscope(at(this.#source, frame))) - 1
    this.#indexOf[frame] = index
    return index
  }

  #toSpeedscope({ name, file, line, column }: Frame): object {
    if (file === '') return { name }
    const path = this.#toRelative(file)
    return line > 0 ? { name, file: path, line, col: column } : { name, file: path }
  }
}
