// `.cpuprofile`, which Chrome DevTools and VS Code open, with original positions.
// https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile: positions are 0-based, except lines of
// ticks; times in microseconds; a sample lasts until the next one, the last until `endTime`.

import { pathToFileURL } from 'node:url'
import { sum } from 'd3-array'
import { callersFirst, subtreeWeights, withWeights } from '../../profile/call-tree.js'
import { at } from '../../profile/columns.js'
import { compareFrames } from '../../profile/frame.js'
import { type Frame, IDLE, type Microseconds, type Profile, samplesOf, TIMES } from '../../profile/profile.js'
import { prune } from '../../profile/prune.js'
import { amountsByStack } from '../../profile/rank.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'
import { equalParts } from './line-shares.js'

interface CpuProfileNode {
  id: number
  callFrame: { functionName: string; scriptId: string; url: string; lineNumber: number; columnNumber: number }
  hitCount: number
  children?: number[]
  positionTicks?: { line: number; ticks: number }[]
}

const ROOT: Frame = { ...IDLE, name: '(root)', category: 'program' }

/** For a whole run: some 60 MB of text. The pprof profile has all nodes. */
const MOST_NODES = 100_000
/** For a whole run: some 2 MB of text. */
const MOST_SAMPLES = 100_000
const SHORTEST_SAMPLE: Microseconds = 1000

/**
 * Timestamps are multiples of an eighth of a millisecond, which is exact in Chrome's floating-point milliseconds. Chrome
 * derives nesting from the ends of calls: with rounding errors, one of two successive calls would become the callee of
 * the other, and its time would count twice in the bottom-up view.
 * https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/trace/helpers/Trace.ts (forEachEvent)
 */
const STEP: Microseconds = 125
/** At shorter sampling intervals timestamps are kept, because most samples would become empty. */
const LEAST_INTERVAL_IN_STEPS: Microseconds = 8 * STEP

/**
 * A whole run, not in time order but heaviest first. Samples have nearly equal lengths because Chrome's bottom-up view
 * counts them instead of their time:
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

/** Chrome has no waits and no blocking: waits become idle time, and blocked calls are busy. */
function chromeTimes(profile: Profile): { running: Float64Array; idle: Microseconds } {
  const running = amountsByStack(profile, samplesOf(profile, TIMES.cpu)).weight
  amountsByStack(profile, samplesOf(profile, TIMES.blocked)).weight.forEach((weight, stack) => {
    running[stack] = at(running, stack) + weight
  })
  return { running, idle: sum([TIMES.ready, TIMES.wait], type => sum(samplesOf(profile, type).weight)) }
}

/** A test file, or the part of it between two timestamps in microseconds since its start, in time order. */
export function toFileCpuProfile(
  recording: ResolvedRecording,
  window: { start: Microseconds; end: Microseconds } = { start: 0, end: recording.header.wallMicros },
): string {
  const { nodes, frames, samples, ticks, header } = recording
  const tree = new CpuProfileTree(
    frames,
    (header.samplingIntervalMicros ?? 0) < LEAST_INTERVAL_IN_STEPS ? 1 : STEP,
  )
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
  // V8 counts lines for a whole recording only.
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

  /** Timestamps are multiples of `step`. */
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

/** The `file:` URL of an absolute path. Other names, such as `node:fs`, stay as they are. */
export function toUrl(file: string): string {
  return file.startsWith('/') || /^[A-Za-z]:\//.test(file) ? pathToFileURL(file).href : file
}
