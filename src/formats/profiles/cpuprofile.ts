// `.cpuprofile`, which Chrome DevTools and VS Code open, in original positions.
// https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile: positions 0-based but for the
// ticks' lines; times in microseconds; a sample lasts until the next one, the last until `endTime`.

import { pathToFileURL } from 'node:url'
import { at, increase } from '../../profile/columns.js'
import {
  BLOCKED,
  type Frame,
  IDLE,
  type Microseconds,
  NO_CALLER,
  type Profile,
} from '../../profile/profile.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'
import { SMALLER_CALLS } from '../smaller-calls.js'

interface CpuProfileNode {
  id: number
  callFrame: { functionName: string; scriptId: string; url: string; lineNumber: number; columnNumber: number }
  hitCount: number
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

const ROOT: Frame = {
  name: '(root)',
  file: '',
  line: 0,
  column: 0,
  category: 'program',
  package: undefined,
  generated: false,
}

/** Nodes of a whole run, at the most: a text of some 60 MB. All are in the pprof profile. */
const MOST_NODES = 100_000
/** Samples of a whole run, at the most: a text of some 2 MB. */
const MOST_SAMPLES = 100_000
const SHORTEST_SAMPLE: Microseconds = 1000

/**
 * Moments are multiples of an eighth of a millisecond. Chrome counts in milliseconds and tells which call is within which
 * by their ends: a moment that has no exact number of milliseconds makes one of two calls in a row the other's callee, and
 * its bottom-up view books the time of the one to the other, twice.
 * https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/trace/helpers/Trace.ts (forEachEvent)
 */
const STEP: Microseconds = 125
/** Recordings that are sampled more often keep their moments: most of their samples would have no length. */
const LEAST_INTERVAL_IN_STEPS: Microseconds = 8 * STEP

/**
 * A whole run: no order in time, but heaviest first. Samples are of nearly equal length, for Chrome's bottom-up view
 * counts them and does not measure them:
 * https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/cpu_profile/CPUProfileDataModel.ts
 * Where there are more than `mostNodes` stacks, the lightest are one node below each of their callers.
 */
export function toRunCpuProfile(profile: Profile, mostNodes = MOST_NODES): string {
  const { frames, stacks } = profile
  const { self, idle } = selfTimes(profile)
  const subtree = subtreeTimes(profile, self)
  const total = self.reduce((sum, time) => sum + time, idle)
  const length = Math.max(SHORTEST_SAMPLE, total / MOST_SAMPLES)
  const tree = new CpuProfileTree(frames, STEP)
  const { calleesOf, smallerOf } = heaviestCallees(profile, subtree, mostNodes)
  const sampleInParts = (node: CpuProfileNode, time: Microseconds) => {
    if (time <= 0) return
    for (const part of equalParts(time, Math.max(1, Math.round(time / length)))) tree.sample(node, part)
  }
  const heaviestLast = (a: number, b: number) => at(subtree, a) - at(subtree, b) || b - a
  const pending: { stack: number; parent: CpuProfileNode }[] = []
  const addBelow = (caller: number, parent: CpuProfileNode) => {
    const smaller = smallerOf.get(caller)
    if (smaller !== undefined) sampleInParts(tree.add(SMALLER_CALLS, parent), smaller)
    for (const stack of (calleesOf.get(caller) ?? []).toSorted(heaviestLast)) pending.push({ stack, parent })
  }
  addBelow(NO_CALLER, tree.root)
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = tree.add(at(frames, at(stacks.frame, next.stack)), next.parent)
    sampleInParts(node, at(self, next.stack))
    addBelow(next.stack, node)
  }
  if (idle > 0) sampleInParts(tree.add(IDLE, tree.root), idle)
  return tree.toJson({ startTime: 0, firstDelta: 0 })
}

function selfTimes({ frames, stacks, samples }: Profile): { self: Float64Array; idle: Microseconds } {
  const self = new Float64Array(stacks.frame.length)
  let idle = 0
  samples.stack.forEach((leaf, row) => {
    const { name, category } = at(frames, at(stacks.frame, leaf))
    // Chrome knows neither: what idle time waited for is no code that ran, and a call that blocks is itself busy.
    const stack = name === BLOCKED.name ? at(stacks.caller, leaf) : leaf
    if (category === 'idle' && stack === leaf) idle += at(samples.weight, row)
    else self[stack] = at(self, stack) + at(samples.weight, row)
  })
  return { self, idle }
}

function subtreeTimes({ stacks }: Profile, self: Float64Array): Float64Array {
  const subtree = self.slice()
  for (let stack = subtree.length - 1; stack >= 0; stack--) {
    const caller = at(stacks.caller, stack)
    if (caller >= 0) subtree[caller] = at(subtree, caller) + at(subtree, stack)
  }
  return subtree
}

interface Callees {
  readonly calleesOf: ReadonlyMap<number, readonly number[]>
  /** Time of all that were left out. */
  readonly smallerOf: ReadonlyMap<number, Microseconds>
}

