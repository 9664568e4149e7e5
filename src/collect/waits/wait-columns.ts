// What was noted of wake-ups → columns. Stacks are read here, the dear part: only of what ended a wait.

import type { SiteTable } from '../call-sites.js'
import type { Waits } from '../recording.js'
import type { LeakColumns } from './leak-columns.js'
import { describeResource, kindWithoutStack, type Resource } from './wait-stacks.js'
import type { WakeColumns } from './wake-columns.js'

export interface Entry extends Resource {
  readonly parent: Entry | undefined
  /** The first of its ancestors. */
  readonly root: Entry | undefined
  readonly generation: number
  /** Position of the attempt that created it, -1 for none. */
  readonly test: number
  /** When it was created. */
  readonly since: number
  /** An interval, or a timer that sets itself again. */
  readonly repeats: boolean
}

export interface Noted {
  readonly wakes: WakeColumns<Entry>
  readonly leaks: LeakColumns<Entry>
}

interface Options {
  readonly sites: SiteTable
  /** Times are since then. */
  readonly start: number
  /** Stacks that are read of the longest waits, and a fifth of it of leaks; who started the others stays open. */
  readonly mostStacks: number
}

export function waitColumns(
  { wakes, leaks }: Noted,
  { sites, start, mostStacks }: Options,
): Omit<Waits, 'contexts'> {
  const { time, entries } = wakes.ordered()
  const callbacks = leaks.ordered()
  const leaked = callbacks.toSorted((a, b) => b.micros - a.micros).slice(0, mostStacks / 5)
  const read = new Set([...wakes.longest(mostStacks), ...leaked.map(({ entry }) => entry)])
  const table = new ResourceTable(sites)
  const resourceOf = (entry: Entry) => table.add(entry, read.has(entry))
  return {
    wakes: {
      time: time.map(moment => moment - start),
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
  readonly #sites: SiteTable
  readonly #known = new Map<Entry, number>()
  readonly #alike = new Map<string, number>()

  constructor(sites: SiteTable) {
    this.#sites = sites
  }

  add(entry: Entry, isRead: boolean): number {
    const known = this.#known.get(entry)
    if (known !== undefined) return known
    const { kind, stack } = isRead
      ? describeResource(entry, this.#sites)
      : { kind: kindWithoutStack(entry), stack: null }
    const { test, repeats } = entry
    const key = [test, kind, repeats, stack === null ? 'unread' : stack].join()
    const index = this.#alike.get(key) ?? this.resources.kind.push(kind) - 1
    this.#known.set(entry, index)
    if (!this.#alike.has(key)) {
      this.#alike.set(key, index)
      this.resources.stack.push(stack)
      this.resources.test.push(test)
      this.resources.repeats.push(repeats)
    }
    return index
  }
}
