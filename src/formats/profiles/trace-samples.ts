// The CPU samples of a worker as in V8's traces: a `Profile` event and its `ProfileChunk`s, which Chrome's performance
// panel draws as a flame chart. Integer microseconds since the start of the run; positions 0-based.
// https://source.chromium.org/chromium/chromium/src/+/main:v8/src/profiler/profile-generator.cc

import { at } from '../../profile/columns.js'
import { BLOCKED, type Frame, type Microseconds, type Profile } from '../../profile/profile.js'
import { toUrl } from './cpuprofile.js'
import type { WorkerTimeline } from './run-timeline.js'
import { stackNumbers, timelineSamples } from './timeline-samples.js'

export interface TraceEvent {
  readonly name: string
  readonly ph: 'X' | 'b' | 'e' | 'C' | 'M' | 'P'
  readonly ts: Microseconds
  readonly pid: number
  readonly tid: number
  readonly args: object
  readonly cat?: string
  readonly dur?: Microseconds
  readonly id?: string
}

interface ProfileNode {
  id: number
  parent?: number
  callFrame: object
}

const CATEGORY = 'disabled-by-default-v8.cpu_profiler'
/** Chrome passes the samples of a chunk as arguments of one call, which may have some 100,000. */
const CHUNK_SAMPLES = 10_000
const ROOT = 1
const IDLE = 2

/** `step`: see `samplingStep`. */
export function traceSamples(
  { worker, files }: WorkerTimeline,
  { profile, step, process }: { profile: Profile; step: Microseconds; process: number },
): TraceEvent[] {
  const tree = new ProfileTree(profile)
  const nodes: number[] = []
  const times: Microseconds[] = []
  for (const file of files) {
    const { stack, start } = timelineSamples(file, step)
    if (stack.length === 0) continue
    let last: number | undefined
    stack.forEach((leaf, row) => {
      const node = tree.node(leaf)
      // Successive waits are one idle sample.
      if (node === IDLE && last === IDLE) return
      last = node
      nodes.push(node)
      times.push(at(start, row))
    })
    // Ends the last sample, which would otherwise last until the next file begins.
    nodes.push(IDLE)
    times.push(file.end)
  }
  if (nodes.length === 0) return []
  const startTime = at(times, 0)
  const id = `0x${worker.toString(16)}`
  const common = { cat: CATEGORY, ph: 'P', id, pid: process, tid: worker } as const
  const head = { ...common, name: 'Profile', ts: startTime, args: { data: { startTime } } }
  return [head, ...chunks(nodes, times, tree.nodes).map(chunk => ({ ...common, ...chunk }))]
}

/** The tree is in the first chunk, because nodes must be known before their samples. */
function chunks(nodes: readonly number[], times: readonly Microseconds[], tree: readonly ProfileNode[]) {
  return Array.from({ length: Math.ceil(nodes.length / CHUNK_SAMPLES) }, (_unused, index) => {
    const from = index * CHUNK_SAMPLES
    const samples = nodes.slice(from, from + CHUNK_SAMPLES)
    const timeDeltas = samples.map(
      (_node, row) => at(times, from + row) - (times[from + row - 1] ?? at(times, 0)),
    )
    const cpuProfile = index === 0 ? { nodes: tree, samples } : { samples }
    return { name: 'ProfileChunk', ts: at(times, from), args: { data: { cpuProfile, timeDeltas } } }
  })
}

class ProfileTree {
  readonly nodes: ProfileNode[] = [
    { id: ROOT, callFrame: callFrame('(root)', 0) },
    { id: IDLE, parent: ROOT, callFrame: callFrame('(idle)', 0) },
  ]
  readonly #profile: Profile
  readonly #numberOf: (stack: number) => number
  readonly #scripts = new Map<string, { id: number; url: string }>()

  constructor(profile: Profile) {
    this.#profile = profile
    this.#numberOf = stackNumbers(profile, {
      root: ROOT,
      add: (stack, parent) => this.#add(at(profile.frames, at(profile.stacks.frame, stack)), parent),
    })
  }

  /** Chrome has no waits and no blocking: waits become idle time, and blocked calls are busy. */
  node(stack: number): number {
    const { stacks, frames } = this.#profile
    const { name, category } = at(frames, at(stacks.frame, stack))
    if (category !== 'idle') return this.#numberOf(stack)
    return name === BLOCKED.name ? this.#numberOf(at(stacks.caller, stack)) : IDLE
  }

  #add({ name, file, line, column }: Frame, parent: number): number {
    const id = this.nodes.length + 1
    const script = this.#scripts.get(file) ?? { id: this.#scripts.size + 1, url: toUrl(file) }
    this.#scripts.set(file, script)
    const position = { url: script.url, lineNumber: line - 1, columnNumber: column - 1 }
    this.nodes.push({
      id,
      parent,
      callFrame: { ...callFrame(name, file === '' ? 0 : script.id), ...position },
    })
    return id
  }
}

/** As V8 writes a frame without a position. */
function callFrame(functionName: string, scriptId: number) {
  return { functionName, scriptId, url: '', lineNumber: -1, columnNumber: -1 }
}