/** By caller, NO_CALLER among them: those that took time, the heaviest of all. */
function heaviestCallees({ stacks }: Profile, subtree: Float64Array, most: number): Callees {
  const limit = subtree.length <= most ? 0 : at(subtree.toSorted(), subtree.length - most)
  const calleesOf = new Map<number, number[]>()
  const smallerOf = new Map<number, Microseconds>()
  stacks.caller.forEach((caller, stack) => {
    const time = at(subtree, stack)
    if (time <= 0) return
    // What is folded with its caller needs no node of its own.
    if (time <= limit) {
      if (caller === NO_CALLER || at(subtree, caller) > limit) increase(smallerOf, caller, time)
      return
    }
    const siblings = calleesOf.get(caller)
    if (siblings === undefined) calleesOf.set(caller, [stack])
    else siblings.push(stack)
  })
  return { calleesOf, smallerOf }
}

/** One test file, or the part of it between two moments (microseconds since its start), in the order of time. */
export function toFileCpuProfile(
  recording: ResolvedRecording,
  window: { start: Microseconds; end: Microseconds } = { start: 0, end: recording.header.wallMicros },
): string {
  const { nodes, frames, samples, ticks, header } = recording
  const tree = new CpuProfileTree(frames, header.samplingIntervalMicros < LEAST_INTERVAL_IN_STEPS ? 1 : STEP)
  const whole = window.start === 0 && window.end === header.wallMicros
  const added = new Map<number, CpuProfileNode>()
  const nodeOf = (index: number): CpuProfileNode => {
    const caller = at(nodes.caller, index)
    if (caller < 0) return tree.root
    const known = added.get(index)
    if (known !== undefined) return known
    const node = tree.add(at(frames, at(nodes.frame, index)), nodeOf(caller))
    added.set(index, node)
    return node
  }
  samples.time.forEach((time, sample) => {
    if (time < window.start || time >= window.end) return
    const until = Math.min(samples.time[sample + 1] ?? window.end, window.end)
    tree.sample(nodeOf(at(samples.node, sample)), until - time)
  })
  // V8 counts lines over a whole recording: of a part of it they are not known.
  if (whole) {
    ticks.node.forEach((index, tick) => {
      const node = added.get(index)
      if (node === undefined) return
      node.positionTicks ??= []
      node.positionTicks.push({ line: at(ticks.line, tick), ticks: at(ticks.count, tick) })
    })
  }
  const first = samples.time.find(time => time >= window.start) ?? window.start
  const startTime = Math.round(header.startedAtMs * 1000) + window.start
  return tree.toJson({ startTime, firstDelta: first - window.start })
}

class CpuProfileTree {
  readonly #nodes: CpuProfileNode[] = []
  readonly #samples: number[] = []
  readonly #lengths: Microseconds[] = []
  readonly #scripts: Map<string, { scriptId: string; url: string }>
  readonly #step: Microseconds
  readonly root: CpuProfileNode

  /** `step`: moments are multiples of it. */
  constructor(frames: readonly Frame[], step: Microseconds) {
    this.#step = step
    const files = [...new Set(frames.map(({ file }) => file))]
    this.#scripts = new Map(
      files.map((file, index) => [
        file,
        { scriptId: file === '' ? '0' : String(index + 1), url: toUrl(file) },
      ]),
    )
    this.root = this.#node(ROOT)
  }

  add(frame: Frame, parent: CpuProfileNode): CpuProfileNode {
    const node = this.#node(frame)
    if (parent.children === undefined) parent.children = []
    parent.children.push(node.id)
    return node
  }

  sample(node: CpuProfileNode, length: Microseconds): void {
    node.hitCount++
    this.#samples.push(node.id)
    this.#lengths.push(length)
  }

  toJson({ startTime, firstDelta }: { startTime: Microseconds; firstDelta: Microseconds }): string {
    const inSteps = (moment: Microseconds) => Math.round(moment / this.#step) * this.#step
    const start = inSteps(startTime)
    let [exact, last] = [startTime + firstDelta, start]
    const timeDeltas = this.#lengths.map(length => {
      const moment = inSteps(exact)
      const delta = moment - last
      exact += length
      last = moment
      return delta
    })
    const times = { startTime: start, endTime: inSteps(exact) }
    return JSON.stringify({ nodes: this.#nodes, ...times, samples: this.#samples, timeDeltas })
  }

  #node({ name, file, line, column }: Frame): CpuProfileNode {
    const { scriptId, url } = this.#scripts.get(file) ?? { scriptId: '0', url: '' }
    const callFrame = { functionName: name, scriptId, url, lineNumber: line - 1, columnNumber: column - 1 }
    const node = { id: this.#nodes.length + 1, callFrame, hitCount: 0 }
    this.#nodes.push(node)
    return node
  }
}

/** Whole numbers that differ by at most one and add up to `amount`. */
function equalParts(amount: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, part) => Math.floor((amount * (part + 1)) / count) - Math.floor((amount * part) / count),
  )
}

/** Of a path, its `file:` URL; other names, such as `node:fs`, as they are. */
export function toUrl(file: string): string {
  return file.startsWith('/') || /^[A-Za-z]:\//.test(file) ? pathToFileURL(file).href : file
}
