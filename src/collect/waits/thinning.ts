// Resources that are created by the thousand are thinned: some of each type get a stack, and those stand for all others of it. Nothing
// is kept of the others, because stacks are what recording waits costs: some 20 µs each, and 1 KB for as long as the resource lives.

/** Stacks of one type of resource: 0.4 % of the thread’s time, once those at once are used up. */
const RATE: Rate = { atOnce: 150, perMs: 0.2 }

interface TypeShare<Entry> {
  readonly allowance: Allowance
  created: number
  kept: number
  /** The one that was kept last: it stands for those that are not kept. */
  latest: Entry | undefined
}

export class Thinning<Entry> {
  readonly #clock: () => number
  readonly #rate: Rate
  readonly #shares = new Map<string, TypeShare<Entry>>()
  /** Node has a class for each type of its own resources: what wakes up is known by it. */
  readonly #byClass = new Map<unknown, TypeShare<Entry>>()
  /** Resources of all types, and how many of them have a stack. */
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
      // A plain object does not show its type.
      if (resource.constructor !== Object) this.#byClass.set(resource.constructor, share)
      return undefined
    }
    share.kept++
    this.stacks++
    share.latest = make()
    return share.latest
  }

  /** One of that type was waited for: the next one may have a stack, because there is time for it. */
  waitedFor(type: string): void {
    this.#shares.get(type)?.allowance.grant()
  }

  /** The entry that stands for a resource without one of its own; undefined where none of its type was left out. */
  standIn(resource: object): Entry | undefined {
    return this.#byClass.size === 0 ? undefined : this.#byClass.get(resource.constructor)?.latest
  }

  /** The types of which some were left out, the most numerous first. */
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

/** How often something may be done: `atOnce` times, and `perMs` more with each millisecond that passes. */
export interface Rate {
  readonly atOnce: number
  readonly perMs: number
}

/** An empty allowance reads the clock only every so many times, because it is asked most when there is least time. */
const ASKS_PER_LOOK = 16

export class Allowance {
  readonly #rate: Rate
  readonly #clock: () => number
  #left: number
  #refilled: number
  #refused = 0

  /** `clock` gives microseconds. */
  constructor(rate: Rate, clock: () => number) {
    this.#rate = rate
    this.#clock = clock
    this.#left = rate.atOnce
    this.#refilled = clock()
  }

  /** Whether it may be done once more. */
  take(): boolean {
    if (this.#left < 1) this.#refill()
    if (this.#left < 1) return false
    this.#left--
    return true
  }

  /** One more than time alone would give. */
  grant(): void {
    this.#left = Math.min(this.#rate.atOnce, this.#left + 1)
  }

  #refill(): void {
    if (this.#refused++ % ASKS_PER_LOOK !== 0) return
    const now = this.#clock()
    const added = ((now - this.#refilled) / 1000) * this.#rate.perMs
    this.#left = Math.min(this.#rate.atOnce, this.#left + added)
    this.#refilled = now
  }
}
