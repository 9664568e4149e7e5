// Notes where a process's tests are when they have done the same for long, from a thread beside them, and that the process lives.

import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { parseActivity } from '../../recording/activity.js'
import type { NotedWhereabouts } from '../../recording/whereabouts.js'
import { askMainThread } from './asking.js'

export interface NotePaths {
  /** Paths of the note that is read, and of the one that is written. */
  readonly activity: string
  readonly whereabouts: string
  readonly stallSeconds: number
}

/** Who interrupts a test does so before it counts as stalled. */
const FIRST_MS = 5000

export class WhereaboutsNote {
  readonly #paths: NotePaths
  readonly #ask: typeof askMainThread
  readonly #stallMs: number
  /** How often to look, in milliseconds. The parent looks once a second, and tells what is known by then. */
  readonly pollMs: number
  #next = { sinceMs: 0, ms: 0, count: 0 }

  /** `ask`: asks the thread that runs the tests. */
  constructor(paths: NotePaths, ask = askMainThread) {
    this.#paths = paths
    this.#ask = ask
    this.#stallMs = 1000 * paths.stallSeconds
    this.pollMs = Math.min(1000, this.#stallMs / 10)
  }

  /** Throws what the file system throws, such as ENOENT before the first test file and after the run. */
  async look(): Promise<void> {
    const { activity: note, whereabouts } = this.#paths
    const activity = parseActivity(readFileSync(note, 'utf8'))
    if (activity === undefined || activity.doing === 'idle') return
    const now = Date.now()
    utimesSync(note, now / 1000, now / 1000)
    if (!this.#isDue(activity.sinceMs, now - activity.sinceMs)) return
    // What is recorded so far is saved from the second time on, because that takes longer.
    const found = await this.#ask({ saves: this.#next.count > 1 })
    if (found === undefined) return
    const noted: NotedWhereabouts = { ...found, sinceMs: activity.sinceMs }
    writeFileSync(whereabouts, JSON.stringify(noted))
  }

  #isDue(sinceMs: number, lastedMs: number): boolean {
    if (this.#next.sinceMs !== sinceMs)
      this.#next = { sinceMs, ms: Math.min(FIRST_MS, this.#stallMs), count: 0 }
    const untilMs = lastedMs + 2 * this.pollMs
    if (untilMs < this.#next.ms) return false
    this.#next.count++
    while (this.#next.ms <= untilMs) this.#next.ms = this.#after(this.#next.ms)
    return true
  }

  /** Doubles, but stops at the time at which the test counts as stalled. */
  #after(ms: number): number {
    return ms < this.#stallMs ? Math.min(2 * ms, this.#stallMs) : 2 * ms
  }
}
