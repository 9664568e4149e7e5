// Kinds of idle time: the kind of the resource that ended the wait, or why none is known.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { IdleKind } from '../recording/wait-kinds.js'
import type { WaitPiece } from './wait-pieces.js'

interface IdleReason {
  readonly kind: IdleKind
  /** Name of the function whose time limit ended the wait; undefined if none did. */
  readonly pollsFor: string | undefined
  /** Positions in the recording's `sites` of what was awaited, where that did not end the wait; undefined: it did, or is unknown. */
  readonly pending?: readonly number[] | undefined
}

/** Microseconds between the end of a wait, as the sampler saw it, and the end of its test. */
const SOON = 10_000

export function kindFinder(recording: ResolvedRecording): (piece: WaitPiece) => IdleReason {
  const { waits, timeLimits } = recording
  if (waits === null) return () => ({ kind: 'not recorded', pollsFor: undefined })
  const { start, end } = waits.pauses
  const isPaused = (time: Microseconds) => start.some((from, pause) => from <= time && time < at(end, pause))
  return piece => {
    const pollsFor = pollingFunction(piece, recording)
    if (pollsFor !== undefined) return { kind: 'time limit', pollsFor }
    const kind = waits.resources.kind[piece.resource]
    if (kind !== undefined) return { kind, pollsFor }
    const timedOut = timeLimits?.find(limit => limit.timedOut && endsWith(piece, limit.end))
    if (timedOut !== undefined)
      return { kind: 'time limit', pollsFor, pending: timedOut.open?.at(-1)?.stack ?? undefined }
    return { kind: isPaused(piece.start) ? 'not recorded (too many at once)' : 'unexplained', pollsFor }
  }
}

/** Whether it was the end of a test that ended the wait. */
function endsWith({ start, end }: Pick<WaitPiece, 'start' | 'end'>, endOfTest: Microseconds): boolean {
  return start < endOfTest && end > endOfTest - SOON
}

/** The function that set a time limit and the timer that polled until it, by its name: the outermost in both stacks, which tests call. */
function pollingFunction(
  { resource, poll }: Pick<WaitPiece, 'resource' | 'poll'>,
  { waits, sites, frames }: ResolvedRecording,
): string | undefined {
  if (waits === null || poll === undefined) return undefined
  const framesOf = (of: number) =>
    (waits.resources.stack[of] ?? []).map(site => at(frames, at(sites.frame, site)))
  const polling = framesOf(poll)
  const shared = framesOf(resource).findLast(
    ({ name, file }) =>
      isPollingFunction(name) && polling.some(other => other.name === name && other.file === file),
  )
  return shared?.name
}

const POLLING = 'waitFor|waitUntil|poll|retry|until|eventually'
const POLLING_CALL = new RegExp(`^(?:${POLLING})`)
const POLLING_FUNCTION = new RegExp(`^(?:async )?(?:\\w+\\.)*(?:${POLLING}|find(?:All)?By)`, 'i')

/** Whether a function polls for a condition, by its name in V8: nothing else distinguishes polling from timers beside other work. */
export function isPollingFunction(name: string): boolean {
  return POLLING_FUNCTION.test(name)
}

/** As `isPollingFunction`, for calls in source code, without Testing Library's queries: they poll, but are the recommended replacement. */
export function isPollingCall(name: string): boolean {
  return POLLING_CALL.test(name)
}
