// The wake-ups of timers that tick: intervals, and timers that are set again when they fire. How long each such train of ticks
// went on.

import { group } from 'd3-array'
import { at, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { Waits } from '../recording/recording.js'

/** A tick may come late, but not by so many of its own intervals. */
const LATEST_TICKS = 3
/** A tick of a faster timer may come late by more than three intervals on any machine. */
const SHORTEST: Microseconds = 10_000
/** A timer that was created so shortly after one of the same place fired was set by that one, which may have worked before. */
const LONGEST_LINK: Microseconds = 50_000

export class Train {
  readonly #times: readonly Microseconds[]
  /**
   * The median time between two ticks. A single one tells of none: 0.
   */
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
export function trainsOf(waits: Waits): ReadonlyMap<number, Train> {
  const trains = new Map<number, Train>()
  for (const wakes of wakesByPlace(waits)) {
    // An interval, and a timer that is refreshed, was created once and wakes up several times.
    const timers = [...group(wakes, wake => at(waits.wakes.since, wake)).values()]
    const intervals = timers.filter(members => members.length > 1)
    const singles = timers.flatMap(members => (members.length > 1 ? [] : members))
    for (const members of intervals) add(trains, members, { isInterval: true, waits })
    for (const members of linked(singles, waits)) add(trains, members, { isInterval: false, waits })
  }
  return trains
}

function add(
  trains: Map<number, Train>,
  members: readonly number[],
  { isInterval, waits }: { isInterval: boolean; waits: Waits },
): void {
  const train = new Train(
    members.map(wake => at(waits.wakes.time, wake)),
    isInterval,
  )
  for (const wake of members) trains.set(wake, train)
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
