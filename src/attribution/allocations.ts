// What was allocated for which phase, hook and test: exact bytes, by the spans between boundaries.

import { group } from 'd3-array'
import { at, increase } from '../profile/columns.js'
import { PHASES, type Phase } from '../profile/profile.js'
import { clampTo, spanCursor } from '../profile/time-spans.js'
import type { Allocations } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'
import { ALL_TIME, type Segment, type TimeSelection, timeline } from './timeline.js'

export interface AllocationSpan {
  /** Undefined outside of all segments. */
  readonly segment: Segment | undefined
  readonly bytes: number
  /** Rows of the recording's samples. */
  readonly rows: readonly number[]
}

/** One entry for each span of the recording; none if nothing was recorded. */
export const allocationSpans = perRecording((recording: ResolvedRecording): readonly AllocationSpan[] => {
  const { allocations } = recording
  if (allocations === undefined) return []
  const segmentAt = spanCursor(timeline(recording))
  const { end, bytes } = allocations.spans
  const samples = allocations.samples?.span ?? []
  const rowsOf = group(samples.keys(), row => at(samples, row))
  const inFunction = new Set(allocations.functionSpans)
  return end.map((until, span) => {
    // Just before the end: what lies there has not ended yet. Between the start of a span and that of its hook, the thread may have to wait.
    const segment = segmentAt(until - 0.5)
    const rows = rowsOf.get(span) ?? []
    return {
      segment: segment && ownSegment(segment, inFunction.has(span)),
      bytes: likelyBytes(at(bytes, span), rows, allocations),
      rows,
    }
  })
})

/** What Jest allocates around the function and the hooks of a test is not the test's. */
function ownSegment(segment: Segment, isInFunction: boolean): Segment {
  const { owner, hook } = segment
  if (owner === undefined) return segment
  // The thread switches between concurrent tests at other times than these boundaries.
  if (owner.group !== undefined)
    return { ...segment, owner: { test: undefined, attempt: 0, group: owner.group } }
  return isInFunction || hook !== undefined ? segment : { ...segment, phase: 'other', owner: undefined }
}

/**
 * So many standard deviations below what the samples stand for is what they show for certain. Of 100 and more, one is less than a tenth;
 * of fewer, chance would add too much too often.
 */
const CERTAIN = { few: 3, many: 1 }
const MANY_SAMPLES = 100

/** What objects take of a page of V8's, which has 256 KiB with its header. */
const PAGE_BYTES = 261_000
/** Larger objects have memory of their own. */
const LARGEST_IN_PAGE = 131_072

/**
 * The heap's growth is exact, apart from what V8 leaves free at the end of a page because the next object does not fit: all of that is
 * counted, or none, or later objects fill it. And a collection whose sweeping goes on can hide a part. Between these bounds the samples
 * tell, less their deviation: most spans are at the lower one.
 */
function likelyBytes(
  grown: number,
  rows: readonly number[],
  { samples, intervalBytes }: Allocations,
): number {
  if (samples === null) return grown
  let [sampled, inPages, variance, taken] = [0, 0, 0, 0]
  for (const row of rows) {
    const [bytes, count] = [at(samples.bytes, row), at(samples.count, row)]
    const size = sizeOf(bytes / count, intervalBytes)
    sampled += bytes
    taken += count
    inPages += bytes * pagesShare(size)
    // Horvitz-Thompson.
    variance += Math.exp(-size / intervalBytes) * (bytes * (bytes / count))
  }
  // No samples, or none that stands for anything.
  if (inPages === 0) return grown
  const inFullPages = (grown * sampled) / inPages
  const deviation = Math.sqrt(variance)
  const certain = sampled - deviation * (taken < MANY_SAMPLES ? CERTAIN.few : CERTAIN.many)
  return Math.round(Math.max(clampTo({ start: inFullPages, end: grown }, sampled - deviation), certain))
}

/** How much more than their size objects take in pages. */
function pagesShare(size: number): number {
  return size < 1 || size > LARGEST_IN_PAGE ? 1 : PAGE_BYTES / (Math.floor(PAGE_BYTES / size) * size)
}

/** Of an iteration that converges slowly for small sizes. */
const STEPS = 20
/** Parts of the interval: smaller objects are not told from those of no size. */
const SMALL = 0.2

/** The size of an object that stands for `weight` bytes: V8 takes one with the probability 1 - e^(-size/interval). */
function sizeOf(weight: number, interval: number): number {
  let size = weight
  for (let step = 0; step < STEPS; step++) size = weight * (1 - Math.exp(-size / interval))
  return size < SMALL * interval ? 0 : size
}

/** Bytes. */
export interface AllocatedBytes {
  readonly whole: number
  /** What the samples stand for; 0 if they were not read. */
  readonly sampled: number
  /** Whether the samples were read. */
  readonly isSampled: boolean
  readonly phases: Readonly<Record<Phase, number>>
  /** By position of the hook's definition. */
  readonly hooks: ReadonlyMap<number, number>
  /** By `attemptOf`. A concurrent test has none of its own. */
  readonly tests: ReadonlyMap<string, number>
}

export function attemptOf(test: number, attempt: number): string {
  return `${test} ${attempt}`
}

/** Undefined if nothing was recorded. */
export function allocatedBytes(
  recording: ResolvedRecording,
  selection: TimeSelection = ALL_TIME,
): AllocatedBytes | undefined {
  const { allocations } = recording
  if (allocations === undefined) return undefined
  const phases = Object.fromEntries(PHASES.map(phase => [phase, 0])) as Record<Phase, number>
  const [hooks, tests] = [new Map<number, number>(), new Map<string, number>()]
  let [whole, sampled] = [0, 0]
  for (const { segment, bytes, rows } of allocationSpans(recording)) {
    if (!selection.hasSegment(segment)) continue
    whole += bytes
    if (rows.length > 0) sampled += bytes
    const { phase = 'other', hook, owner } = segment ?? {}
    phases[phase] += bytes
    if (hook !== undefined) increase(hooks, hook, bytes)
    if (owner?.test !== undefined) increase(tests, attemptOf(owner.test, owner.attempt), bytes)
  }
  return { whole, sampled, isSampled: allocations.samples !== null, phases, hooks, tests }
}
