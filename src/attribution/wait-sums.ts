// What the idle and blocked time of one recording waited for, summed by kind and stack.

import { TRANSFORMS } from '../jest/frames.js'
import { at, getOrMake, increase } from '../profile/columns.js'
import { isUserCode } from '../profile/own-code.js'
import type { Frame, Microseconds } from '../profile/profile.js'
import { spanCursor } from '../profile/time-spans.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { WaitKind } from '../recording/wait-kinds.js'
import { blockingKinds, isBuiltIn } from './blocking.js'
import { kindFinder } from './idle-kinds.js'
import { sampleParts } from './sample-parts.js'
import { idleUntil } from './sampled-pieces.js'
import { ALL_TIME, type TimeSelection, timeline } from './timeline.js'
import { type WaitPiece, waitPieces } from './wait-pieces.js'

/** A frame of a stack: the call site for a wait, the function for a synchronous call. */
export interface Call {
  readonly frame: Frame
  readonly line: number
  readonly column: number
}

export interface WaitSum {
  readonly kind: WaitKind
  readonly blocking: boolean
  /** Innermost frame first; empty if nothing is known. */
  readonly stack: readonly Call[]
  /** Name of the function whose time limit ended the wait; undefined if none did. */
  readonly pollsFor: string | undefined
  count: number
  total: Microseconds
  /** By the test's position in its file. */
  readonly tests: Map<number, Microseconds>
  /** Tests that were still waiting when the wait began or ended. For other tests, the sampler saw the end of the wait too late. */
  readonly waiters: Set<number>
  /** By position of the hook's definition: the part that passed in its runs. */
  readonly hooks: Map<number, Microseconds>
}

/** Frames that are shown of a synchronous call. */
const SHOWN = 8

export function waitSums(recording: ResolvedRecording, selection: TimeSelection = ALL_TIME): WaitSum[] {
  return [...idleSums(recording, selection), ...blockingSums(recording, selection)]
}

export function callAt(site: number, { sites, frames }: Pick<ResolvedRecording, 'sites' | 'frames'>): Call {
  const { frame, line, column } = sites
  return { frame: at(frames, at(frame, site)), line: at(line, site), column: at(column, site) }
}

interface SegmentWait {
  owner: number | undefined
  hook: number | undefined
  within: Microseconds
  /** Whether the wait had already ended: the sampler saw the end late. */
  isLate: boolean
}

function newSum(wait: Pick<WaitSum, 'kind' | 'blocking' | 'stack' | 'pollsFor'>): WaitSum {
  return { ...wait, count: 0, total: 0, tests: new Map(), waiters: new Set(), hooks: new Map() }
}

function add(sum: WaitSum, { owner, hook, within, isLate }: SegmentWait): void {
  sum.total += within
  if (owner !== undefined) increase(sum.tests, owner, within)
  if (owner !== undefined && !isLate) sum.waiters.add(owner)
  if (hook !== undefined) increase(sum.hooks, hook, within)
}

// A span across a boundary counts on both sides.
function idleSums(recording: ResolvedRecording, selection: TimeSelection): WaitSum[] {
  const { waits } = recording
  const segments = timeline(recording)
  const kindOf = kindFinder(recording)
  const idleBy = idleUntil(recording)
  const sums = new Map<string, WaitSum>()
  const sumOf = (piece: WaitPiece): WaitSum => {
    const { resource } = piece
    const { kind, pollsFor, pending } = kindOf(piece)
    return getOrMake(sums, `${resource} ${kind} ${pending}`, () => {
      const calls = waits?.resources.stack[resource] ?? pending ?? []
      return newSum({ kind, pollsFor, blocking: false, stack: calls.map(site => callAt(site, recording)) })
    })
  }
  let first = 0
  const wakes = new Set<Microseconds>()
  for (const piece of waitPieces(recording)) {
    const { start, end, resource, wokenAt } = piece
    while ((segments[first]?.end ?? end) <= start) first++
    const parts: SegmentWait[] = []
    for (let index = first; index < segments.length && at(segments, index).start < end; index++) {
      const segment = at(segments, index)
      const from = Math.max(start, segment.start)
      const within = idleBy(Math.min(end, segment.end)) - idleBy(from)
      // Concurrent tests share the idle time: it is attributed to the test whose wait ended it.
      const creator = segment.owner?.group === undefined ? undefined : waits?.resources.test[resource]
      const owner = creator === undefined ? segment.owner?.test : recording.tests[creator]?.index
      const isSelected = owner === undefined ? selection.hasSegment(segment) : selection.hasTest(owner)
      const isLate = wokenAt !== undefined && from >= wokenAt
      if (isSelected && within > 0) parts.push({ owner, hook: segment.hook, within, isLate })
    }
    if (parts.length === 0) continue
    const waited = sumOf(piece)
    if (wokenAt === undefined || !wakes.has(wokenAt)) waited.count++
    if (wokenAt !== undefined) wakes.add(wokenAt)
    for (const part of parts) add(waited, part)
  }
  return [...sums.values()]
}

