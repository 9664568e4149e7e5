// Timers of a test that tick beside one that fires once, such as a time limit or a plain sleep: it is that one which ends the
// wait.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import type { Microseconds } from '../profile/profile.js'
import type { LaterWakes, NotedWake } from './later-wakes.js'
import { Ticks } from './ticks.js'

export class Polls {
  readonly #kinds: readonly string[]
  readonly #ticks: Ticks
  /** By the time at which a limit fired. */
  readonly #ended = new Map<Microseconds, number>()

  constructor(waits: NonNullable<ResolvedRecording['waits']>) {
    this.#kinds = waits.resources.kind
    this.#ticks = new Ticks(waits)
  }

  /** Whether the wake-up at a position is that of a timer that fires once. */
  isOnce(wake: number, resource: number): boolean {
    return this.#kinds[resource] === 'timer' && !this.#ticks.has(wake)
  }

  /** For a tick at a position: the timer that fires next of those under way, if the ticks go on until then. */
  limitOf(wake: number, { time, resource }: NotedWake, once: LaterWakes): NotedWake | undefined {
    if (!this.#ticks.has(wake)) return undefined
    const limit = once.underWayAt(time)
    if (limit === undefined || !this.#ticks.goOnUntil(resource, limit.time)) return undefined
    if (this.#ticks.endAt(resource, limit.time)) this.#ended.set(limit.time, resource)
    return limit
  }

  /** What stopped ticking when a timer fired at a time. */
  endedAt(time: Microseconds): number | undefined {
    return this.#ended.get(time)
  }
}
