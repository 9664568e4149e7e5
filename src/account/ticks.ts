// The wake-ups of timers that tick: intervals, and timers that are set again when they fire. How long each went on.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import { at, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'

type Waits = NonNullable<ResolvedRecording['waits']>

/** A tick may come late, but not by so many of its own intervals. */
const LATEST_TICKS = 3
/** Of a timer that ticks faster, a tick may come late by more than three intervals on any machine. */
const SHORTEST: Microseconds = 10_000
/** A timer that was created so shortly after one of the same place fired was set by that one. */
const LONGEST_LINK: Microseconds = 2000

interface Timer {
  readonly times: readonly Microseconds[]
  readonly interval: Microseconds
}

const NO_TIMER: Timer = { times: [], interval: 0 }

export class Ticks {
  readonly #isTick: ReadonlySet<number>
  /** By resource. */
  readonly #timers: ReadonlyMap<number, Timer>

  constructor(waits: Waits) {
    const ticksOf = new Map(
      [...wakesByResource(waits)].map(([resource, wakes]) => [resource, ticksOfOne(wakes, resource, waits)]),
    )
    this.#isTick = new Set([...ticksOf.values()].flat())
    this.#timers = new Map(
      [...ticksOf].map(([resource, ticks]) => {
        const times = ticks.map(wake => at(waits.wakes.time, wake))
        return [resource, { times, interval: intervalOf(times) }]
      }),
    )
  }

  /** Whether the wake-up at a position is one. */
  has(wake: number): boolean {
    return this.#isTick.has(wake)
  }

  /** Whether what a resource stands for still ticked shortly before a time. */
  goOnUntil(resource: number, time: Microseconds): boolean {
    const { times, interval } = this.#timers.get(resource) ?? NO_TIMER
    const last = times[lowerBound(times, time + 1) - 1]
    return last !== undefined && time - last <= LATEST_TICKS * interval
  }

  /** Whether it ticks no more after a time: as if that had ended it. */
  endAt(resource: number, time: Microseconds): boolean {
    const { times, interval } = this.#timers.get(resource) ?? NO_TIMER
    const next = times[lowerBound(times, time + 1)]
    return next === undefined || next - time > LATEST_TICKS * interval
  }
}

/** Positions of wake-ups by timers, in the order of time. */
function wakesByResource({ wakes, resources }: Waits): Map<number, number[]> {
  const byResource = new Map<number, number[]>()
  wakes.resource.forEach((resource, wake) => {
    if (resources.kind[resource] !== 'timer') return
    const known = byResource.get(resource)
    if (known === undefined) byResource.set(resource, [wake])
    else known.push(wake)
  })
  return byResource
}

/** Those of the wake-ups of one resource that are ticks. */
function ticksOfOne(wakes: readonly number[], resource: number, waits: Waits): number[] {
  if (at(waits.resources.repeats, resource)) return [...wakes]
  const { time, since } = waits.wakes
  const times = wakes.map(wake => at(time, wake))
  const ticks = new Set<number>()
  for (const wake of wakes) {
    const created = at(since, wake)
    const before = wakes[lowerBound(times, created + 1) - 1]
    if (before === undefined || before === wake || created - at(time, before) > LONGEST_LINK) continue
    ticks.add(before)
    ticks.add(wake)
  }
  return [...ticks].toSorted((a, b) => a - b)
}

/**
 * The median: one resource may stand for several timers that were set in the same place, one after the other. A single tick
 * tells of no interval: 0.
 */
function intervalOf(times: readonly Microseconds[]): Microseconds {
  const gaps = times.slice(1).map((time, tick) => time - at(times, tick))
  const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
  return median === undefined ? 0 : Math.max(SHORTEST, median)
}
