// `.cpuprofile`, which Chrome DevTools and VS Code open, in original positions.
// https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile: positions 0-based but for the
// ticks' lines; times in microseconds; a sample lasts until the next one, the last until `endTime`.

import { pathToFileURL } from 'node:url'
import { sum } from 'd3-array'
import { callersFirst, subtreeWeights, withWeights } from '../../profile/call-tree.js'
import { at } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import { type Frame, IDLE, type Microseconds, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { prune } from '../../profile/prune.js'
import { amountsByStack } from '../../profile/rank.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'

interface CpuProfileNode {
  id: number
  callFrame: { functionName: string; scriptId: string; url: string; lineNumber: number; columnNumber: number }
  hitCount: number
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

const ROOT: Frame = { ...IDLE, name: '(root)', category: 'program' }

/** Nodes of a whole run: a text of some 60 MB. All are in the pprof profile. */
const MOST_NODES = 100_000
/** Samples of a whole run: a text of some 2 MB. */
const MOST_SAMPLES = 100_000
const SHORTEST_SAMPLE: Microseconds = 1000

/**
 * Timestamps are multiples of an eighth of a millisecond. Chrome counts in milliseconds and finds out which call is
 * within which by their ends: a timestamp without an exact number of milliseconds makes one of two successive calls the
 * callee of the other, and its bottom-up view adds the time of the one to the other, twice.
 * https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/trace/helpers/Trace.ts (forEachEvent)
 */
const STEP: Microseconds = 125
/** Recordings that are sampled more often keep their timestamps: most of their samples would have no length. */
const LEAST_INTERVAL_IN_STEPS: Microseconds = 8 * STEP

/**
 * A whole run: not in time order, but heaviest first. Samples have nearly equal lengths because Chrome's bottom-up view
 * counts them and does not measure them:
 * https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/cpu_profile/CPUProfileDataModel.ts
 */
export function toRunCpuProfile(whole: Profile, mostNodes = MOST_NODES): string {
  const { running, idle } = chromeTimes(whole)
  const { frames, stacks, values } = prune(withWeights(whole, running), { stacks: mostNodes }).profile
  const { weight: self } = amountsByStack({ frames, stacks }, samplesOf({ values }, TIMES.cpu))
  const subtree = subtreeWeights(stacks, self)
  const total = self.reduce((sum, time) => sum + time, idle)
  const length = Math.max(SHORTEST_SAMPLE, total / MOST_SAMPLES)
  const tree = new CpuProfileTree(frames, STEP)
  const sampleInParts = (node: CpuProfileNode, time: Microseconds) => {
    if (time <= 0) return
    for (const part of equalParts(time, Math.max(1, Math.round(time / length)))) tree.sample(node, part)
  }
  const frameOf = (stack: number) => at(frames, at(stacks.frame, stack))
  const heaviestFirst = (a: number, b: number) =>
    at(subtree, b) - at(subtree, a) || compareFrames(frameOf(a), frameOf(b))
  const nodes = new Map<number, CpuProfileNode>()
  for (const stack of callersFirst(stacks, subtree, heaviestFirst)) {
    const node = tree.add(frameOf(stack), nodes.get(at(stacks.caller, stack)) ?? tree.root)
    nodes.set(stack, node)
    sampleInParts(node, at(self, stack))
  }
  if (idle > 0) sampleInParts(tree.add(IDLE, tree.root), idle)
  return tree.toJson({ startTime: 0, firstDelta: 0 })
}

/** Chrome knows neither waits nor blocking: what was waited for did not run, and a call that blocks is itself busy. */
function chromeTimes(profile: Profile): { running: Float64Array; idle: Microseconds } {
  const running = amountsByStack(profile, samplesOf(profile, TIMES.cpu)).weight
  amountsByStack(profile, samplesOf(profile, TIMES.blocked)).weight.forEach((weight, stack) => {
    running[stack] = at(running, stack) + weight
  })
  return { running, idle: sum([TIMES.ready, TIMES.wait], type => sum(samplesOf(profile, type).weight)) }
}

/** One test file, or the part of it between two timestamps (microseconds since its start), in time order. */
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
  // V8 counts lines over a whole recording: for a part of it they are unknown.
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

  /** `step`: timestamps are multiples of it. */
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
    parent.children ??= []
    parent.children.push(node.id)
    return node
  }

  sample(node: CpuProfileNode, length: Microseconds): void {
    node.hitCount++
    this.#samples.push(node.id)
    this.#lengths.push(length)
  }

  toJson({ startTime, firstDelta }: { startTime: Microseconds; firstDelta: Microseconds }): string {
    const inSteps = (time: Microseconds) => Math.round(time / this.#step) * this.#step
    const start = inSteps(startTime)
    let [exact, last] = [startTime + firstDelta, start]
    const timeDeltas = this.#lengths.map(length => {
      const time = inSteps(exact)
      const delta = time - last
      exact += length
      last = time
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

/** The `file:` URL of a path; other names, such as `node:fs`, as they are. */
export function toUrl(file: string): string {
  return file.startsWith('/') || /^[A-Za-z]:\//.test(file) ? pathToFileURL(file).href : file
}
