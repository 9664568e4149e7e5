// speedscope's own format: the whole run, then test file by test file, in one text with shared frames.
// https://www.speedscope.app/file-format-schema.json: positions 1-based; a sample is a list of frames from the outermost
// to the innermost, its weight in microseconds.

import { at } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import { type Frame, NO_CALLER, type Profile } from '../../profile/profile.js'
import { relativeTo, type ToRelative } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count } from '../../report/views/figures.js'
import {
  type CallTree,
  calleesFirst,
  type OrderedTree,
  REST,
  type Row,
  rowsWithin,
  subtreeTimes,
} from './call-tree-rows.js'
import { fileRowsWithin } from './file-rows.js'
import { scopeLabels } from './scope-labels.js'

/**
 * The room is for frames of all samples together, each some five bytes of text and a step of speedscope's import: at
 * the most some 20 MB, and some seconds. speedscope imports all profiles when it opens a text, and makes an object of
 * every shared frame for each of them, so their number has a bound of its own:
 * https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format.ts
 */
const BOUNDS = { runRoom: 1_000_000, fileRoom: 3_000_000, fileCount: 200 }

/**
 * The whole run comes first and has no order in time: the heaviest comes first, as in speedscope's left-heavy view.
 * Test files follow, those with the most time first, in the order of time; where that is not known or takes too much
 * room, in the order of the whole run. The names of the profiles say so, and how many files have none.
 */
export function toSpeedscope(profile: Profile, report: Report, bounds = BOUNDS): string {
  const tree = orderedTree(profile)
  const depth = depths(tree)
  const sizeOf = ({ node, isRest }: Row) => (depth[node] ?? 0) + Number(isRest)
  const { fileCount, fileRoom, runRoom } = bounds
  const { total, files } = fileRowsWithin(profile, tree.order, { fileCount, room: fileRoom, sizeOf })
  const writer = new SpeedscopeWriter(profile, { caller: tree.caller, sizeOf }, report)
  writer.add(runName(total, files.length), rowsWithin(tree, runRoom, sizeOf))
  const labels = scopeLabels({ scopes: files.map(({ scope }) => scope) }, report)
  files.forEach(({ rows, isTimed }, index) => {
    const { project, file } = at(labels, index)
    const name = project === '' ? file : `${project}: ${file}`
    writer.add(isTimed ? name : `${name} (merged, not in the order of time)`, rows)
  })
  return writer.toJson(`jest-profiler ${report.run.id}`)
}

function runName(total: number, shown: number): string {
  const files = `whole run, ${count(total, 'test file')}`
  const leftOut = (total - shown).toLocaleString('en-US')
  return total === shown
    ? files
    : `${files}; for want of room ${leftOut} of them have no profile of their own`
}

/** The whole run's, the heaviest first. */
function orderedTree({ frames, stacks, samples }: Profile): OrderedTree {
  const self = new Float64Array(stacks.frame.length)
  samples.stack.forEach((stack, row) => {
    self[stack] = at(self, stack) + at(samples.weight, row)
  })
  const tree = { caller: Int32Array.from(stacks.caller), self }
  const subtree = subtreeTimes(tree)
  const frameOf = (stack: number) => at(frames, at(stacks.frame, stack))
  const order = calleesFirst(
    tree,
    subtree,
    (a, b) => at(subtree, b) - at(subtree, a) || compareFrames(frameOf(a), frameOf(b)),
  )
  return { ...tree, subtree, order }
}

/** Number of frames of each stack. */
function depths({ caller }: CallTree): Int32Array {
  const depth = new Int32Array(caller.length)
  caller.forEach((callerOfStack, stack) => {
    depth[stack] = (depth[callerOfStack] ?? 0) + 1
  })
  return depth
}

interface SpeedscopeFrame {
  name: string
  file?: string
  line?: number
  col?: number
}

class SpeedscopeWriter {
  readonly #profile: Profile
  readonly #caller: Int32Array
  readonly #frameOf: Int32Array
  readonly #sizeOf: (row: Row) => number
  readonly #toRelative: ToRelative
  readonly #frames: SpeedscopeFrame[] = []
  readonly #profiles: object[] = []
  /** By the profile's own; -1: not used yet. */
  readonly #index: Int32Array
  #restIndex = -1

  constructor(
    profile: Profile,
    { caller, sizeOf }: { caller: Int32Array; sizeOf: (row: Row) => number },
    { run }: Pick<Report, 'run'>,
  ) {
    this.#profile = profile
    this.#caller = caller
    this.#frameOf = Int32Array.from(profile.stacks.frame)
    this.#sizeOf = sizeOf
    this.#toRelative = relativeTo(run.displayRoot)
    this.#index = new Int32Array(profile.frames.length).fill(-1)
  }

  add(name: string, rows: readonly Row[]): void {
    this.#profiles.push({
      type: 'sampled',
      name,
      unit: 'microseconds',
      startValue: 0,
      endValue: rows.reduce((sum, { weight }) => sum + weight, 0),
      samples: rows.map(row => this.#sample(row)),
      weights: rows.map(({ weight }) => weight),
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

  // Some million frames come by: columns are read as in call-tree-rows.ts.
  #sample(row: Row): number[] {
    const sample = new Array<number>(this.#sizeOf(row)).fill(0)
    let position = sample.length
    if (row.isRest) sample[--position] = this.#rest()
    for (let stack = row.node; stack >= 0; stack = this.#caller[stack] ?? NO_CALLER) {
      const frame = this.#frameOf[stack] ?? -1
      const known = this.#index[frame] ?? -1
      sample[--position] = known < 0 ? this.#add(frame) : known
    }
    return sample
  }

  // Numbered as they are used: none is left over, and the order in which recordings came does not show.
  #add(frame: number): number {
    const index = this.#frames.push(this.#toFrame(at(this.#profile.frames, frame))) - 1
    this.#index[frame] = index
    return index
  }

  #rest(): number {
    if (this.#restIndex < 0) this.#restIndex = this.#frames.push({ name: REST }) - 1
    return this.#restIndex
  }

  #toFrame({ name, file, line, column }: Frame): SpeedscopeFrame {
    if (file === '') return { name }
    const path = this.#toRelative(file)
    return line > 0 ? { name, file: path, line, col: column } : { name, file: path }
  }
}
