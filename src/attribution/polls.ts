// Timers of a test that tick beside one that takes longer, such as a time limit or a plain sleep: it is that one which ends the
// wait, and each tick before has asked in vain. Those that tick are intervals, and timers that are set again when they fire.

import { group } from 'd3-array'
import { at, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { Waits } from '../recording/recording.js'

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

/** A tick may come late, but not by so many of its own intervals. */
const LATEST_TICKS = 3
/** A tick of a faster timer may come late by more than three intervals on any machine. */
const SHORTEST: Microseconds = 10_000
/** A timer that was created so shortly after one of the same place fired was set by that one, which may have worked before. */
const LONGEST_LINK: Microseconds = 50_000

class Train {
  readonly #times: readonly Microseconds[]
  /** The median time between two ticks. A single one tells of none: 0. */
  readonly interval: Microseconds
  /** One timer that wakes up several times: nothing tells when it would end. */
  readonly isInterval: boolean

  /** `times` in their order. */
  constructor(times: readonly Microseconds[], isInterval: boolean) {
    this.#times = times
    this.isInterval = isInterval
    const gaps = times.slice(1).map((time, tick) => time - at(times, tick))
    const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
    this.interval = median === undefined ? 0 : Math.max(SHORTEST, median)
  }

  /** Whether it still ticked shortly before a time. */
  goesOnUntil(time: Microseconds): boolean {
    const last = this.#times[lowerBound(this.#times, time + 1) - 1]
    return last !== undefined && time - last <= LATEST_TICKS * this.interval
  }

  /** Whether it ticks no more after a time, or once, to find out that the time is over: as if that had ended it. */
  endsAt(time: Microseconds): boolean {
    const next = this.#times[lowerBound(this.#times, time + 1) + 1]
    return next === undefined || next - time > LATEST_TICKS * this.interval
  }
}

/** By position of a wake-up, for those that are ticks: the train that it belongs to. */
function trainsOf(waits: Waits): ReadonlyMap<number, Train> {
  const trains = new Map<number, Train>()
  for (const wakes of wakesByPlace(waits)) {
    // An interval, and a timer that is refreshed, was created once and wakes up several times.
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

/**
 * Positions of wake-ups by timers, in the order of time, of each place in each test: whether a timer was set for the first time
 * or again, and so is another resource.
 */
function wakesByPlace({ wakes, resources }: Waits): Iterable<number[]> {
  const places = resources.stack.map(
    (stack, resource) => `${at(resources.test, resource)} ${stack === null ? `unread ${resource}` : stack}`,
  )
  const timers = [...wakes.resource.keys()].filter(
    wake => resources.kind[at(wakes.resource, wake)] === 'timer',
  )
  return group(timers, wake => at(places, at(wakes.resource, wake))).values()
}

/** Timers of which each was set when the one before it fired, such as those of jsdom's intervals. */
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
