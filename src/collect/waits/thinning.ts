// Thins resources that are created by the thousand: some of each type get a stack and represent the others. Nothing is stored for
// those, because stacks are the cost of recording waits: about 40 µs each, and some KB for the resource's lifetime.

/** Stacks per type of resource, while they are affordable. */
const RATE: Rate = { atOnce: 150, perMs: 0.2 }
/** Stacks of a type that are captured whatever they cost: the first ones in a file, and more in each test. */
const ASSURED = { inFile: 20, inTest: 2 }

interface TypeShare<Entry> {
  readonly allowance: Allowance
  created: number
  kept: number
  /** Number up to which resources are kept in any case. */
  assured: number
  /** The most recent one that was kept: it represents those that were not. */
  latest: Entry | undefined
}

export class Thinning<Entry> {
  readonly #clock: () => number
  readonly #isAffordable: () => boolean
  readonly #rate: Rate
  readonly #shares = new Map<string, TypeShare<Entry>>()
  /** Node has one class per type of its own resources: it identifies the type at a wake-up. */
  readonly #byClass = new Map<unknown, TypeShare<Entry>>()

  /** `clock` returns microseconds; `isAffordable`: whether there may be another stack. */
  constructor(clock: () => number, isAffordable: () => boolean, rate = RATE) {
    this.#clock = clock
    this.#isAffordable = isAffordable
    this.#rate = rate
  }

  /** The entry made by `make` for a new resource; undefined if enough resources of its type have one. */
  keep(type: string, resource: object, make: () => Entry): Entry | undefined {
    const share = this.#shares.get(type) ?? this.#addType(type)
    share.created++
    const isAllowed = share.allowance.take() && this.#isAffordable()
    if (!isAllowed && share.kept >= share.assured) {
      // Plain objects do not identify a type.
      if (resource.constructor !== Object) this.#byClass.set(resource.constructor, share)
      return undefined
    }
    share.kept++
    share.latest = make()
    return share.latest
  }

  /** A resource of this type was awaited: the next one may have a stack, because there was time for it. */
  waitedFor(type: string): void {
    this.#shares.get(type)?.allowance.grant()
  }

  /** A test begins: it must not be represented by earlier ones alone. */
  assureStacks(): void {
    for (const share of this.#shares.values())
      share.assured = Math.max(share.assured, share.kept + ASSURED.inTest)
  }

  /** The entry that represents a resource without its own; undefined if all resources of its type have one. */
  standIn(resource: object): Entry | undefined {
    return this.#byClass.size === 0 ? undefined : this.#byClass.get(resource.constructor)?.latest
  }

  /** Types of which some were left out, most frequent first. */
  thinned(): { type: string; created: number; kept: number }[] {
    return [...this.#shares]
      .map(([type, { created, kept }]) => ({ type, created, kept }))
      .filter(({ created, kept }) => kept < created)
      .toSorted((a, b) => b.created - a.created || (a.type < b.type ? -1 : 1))
  }

  #addType(type: string): TypeShare<Entry> {
    const allowance = new Allowance(this.#rate, this.#clock)
    const share = { allowance, created: 0, kept: 0, assured: ASSURED.inFile, latest: undefined }
    this.#shares.set(type, share)
    return share
  }
}

/** How often something is allowed: `atOnce` times, plus `perMs` per millisecond. */
export interface Rate {
  readonly atOnce: number
  readonly perMs: number
}

/** An empty allowance reads the clock only this rarely: it is asked most when there is least time. */
const ASKS_PER_LOOK = 16

export class Allowance {
  readonly #rate: Rate
  readonly #clock: () => number
  #left: number
  #refilled: number
  #refused = 0

  /** `clock` returns microseconds. */
  constructor(rate: Rate, clock: () => number) {
    this.#rate = rate
    this.#clock = clock
    this.#left = rate.atOnce
    this.#refilled = clock()
  }

  /** Whether it is allowed once more. */
  take(): boolean {
    if (this.#left < 1) this.#refill()
    if (this.#left < 1) return false
    this.#left--
    return true
  }

  /** Allows one more than time alone would. */
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
