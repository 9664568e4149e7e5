// What woke the event loop, by kind, stack and test. Stacks are read soon, and given up where reading them would cost too much: a stack
// that nobody has read holds objects of tests that have ended.

import type { Waits } from '../../recording/recording.js'
import type { ResourceKind } from '../../recording/wait-kinds.js'
import type { SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { Effort } from './effort.js'
import { describeResource, type Resource, waitKind } from './resources.js'

/** What is kept of a resource that woke the loop. */
export interface Awaited {
  readonly type: string
  /** Position of the attempt that created it; -1 for none. */
  readonly test: number
  readonly since: number
  /** Whether it is an interval, or a timer that sets itself again. */
  readonly repeats: boolean
  /** Position in the table; undefined while its stack may still be read. */
  position: number | undefined
  hasStack: boolean
}

/** What is kept of a resource while the resource itself exists. */
export interface WaitEntry extends Resource {
  readonly awaited: Awaited
  readonly parent: WaitEntry | undefined
  /** Its first ancestor. */
  readonly root: WaitEntry | undefined
  readonly generation: number
}

export class ResourceTable {
  readonly resources: Waits['resources'] = { kind: [], stack: [], test: [], repeats: [] }
  readonly #sites: SiteTable
  readonly #effort: Effort
  readonly #known = new Map<string, number>()
  /** Those with an unread stack, with the microseconds that were waited for them. */
  readonly #unread = new Map<WaitEntry, number>()

  constructor(sites: SiteTable, effort: Effort) {
    this.#sites = sites
    this.#effort = effort
  }

  /** Resources whose stacks may still be read. */
  get unread(): number {
    return this.#unread.size
  }

  /** A resource ended a pause. */
  ended(micros: number, entry: WaitEntry): void {
    if (entry.awaited.position !== undefined) return
    this.#unread.set(entry, (this.#unread.get(entry) ?? 0) + micros)
  }

  read(entry: WaitEntry): void {
    if (entry.awaited.hasStack) return
    entry.awaited.hasStack = true
    const before = monotonicMicros()
    this.#add(entry, describeResource(entry, this.#sites))
    this.#effort.micros += monotonicMicros() - before
  }

  /** Reads unread stacks, longest waits first. Those are given up that `isAffordable`, which gets the microseconds of waiting, rejects. */
  readLongest(isAffordable: (micros: number) => boolean): void {
    const longestFirst = [...this.#unread].toSorted(([, a], [, b]) => b - a)
    for (const [entry, micros] of longestFirst) {
      if (isAffordable(micros)) this.read(entry)
      else this.#add(entry, { kind: waitKind(entry.type), stack: null })
    }
  }

  #add(entry: WaitEntry, { kind, stack }: { kind: ResourceKind; stack: readonly number[] | null }): void {
    this.#unread.delete(entry)
    const { test, repeats } = entry.awaited
    const key = [test, kind, repeats, stack === null ? 'unread' : stack].join()
    entry.awaited.position = this.#known.get(key)
    if (entry.awaited.position !== undefined) return
    entry.awaited.position = this.resources.kind.push(kind) - 1
    this.#known.set(key, entry.awaited.position)
    this.resources.stack.push(stack === null ? null : [...stack])
    this.resources.test.push(test)
    this.resources.repeats.push(repeats)
  }
}
