// Wake-ups in the order of time, and only those that can have ended a wait: the first few after a pause. However long
// a file runs, a bounded number is kept.

/** Microseconds without a wake-up that count as a pause, at first. */
const SHORTEST_PAUSE = 50
/** Wake-ups kept right after a pause: the first may be Node's own, and the user's the next. */
const BURST = 8
/** Wake-ups that are kept; with more, shorter pauses are given up. */
const MOST = 20_000

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
    if (this.#time.length >= MOST) this.#giveUpShortPauses()
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

  #giveUpShortPauses(): void {
    this.#shortestPause *= 2
    const kept = this.#pause.map(pause => pause >= this.#shortestPause)
    this.#time = this.#time.filter((_, wake) => kept[wake])
    this.#entry = this.#entry.filter((_, wake) => kept[wake])
    this.#pause = this.#pause.filter((_, wake) => kept[wake])
  }
}
