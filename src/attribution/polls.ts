// Timers of a test that tick beside one that takes longer, such as a time limit or a plain sleep: it is that one which ends the
// wait, and each tick before has asked in vain.

import type { Microseconds } from '../profile/profile.js'
import type { Waits } from '../recording/recording.js'
import type { LaterWakes, NotedWake } from './later-wakes.js'
import { type Train, trainsOf } from './ticks.js'

/** Ticks that have to fit in before a timer for that to take longer. */
const FEWEST_TICKS = 2

export class Polls {
  readonly #waits: Waits
  readonly #trains: ReadonlyMap<number, Train>
  /** What had ticked, by the time at which a limit fired. */
  readonly #ended = new Map<Microseconds, number>()

  constructor(waits: Waits) {
    this.#waits = waits
    this.#trains = trainsOf(waits)
  }

  /** Whether the wake-up at a position may be what ticks end at. */
  mayLimit(wake: number, resource: number): boolean {
    return this.#waits.resources.kind[resource] === 'timer' && this.#trains.get(wake)?.isInterval !== true
  }

  /** For a tick at a position: the timer that fires next of those under way, if the ticks go on until then. */
  limitOf(wake: number, { time, resource }: NotedWake, later: LaterWakes): NotedWake | undefined {
    const train = this.#trains.get(wake)
    const limit = train === undefined ? undefined : later.underWayAt(time)
    if (train === undefined || limit === undefined) return undefined
    const isLonger = train.interval > 0 && limit.time - limit.since >= FEWEST_TICKS * train.interval
    if (!isLonger || !train.goesOnUntil(limit.time)) return undefined
    if (train.endsAt(limit.time)) this.#ended.set(limit.time, resource)
    return limit
  }

  /** What stopped ticking when a timer fired at a time: position in `waits.resources`. */
  endedAt(time: Microseconds): number | undefined {
    return this.#ended.get(time)
  }
}
