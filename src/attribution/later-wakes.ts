// Wake-ups that come later than one that is looked at, going backwards in time.

import type { Microseconds } from '../profile/profile.js'

export interface NotedWake {
  readonly time: Microseconds
  readonly since: Microseconds
  readonly resource: number
}

/** Wake-ups that come later, of those that are added and asked for backwards in time. */
export class LaterWakes {
  /** The nearest is the last. Each was created before those that come before it: any other is never asked for. */
  #wakes: NotedWake[] = []

  add(wake: NotedWake): void {
    while ((this.#wakes.at(-1)?.since ?? Number.NEGATIVE_INFINITY) >= wake.since) this.#wakes.pop()
    this.#wakes.push(wake)
  }

  /** The nearest whose resource had been created by then. */
  underWayAt(timestamp: Microseconds): NotedWake | undefined {
    while ((this.#wakes.at(-1)?.since ?? Number.NEGATIVE_INFINITY) > timestamp) this.#wakes.pop()
    return this.#wakes.at(-1)
  }

  forget(): void {
    this.#wakes = []
  }
}
