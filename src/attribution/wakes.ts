// Which wake-up explains the idle time before each wake-up of the user's.
//
// Usually it is that wake-up itself. But a timer that ticks beside a time limit explains nothing if the limit ends the wait: each
// tick has only checked in vain. The same holds for work leaked by an ended test or a hook, and for a background interval, while a
// test waits for something else. Then the next stronger wake-up in the same test or hook explains the time, provided that it had
// been created before. If there is none, the test did wait for the weak one: e.g. a worker that tests share and the first of them
// started.

import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { overlapping } from '../profile/time-spans.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { LaterWakes, type NotedWake, Polls } from './polls.js'
import { concurrentGroups } from './timeline.js'

export interface Wake {
  readonly time: Microseconds
  /** Position in the recording's `waits.resources` of what explains the idle time before it. */
  readonly resource: number
  /** When that resource was created. */
  readonly since: Microseconds
  /** When that resource woke the loop up: now, or later. */
  readonly wokenAt: Microseconds
  /** Position in `waits.resources` of what ticked until a time limit ended the wait, and stopped then. */
  readonly poll: number | undefined
}

/**
 * `own`: created by the test that runs, or by none but meanwhile, such as by a server's handler. `left`: created by a test that has
 * ended, or by none before this one. `background`: an interval of that sort. `turn`: Jest's own timer. `node`: no user code is in
 * its stack.
 */
type Sort = 'own' | 'left' | 'background' | 'turn' | 'node'

/** After a test's function Jest lets the event loop turn, with a timer of 1 ms: what comes before that ends no wait of the test. */
const LONGEST_TURN: Microseconds = 2000

/** In chronological order, without those that explain nothing. */
export function usersWakes(recording: ResolvedRecording): Wake[] {
  const { waits } = recording
  if (waits === null) return []
  const { time, since, resource } = waits.wakes
  const sortOf = sortFinder(recording)
  const boundaries = windowBoundaries(recording)
  const found: Omit<Wake, 'poll'>[] = []
  const [own, left, turn, timer] = [new LaterWakes(), new LaterWakes(), new LaterWakes(), new LaterWakes()]
  const later = { own, left, turn, timer }
  const polls = new Polls(waits)
  for (let index = time.length - 1; index >= 0; index--) {
    const wake = { time: at(time, index), since: at(since, index), resource: at(resource, index) }
    while ((boundaries.at(-1) ?? Number.NEGATIVE_INFINITY) >= wake.time) {
      boundaries.pop()
      for (const kept of Object.values(later)) kept.forget()
    }
    const sort = sortOf(wake, boundaries.at(-1) ?? 0)
    // Asked before this wake-up itself becomes one of the later ones.
    const limit = sort === 'own' ? polls.limitOf(index, wake, later.timer) : undefined
    if (sort === 'own' || sort === 'left' || sort === 'turn') later[sort].add(wake)
    if (sort === 'own' && polls.mayLimit(index, wake.resource)) later.timer.add(wake)
    if (sort === 'turn' || sort === 'node') continue
    const explaining = limit ?? explanation(wake, sort, later)
    if (explaining !== undefined) found.push({ ...explaining, time: wake.time, wokenAt: explaining.time })
  }
  return found.toReversed().map(wake => ({ ...wake, poll: polls.endedAt(wake.wokenAt) }))
}

function explanation(
  wake: NotedWake,
  sort: 'own' | 'left' | 'background',
  later: Record<'own' | 'left' | 'turn', LaterWakes>,
): NotedWake | undefined {
  if (sort === 'own') return wake
  const left = sort === 'left' ? undefined : later.left.underWayAt(wake.time)
  const stronger = later.own.underWayAt(wake.time) ?? left
  if (stronger !== undefined) return stronger
  const turn = later.turn.underWayAt(wake.time)
  return turn !== undefined && wake.time - turn.since <= LONGEST_TURN ? undefined : wake
}

function sortFinder({
  waits,
  tests,
}: ResolvedRecording): (wake: NotedWake, windowStart: Microseconds) => Sort {
  return ({ time, since, resource }, windowStart) => {
    if (waits === null) return 'node'
    const { stack, kind, test, repeats } = waits.resources
    if (stack[resource]?.length === 0) return kind[resource] === 'timer' ? 'turn' : 'node'
    const creator = tests[at(test, resource)]
    if (creator !== undefined && creator.end >= time) return 'own'
    if (at(repeats, resource)) return 'background'
    return creator === undefined && since >= windowStart ? 'own' : 'left'
  }
}

/** Boundaries of tests, concurrent groups and hooks, ascending. */
function windowBoundaries({ tests, hooks }: ResolvedRecording): Microseconds[] {
  const groups = concurrentGroups(tests)
  const isShared = (timestamp: Microseconds) =>
    overlapping({ start: timestamp, end: timestamp }, groups).length > 0
  const alone = [
    ...tests.flatMap(({ start, end, concurrent }) => (concurrent ? [] : [start, end])),
    ...[...hooks.runs.start, ...hooks.runs.end],
  ]
  return [
    ...groups.flatMap(({ start, end }) => [start, end]),
    ...alone.filter(timestamp => !isShared(timestamp)),
  ].toSorted((a, b) => a - b)
}
