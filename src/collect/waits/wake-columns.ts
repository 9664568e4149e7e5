// Wake-ups that can have ended a wait, in chronological order: the first few after each pause. And callbacks leaked by finished
// tests. The number of both is bounded, however long a file runs.

/** Initial length of a pause, in microseconds without a wake-up. */
export const SHORTEST_PAUSE = 50
/** Wake-ups kept after a pause: the first may be Node's own, the next the user's. */
const BURST = 8
/** Wake-ups that are kept. Beyond this number, those after shorter pauses are dropped. */
const MOST_WAKES = 5000

export class WakeColumns<Entry> {
  #time: number[] = []
  #pause: number[] = []
  #entry: Entry[] = []
  #shortestPause = SHORTEST_PAUSE
  #last = 0
  #burst = 0
  #pauseBefore = 0
  #pauseBeforeBurst = 0

  /** Microseconds without a wake-up before the latest one. */
  get pauseBefore(): number {
    return this.#pauseBefore
  }

  /** Microseconds without a wake-up before the first one of the latest burst. */
  get pauseBeforeBurst(): number {
    return this.#pauseBeforeBurst
  }

  /** Returns whether the wake-up is kept. */
  add(now: number, entry: Entry): boolean {
    const pause = this.#last === 0 ? 0 : now - this.#last
    this.#last = now
    this.#pauseBefore = pause
    if (pause >= this.#shortestPause) {
      this.#burst = 0
      this.#pauseBeforeBurst = pause
    } else if (++this.#burst >= BURST) return false
    this.#time.push(now)
    this.#pause.push(this.#pauseBeforeBurst)
    this.#entry.push(entry)
    if (this.#time.length >= MOST_WAKES) this.#dropShortPauses()
    return true
  }

  ordered(): { time: readonly number[]; entries: readonly Entry[] } {
    return { time: this.#time, entries: this.#entry }
  }

  #dropShortPauses(): void {
    this.#shortestPause *= 2
    const kept = this.#pause.map(pause => pause >= this.#shortestPause)
    this.#time = this.#time.filter((_, wake) => kept[wake])
    this.#entry = this.#entry.filter((_, wake) => kept[wake])
    this.#pause = this.#pause.filter((_, wake) => kept[wake])
  }
}

/** Callbacks that are kept separately; later ones are added to the last one in the same test. */
const MOST_CALLBACKS = 5000

export interface LeakedCallback<Entry> {
  readonly entry: Entry
  /** Position of the attempt that was running. */
  readonly during: number
  readonly time: number
  micros: number
}

interface CountedCallback<Entry> extends LeakedCallback<Entry> {
  count: number
}

/** Callbacks leaked by finished tests, with time and current test. Samples show later whether that test waited for them. */
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

  /** In chronological order. */
  ordered(): readonly Readonly<CountedCallback<Entry>>[] {
    return this.#rows.toSorted((a, b) => a.time - b.time)
  }
}
