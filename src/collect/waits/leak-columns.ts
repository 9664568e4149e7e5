// Callbacks of what an ended test has left behind, each with its time, and the test in which it ran. Whether that one
// waited for it can only be told later, with the samples.

/** Callbacks that are kept one by one; each that comes after is added to the last one that ran in the same test. */
const MOST = 5000

export interface LeakedCallback<Entry> {
  readonly entry: Entry
  /** Position of the attempt that ran in the meantime. */
  readonly during: number
  /** When it was woken up. */
  readonly time: number
  micros: number
}

interface Row<Entry> extends LeakedCallback<Entry> {
  count: number
}

export class LeakColumns<Entry> {
  readonly #rows: Row<Entry>[] = []
  readonly #lastDuring = new Map<number, Row<Entry>>()
  readonly #most: number

  constructor(most = MOST) {
    this.#most = most
  }

  add(callback: LeakedCallback<Entry>): void {
    const last = this.#lastDuring.get(callback.during)
    if (this.#rows.length >= this.#most && last !== undefined) {
      last.count++
      last.micros += callback.micros
      return
    }
    const row = { ...callback, count: 1 }
    this.#lastDuring.set(callback.during, row)
    this.#rows.push(row)
  }

  /** In the order of time. */
  ordered(): readonly Readonly<Row<Entry>>[] {
    return this.#rows.toSorted((a, b) => a.time - b.time)
  }
}
