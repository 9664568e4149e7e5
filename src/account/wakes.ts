// Which wake-up explains the idle time before each wake-up of the user's.
//
// Mostly it is that wake-up itself. But what an ended test has left behind, and an interval that nobody's code in
// particular waits for, tick on while a test waits for something else: these are weak, and the next other wake-up in the
// same test or hook explains what they cut short, provided that it had been on its way by then. Where there is none,
// the weak one was waited for: a worker, say, that tests share and the first of them has started.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import { at } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import { concurrentGroups } from './test-timeline.js'

export interface Wake {
  readonly time: Microseconds
  /** What explains the idle time before it: position in the recording's `waits.resources`. */
  readonly resource: number
  /** When that woke the loop up: now, or later. */
  readonly wokenAt: Microseconds
}

interface Noted {
  readonly time: Microseconds
  readonly since: Microseconds
  readonly resource: number
}

type Strength = 'strong' | 'weak' | 'Jest’s turn' | 'none'

/** Between a test's function and its end Jest lets the loop turn, with a timer of 1 ms: no test waits for what comes first. */
const LONGEST_TURN: Microseconds = 2000

/** In the order of time, without those that explain nothing. */
export function usersWakes(recording: ResolvedRecording): Wake[] {
  const { waits } = recording
  if (waits === null) return []
  const { time, since, resource } = waits.wakes
  const strengthOf = strengthFinder(recording)
  const borders = windowBorders(recording)
  const found: Wake[] = []
  const [strong, turns] = [new Later(), new Later()]
  for (let index = time.length - 1; index >= 0; index--) {
    const wake = { time: at(time, index), since: at(since, index), resource: at(resource, index) }
    while ((borders.at(-1) ?? Number.NEGATIVE_INFINITY) >= wake.time) {
      borders.pop()
      strong.forget()
      turns.forget()
    }
    const strength = strengthOf(wake)
    if (strength === 'strong') strong.add(wake)
    if (strength === 'Jest’s turn') turns.add(wake)
    if (strength === 'Jest’s turn' || strength === 'none') continue
    const next = strength === 'weak' ? strong.underWayAt(wake.time) : undefined
    const turn = turns.underWayAt(wake.time)
    const isAwaited = strength === 'strong' || turn === undefined || wake.time - turn.since > LONGEST_TURN
    if (next !== undefined) found.push({ time: wake.time, resource: next.resource, wokenAt: next.time })
    else if (isAwaited) found.push({ time: wake.time, resource: wake.resource, wokenAt: wake.time })
  }
  return found.toReversed()
}

/** Wake-ups that come later, of those that are added and asked for backwards in time. */
class Later {
  /** The nearest is the last. Each was created before those that come before it: any other is never asked for. */
  #wakes: Noted[] = []

  add(wake: Noted): void {
    while ((this.#wakes.at(-1)?.since ?? Number.NEGATIVE_INFINITY) >= wake.since) this.#wakes.pop()
    this.#wakes.push(wake)
  }

  /** The nearest whose resource had been created by then. */
  underWayAt(moment: Microseconds): Noted | undefined {
    while ((this.#wakes.at(-1)?.since ?? Number.NEGATIVE_INFINITY) > moment) this.#wakes.pop()
    return this.#wakes.at(-1)
  }

  forget(): void {
    this.#wakes = []
  }
}

function strengthFinder({ waits, tests }: ResolvedRecording): (wake: Noted) => Strength {
  return ({ time, resource }) => {
    if (waits === null) return 'none'
    const { stack, kind, test, repeats } = waits.resources
    if (stack[resource]?.length === 0) return kind[resource] === 'timer' ? 'Jest’s turn' : 'none'
    const creator = tests[at(test, resource)]
    const isWeak = creator === undefined ? at(repeats, resource) : creator.end < time
    return isWeak ? 'weak' : 'strong'
  }
}

/** Where a test, a group of concurrent ones, or a hook begins or ends, ascending. */
function windowBorders({ tests, hooks }: ResolvedRecording): Microseconds[] {
  const groups = concurrentGroups(tests)
  const isShared = (moment: Microseconds) => groups.some(({ start, end }) => start < moment && moment < end)
  const alone = [
    ...tests.flatMap(({ start, end, concurrent }) => (concurrent ? [] : [start, end])),
    ...[...hooks.runs.start, ...hooks.runs.end],
  ]
  return [
    ...groups.flatMap(({ start, end }) => [start, end]),
    ...alone.filter(moment => !isShared(moment)),
  ].toSorted((a, b) => a - b)
}
