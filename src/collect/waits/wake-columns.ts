// Wake-ups in the order of time, only those that can have ended a wait: the first few after a pause. And callbacks that ended tests
// have left behind. However long a file runs, a bounded number is kept of both.

/** Microseconds without a wake-up that count as a pause, at first. */
const SHORTEST_PAUSE = 50
/** Wake-ups kept right after a pause: the first may be Node's own, and the user's the next. */
const BURST = 8
/** Wake-ups that are kept; with more, those after shorter pauses are dropped. */
const MOST_WAKES = 20_000

export class WakeColumns<Entry> {
  #time: number[] = []
  #pause: number[] = []
  #entry: Entry[] = []
  #shortestPause = SHORTEST_PAUSE
  #last = 0
  #burst = 0
  /** The pause that the present burst ended. */
  #ended = 0

  /** Returns for how long nothing had woken up before. */
  add(now: number, entry: Entry): number {
    const pause = this.#last === 0 ? 0 : now - this.#last
    this.#last = now
    if (pause >= this.#shortestPause) {
      this.#burst = 0
      this.#ended = pause
    } else if (++this.#burst >= BURST) return pause
    this.#time.push(now)
    this.#pause.push(this.#ended)
    this.#entry.push(entry)
    if (this.#time.length >= MOST_WAKES) this.#dropShortPauses()
    return pause
  }

  ordered(): { time: readonly number[]; entries: readonly Entry[] } {
    return { time: this.#time, entries: this.#entry }
  }

  /** The entries that ended the longest pauses in sum. */
  longest(most: number): Entry[] {
    const pauses = new Map<Entry, number>()
    this.#entry.forEach((entry, wake) => {
      pauses.set(entry, (pauses.get(entry) ?? 0) + (this.#pause[wake] ?? 0))
    })
    return [...pauses]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([entry]) => entry)
  }

  #dropShortPauses(): void {
    this.#shortestPause *= 2
    const kept = this.#pause.map(pause => pause >= this.#shortestPause)
    this.#time = this.#time.filter((_, wake) => kept[wake])
    this.#entry = this.#entry.filter((_, wake) => kept[wake])
    this.#pause = this.#pause.filter((_, wake) => kept[wake])
  }
}

/** Callbacks that are kept one by one; later ones are added to the last one that ran in the same test. */
const MOST_CALLBACKS = 5000

export interface LeakedCallback<Entry> {
  readonly entry: Entry
  /** Position of the attempt that was running. */
  readonly during: number
  /** When it was woken up. */
  readonly time: number
  micros: number
}

interface CountedCallback<Entry> extends LeakedCallback<Entry> {
  count: number
}

/**
 * Callbacks of what an ended test has left behind, each with its time, and the test in which it ran. Whether that test waited for
 * it is known only later, from the samples.
 */
export class LeakColumns<Entry> {
  readonly #rows: CountedCallback<Entry>[] = []
  readonly #lastDuring = new Map<number, CountedCallback<Entry>>()
  readonly #most: number

  constructor(most = MOST_CALLBACKS) {
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
  ordered(): readonly Readonly<CountedCallback<Entry>>[] {
    return this.#rows.toSorted((a, b) => a.time - b.time)
  }
}
