// What is created by the thousand is thinned: of each type so many get a stack, and those stand for all others of it. Nothing
// is kept of the others, because stacks are what recording waits costs: some 20 µs each, and 1 KB for as long as the resource lives.

import { Allowance, type Rate } from './allowance.js'

/** Stacks of one type of resource: 0.4 % of the thread’s time, once those at once are used up. */
const RATE: Rate = { atOnce: 150, perMs: 0.2 }

interface TypeShare<Entry> {
  readonly allowance: Allowance
  created: number
  kept: number
  /** The one that was kept last: it stands for those that are not. */
  latest: Entry | undefined
}

export class Thinning<Entry> {
  readonly #clock: () => number
  readonly #rate: Rate
  readonly #shares = new Map<string, TypeShare<Entry>>()
  /** Node has a class for each type of its own resources: what wakes up is known by it. */
  readonly #byClass = new Map<unknown, TypeShare<Entry>>()
  /** Of all types: resources, and how many of them have a stack. */
  created = 0
  stacks = 0

  /** `clock` gives microseconds. */
  constructor(clock: () => number, rate = RATE) {
    this.#clock = clock
    this.#rate = rate
  }

  /** The entry that `make` makes of a new resource; undefined where enough of its type have one. */
  keep(type: string, resource: object, make: () => Entry): Entry | undefined {
    const share = this.#shareOf(type)
    share.created++
    this.created++
    if (!share.allowance.take()) {
      // A plain object tells nothing of its type.
      if (resource.constructor !== Object) this.#byClass.set(resource.constructor, share)
      return undefined
    }
    share.kept++
    this.stacks++
    share.latest = make()
    return share.latest
  }

  /** One of that type was waited for: the next one may have a stack, because whoever sleeps so often has time for it. */
  waitedFor(type: string): void {
    this.#shares.get(type)?.allowance.grant()
  }

  /** What stands for a resource that has no entry of its own; undefined where none of its type was left out. */
  standIn(resource: object): Entry | undefined {
    return this.#byClass.size === 0 ? undefined : this.#byClass.get(resource.constructor)?.latest
  }

  /** Of the types of which some were left out, the most numerous first. */
  thinned(): { type: string; created: number; kept: number }[] {
    return [...this.#shares]
      .map(([type, { created, kept }]) => ({ type, created, kept }))
      .filter(({ created, kept }) => kept < created)
      .toSorted((a, b) => b.created - a.created || (a.type < b.type ? -1 : 1))
  }

  #shareOf(type: string): TypeShare<Entry> {
    const known = this.#shares.get(type)
    if (known !== undefined) return known
    const share = {
      allowance: new Allowance(this.#rate, this.#clock),
      created: 0,
      kept: 0,
      latest: undefined,
    }
    this.#shares.set(type, share)
    return share
  }
}
