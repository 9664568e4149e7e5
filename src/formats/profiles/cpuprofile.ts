// `.cpuprofile`, which Chrome DevTools and VS Code open, in original positions.
// https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile: positions 0-based but for the
// ticks' lines; times in microseconds; a sample lasts until the next one, the last until `endTime`.

import { pathToFileURL } from 'node:url'
import type { ResolvedRecording } from '../../import/resolved-recording.js'
import { at } from '../../profile/columns.js'
import { BLOCKED, type Frame, IDLE, type Microseconds, type Profile } from '../../profile/profile.js'

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

/** Samples of a whole run, at the most: a text of some 2 MB. */
const MOST_SAMPLES = 100_000
const SHORTEST_SAMPLE: Microseconds = 1000

/**
 * A whole run: no order in time, but heaviest first. Samples are of nearly equal length, for Chrome's bottom-up view
 * counts them and does not measure them:
 * https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/cpu_profile/CPUProfileDataModel.ts
 */
export function toRunCpuProfile({ frames, stacks, samples }: Profile): string {
  const weight = new Array<Microseconds>(stacks.frame.length).fill(0)
  let idle = 0
  samples.stack.forEach((leaf, row) => {
    const { name, category } = at(frames, at(stacks.frame, leaf))
    // Chrome knows neither: what idle time waited for is no code that ran, and a call that blocks is itself busy.
    const stack = name === BLOCKED.name ? at(stacks.caller, leaf) : leaf
    if (category === 'idle' && stack === leaf) idle += at(samples.weight, row)
    else weight[stack] = at(weight, stack) + at(samples.weight, row)
  })
  const subtree = [...weight]
  for (let stack = weight.length - 1; stack >= 0; stack--) {
    const caller = at(stacks.caller, stack)
    if (caller >= 0) subtree[caller] = at(subtree, caller) + at(subtree, stack)
  }
  const total = weight.reduce((sum, self) => sum + self, idle)
  const length = Math.max(SHORTEST_SAMPLE, total / MOST_SAMPLES)
  const tree = new CpuProfileTree(frames)
  const childrenOf = new Map<number, number[]>()
  stacks.caller.forEach((caller, stack) => {
    if (at(subtree, stack) <= 0) return
    const siblings = childrenOf.get(caller)
    if (siblings === undefined) childrenOf.set(caller, [stack])
    else siblings.push(stack)
  })
  const sampleInParts = (node: CpuProfileNode, self: Microseconds) => {
    if (self <= 0) return
    for (const part of equalParts(self, Math.max(1, Math.round(self / length)))) tree.sample(node, part)
  }
  const heaviestLast = (a: number, b: number) => at(subtree, a) - at(subtree, b) || b - a
  const pending = (childrenOf.get(-1) ?? [])
    .toSorted(heaviestLast)
    .map(stack => ({ stack, parent: tree.root }))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const node = tree.add(at(frames, at(stacks.frame, next.stack)), next.parent)
    sampleInParts(node, at(weight, next.stack))
    for (const stack of (childrenOf.get(next.stack) ?? []).toSorted(heaviestLast))
      pending.push({ stack, parent: node })
  }
  if (idle > 0) sampleInParts(tree.add(IDLE, tree.root), idle)
  return tree.toJson({ startTime: 0, firstDelta: 0 })
}

/** One test file, or the part of it between two moments (microseconds since its start), in the order of time. */
export function toFileCpuProfile(
  recording: ResolvedRecording,
  window: { start: Microseconds; end: Microseconds } = { start: 0, end: recording.header.wallMicros },
): string {
  const { nodes, frames, samples, ticks } = recording
  const tree = new CpuProfileTree(frames)
  const whole = window.start === 0 && window.end === recording.header.wallMicros
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
  const startTime = Math.round(recording.header.startedAtMs * 1000) + window.start
  return tree.toJson({ startTime, firstDelta: first - window.start })
}

class CpuProfileTree {
  readonly #nodes: CpuProfileNode[] = []
  readonly #samples: number[] = []
  readonly #lengths: Microseconds[] = []
  readonly #scripts: Map<string, { scriptId: string; url: string }>
  readonly root: CpuProfileNode

  constructor(frames: readonly Frame[]) {
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
    const endTime = startTime + firstDelta + this.#lengths.reduce((sum, length) => sum + length, 0)
    const timeDeltas = [firstDelta, ...this.#lengths].slice(0, this.#samples.length)
    return JSON.stringify({ nodes: this.#nodes, startTime, endTime, samples: this.#samples, timeDeltas })
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
