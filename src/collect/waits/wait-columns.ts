// Converts logged wake-ups to columns, and reads stacks, which is expensive: only those of resources that ended a wait.

import type { Waits } from '../../recording/recording.js'
import type { ResourceKind } from '../../recording/wait-kinds.js'
import type { SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import { describeResource, type Resource, waitKind } from './resources.js'
import type { LeakColumns, WakeColumns } from './wake-columns.js'

export interface WaitEntry extends Resource {
  readonly parent: WaitEntry | undefined
  /** Its first ancestor. */
  readonly root: WaitEntry | undefined
  readonly generation: number
  /** Position of the attempt that created it; -1 for none. */
  readonly test: number
  readonly since: number
  /** Whether it is an interval, or a timer that sets itself again. */
  readonly repeats: boolean
}

interface Logged {
  readonly wakes: WakeColumns<WaitEntry>
  readonly leaks: LeakColumns<WaitEntry>
  readonly sites: SiteTable
}

/** Beyond these limits, it is unknown what started a resource; its wake-ups are kept. */
export interface ReadingLimits {
  readonly stacks: number
  readonly micros: number
}

/** A stack takes 20 to 60 µs to read; a file with many thousands took many seconds. */
const LIMITS: ReadingLimits = { stacks: 5000, micros: 250_000 }

/** Share of the limit that is first used for leaks: each tick of a floating loop has a stack of its own. */
const LEAKED = 1 / 25

/** Times since `start`. */
export function waitColumns(
  { wakes, leaks, sites }: Logged,
  start: number,
  limits = LIMITS,
): Pick<Waits, 'resources' | 'wakes' | 'leaks'> {
  const { time, entries } = wakes.ordered()
  const callbacks = leaks.ordered()
  const table = new ResourceTable()
  const slowest = callbacks.toSorted((a, b) => b.micros - a.micros).map(({ entry }) => entry)
  const leaked = slowest.slice(0, limits.stacks * LEAKED)
  const until = monotonicMicros() + limits.micros
  for (const entry of new Set([...leaked, ...wakes.longest(limits.stacks)])) {
    if (monotonicMicros() >= until) break
    table.add(entry, describeResource(entry, sites))
  }
  const resourceOf = (entry: WaitEntry) =>
    table.indexOf(entry) ?? table.add(entry, { kind: waitKind(entry.type), stack: null })
  return {
    wakes: {
      time: time.map(wake => wake - start),
      since: entries.map(({ since }) => since - start),
      resource: entries.map(resourceOf),
    },
    leaks: {
      resource: callbacks.map(({ entry }) => resourceOf(entry)),
      during: callbacks.map(({ during }) => during),
      time: callbacks.map(callback => callback.time - start),
      count: callbacks.map(({ count }) => count),
      micros: callbacks.map(({ micros }) => micros),
    },
    resources: table.resources,
  }
}

class ResourceTable {
  readonly resources: Waits['resources'] = { kind: [], stack: [], test: [], repeats: [] }
  readonly #indexes = new Map<WaitEntry, number>()
  readonly #known = new Map<string, number>()

  indexOf(entry: WaitEntry): number | undefined {
    return this.#indexes.get(entry)
  }

  add(entry: WaitEntry, { kind, stack }: { kind: ResourceKind; stack: number[] | null }): number {
    const { test, repeats } = entry
    const key = [test, kind, repeats, stack === null ? 'unread' : stack].join()
    const known = this.#known.get(key)
    const index = known ?? this.resources.kind.push(kind) - 1
    this.#indexes.set(entry, index)
    if (known !== undefined) return index
    this.#known.set(key, index)
    this.resources.stack.push(stack)
    this.resources.test.push(test)
    this.resources.repeats.push(repeats)
    return index
  }
}