function blockingSums(recording: ResolvedRecording, selection: TimeSelection): WaitSum[] {
  const { samples } = recording
  const kinds = blockingKinds(recording)
  // Distributing time over samples takes long.
  if (!samples.node.some(node => kinds[node] !== undefined)) return []
  const segmentAt = spanCursor(timeline(recording))
  const { blocked: blockedTimes } = sampleParts(recording)
  const sums = new Map<string, WaitSum>()
  let previous: string | undefined
  samples.node.forEach((node, sample) => {
    const kind = kinds[node]
    const segment = segmentAt(at(samples.time, sample))
    if (kind === undefined || !selection.hasSegment(segment)) {
      previous = undefined
      return
    }
    const caller = callerOutsideOfNode(node, recording)
    const key = `${caller} ${kind}`
    const blocked = getOrMake(sums, key, () =>
      newSum({ kind, pollsFor: undefined, blocking: true, stack: functionsAbove(caller, recording) }),
    )
    if (previous !== key) blocked.count++
    previous = key
    const within = at(blockedTimes, sample)
    add(blocked, { owner: segment?.owner?.test, hook: segment?.hook, within, isLate: false })
  })
  return [...sums.values()]
}

function callerOutsideOfNode(node: number, { nodes, frames }: ResolvedRecording): number {
  for (let current = node; current >= 0; current = at(nodes.caller, current))
    if (!isBuiltIn(at(frames, at(nodes.frame, current)))) return current
  return node
}

function functionsAbove(node: number, { nodes, frames }: ResolvedRecording): Call[] {
  const calls: Call[] = []
  const isTransformers = at(frames, at(nodes.frame, node)).category === 'transform'
  for (let current = node; current >= 0 && calls.length < SHOWN; current = at(nodes.caller, current)) {
    const frame = at(frames, at(nodes.frame, current))
    // The transformer waits, not Jest, which calls it, nor the module being transformed.
    if (isTransformers && (frame.category !== 'transform' || frame.package === TRANSFORMS)) break
    if ((isUserCode(frame) || frame.category === 'transform') && !isBuiltIn(frame))
      calls.push({ frame, line: frame.line, column: frame.column })
  }
  return calls
}

/** By `waitKey`; without waits whose stack is unknown. */
export type LongestWaits = ReadonlyMap<string, Microseconds>

/** The same for all waits of one kind that were started by the same calls. */
export function waitKey({ kind, stack }: Pick<WaitSum, 'kind' | 'stack'>): string {
  return [kind, ...stack.map(({ frame, line, column }) => `${frame.file}:${line}:${column}`)].join('\0')
}

export function longestWaits(recording: ResolvedRecording): LongestWaits {
  const { waits, sites, frames } = recording
  const longest = new Map<number, Microseconds>()
  for (const { start, end, resource } of waitPieces(recording))
    longest.set(resource, Math.max(longest.get(resource) ?? 0, end - start))
  const byKey = new Map<string, Microseconds>()
  for (const [resource, micros] of longest) {
    const calls = waits?.resources.stack[resource] ?? []
    if (waits === null || calls.length === 0) continue
    const stack = calls.map(site => callAt(site, { sites, frames }))
    const key = waitKey({ kind: at(waits.resources.kind, resource), stack })
    byKey.set(key, Math.max(byKey.get(key) ?? 0, micros))
  }
  return byKey
}
