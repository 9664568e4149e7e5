// Timers of a test that tick beside a longer one, such as a time limit or a plain sleep. The longer one ends the wait; the ticks
// only check in vain. Ticking timers are intervals, and timers that are set again when they fire.

import { group } from 'd3-array'
import { at, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { Waits } from '../recording/recording.js'

export interface NotedWake {
  readonly time: Microseconds
  readonly since: Microseconds
  readonly resource: number
}

/** Wake-ups that come later than the one being looked at. They are added, and asked for, in reverse chronological order. */
export class LaterWakes {
  /** The nearest wake-up is the last. Each was created before those that follow it in time: any other can never be the answer. */
  #wakes: NotedWake[] = []

  add(wake: NotedWake): void {
    while ((this.#wakes.at(-1)?.since ?? Number.NEGATIVE_INFINITY) >= wake.since) this.#wakes.pop()
    this.#wakes.push(wake)
  }

  /** The nearest wake-up whose resource existed at `timestamp`. */
  underWayAt(timestamp: Microseconds): NotedWake | undefined {
    while ((this.#wakes.at(-1)?.since ?? Number.NEGATIVE_INFINITY) > timestamp) this.#wakes.pop()
    return this.#wakes.at(-1)
  }

  forget(): void {
    this.#wakes = []
  }
}

/** Ticks that must fit into a timer for it to count as the longer one. */
const FEWEST_TICKS = 2

export class Polls {
  readonly #waits: Waits
  readonly #trains: ReadonlyMap<number, Train>
  /** Time at which a limit fired → what had ticked until then. */
  readonly #ended = new Map<Microseconds, number>()

  constructor(waits: Waits) {
    this.#waits = waits
    this.#trains = trainsOf(waits)
  }

  /** Whether the wake-up at position `wake` may be the end of ticking. */
  mayLimit(wake: number, resource: number): boolean {
    return this.#waits.resources.kind[resource] === 'timer' && this.#trains.get(wake)?.isInterval !== true
  }

  /** For a tick, the next timer to fire among those that already ran, if the ticks continue until then. */
  limitOf(wake: number, { time, resource }: NotedWake, later: LaterWakes): NotedWake | undefined {
    const train = this.#trains.get(wake)
    const limit = train === undefined ? undefined : later.underWayAt(time)
    if (train === undefined || limit === undefined) return undefined
    const isLonger = train.interval > 0 && limit.time - limit.since >= FEWEST_TICKS * train.interval
    if (!isLonger || !train.goesOnUntil(limit.time)) return undefined
    if (train.endsAt(limit.time)) this.#ended.set(limit.time, resource)
    return limit
  }

  /** Position in `waits.resources` of what stopped ticking when a timer fired at `time`. */
  endedAt(time: Microseconds): number | undefined {
    return this.#ended.get(time)
  }
}

/** A tick may come late, but not by this many of its intervals. */
const LATEST_TICKS = 3
/** Ticks of faster timers may be late by more than three intervals on any machine. */
const SHORTEST: Microseconds = 10_000
/** A timer created so soon after one from the same place fired was set by it; the callback may have worked first. */
const LONGEST_LINK: Microseconds = 50_000

class Train {
  readonly #times: readonly Microseconds[]
  /** Median time between two ticks, the upper one of an even number; 0 for a single tick. */
  readonly interval: Microseconds
  /** Whether it is one timer that fires repeatedly: when it would end is unknown. */
  readonly isInterval: boolean

  /** `times` in chronological order. */
  constructor(times: readonly Microseconds[], isInterval: boolean) {
    this.#times = times
    this.isInterval = isInterval
    const gaps = times.slice(1).map((time, tick) => time - at(times, tick))
    const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
    this.interval = median === undefined ? 0 : Math.max(SHORTEST, median)
  }

  /** Whether it still ticked shortly before `time`. */
  goesOnUntil(time: Microseconds): boolean {
    const last = this.#times[lowerBound(this.#times, time + 1) - 1]
    return last !== undefined && time - last <= LATEST_TICKS * this.interval
  }

  /** Whether it stops after `time`, or ticks once more to find out that the time is over. */
  endsAt(time: Microseconds): boolean {
    const next = this.#times[lowerBound(this.#times, time + 1) + 1]
    return next === undefined || next - time > LATEST_TICKS * this.interval
  }
}

/** Position of a tick → the series of ticks that it belongs to. */
function trainsOf(waits: Waits): ReadonlyMap<number, Train> {
  const trains = new Map<number, Train>()
  for (const wakes of wakesByPlace(waits)) {
    // An interval or refreshed timer is created once and wakes the thread several times.
    const timers = [...group(wakes, wake => at(waits.wakes.since, wake)).values()]
    const intervals = timers.filter(members => members.length > 1)
    const singles = timers.flatMap(members => (members.length > 1 ? [] : members))
    for (const members of [...intervals, ...linked(singles, waits)]) {
      const times = members.map(wake => at(waits.wakes.time, wake))
      const train = new Train(times, intervals.includes(members))
      for (const wake of members) trains.set(wake, train)
    }
  }
  return trains
}

/** Positions of wake-ups by timers, chronological, by place and test. A timer that is set again is another resource in the same place. */
function wakesByPlace({ wakes, resources }: Waits): Iterable<number[]> {
  const places = resources.stack.map(
    (stack, resource) => `${at(resources.test, resource)} ${stack === null ? `unread ${resource}` : stack}`,
  )
  const timers = [...wakes.resource.keys()].filter(
    wake => resources.kind[at(wakes.resource, wake)] === 'timer',
  )
  return group(timers, wake => at(places, at(wakes.resource, wake))).values()
}

/** Chains of timers in which each was set when the previous one fired, such as jsdom's intervals. */
function linked(wakes: readonly number[], { wakes: { time, since } }: Waits): number[][] {
  const times = wakes.map(wake => at(time, wake))
  const trains = new Map<number, number[]>()
  for (const wake of wakes) {
    const created = at(since, wake)
    const before = wakes[lowerBound(times, created + 1) - 1]
    if (before === undefined || before === wake || created - at(time, before) > LONGEST_LINK) continue
    const train = trains.get(before) ?? [before]
    train.push(wake)
    trains.set(before, train)
    trains.set(wake, train)
  }
  return [...new Set(trains.values())]
}
