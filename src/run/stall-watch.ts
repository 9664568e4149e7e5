// Tells on stderr which test, hook or file has been running for long, while it runs: once, and then at doubling times. A timer in
// Jest's own process reads the notes of the workers, so that an endless loop in one of them is told as well.

import type { Activity } from '../recording/activity.js'
import type { NotedWhereabouts } from '../recording/whereabouts.js'
import { duration } from '../report/views/figures.js'
import { type Activities, activityText } from '../running/activities.js'
import { whereaboutsText } from '../running/whereabouts-text.js'

interface StallOptions {
  readonly activities: Pick<Activities, 'now'>
  readonly stallSeconds: number
  readonly toShown: (path: string) => string
  readonly write: (text: string) => void
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** A steady clock, in milliseconds: the other one may be set, and nothing lasts longer than it has been watched. */
  readonly steadyMs: () => number
  /** Where the process of a note is; undefined: unknown. */
  readonly whereabouts: (note: string) => NotedWhereabouts | undefined
}

const POLL_MS = 1000

export class StallWatch {
  readonly #options: StallOptions
  readonly #beganMs: number
  /** By note: since when it is doing the same, and after how many milliseconds that is told next. */
  readonly #told = new Map<string, { sinceMs: number; nextMs: number }>()
  #timer: NodeJS.Timeout | undefined

  constructor(options: StallOptions) {
    this.#options = options
    this.#beganMs = options.steadyMs()
  }

  start(): void {
    this.#timer = setInterval(() => this.look(), POLL_MS).unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  look(): void {
    for (const { note, activity, lastedMs, nextMs } of this.#due()) {
      this.#options.write(this.#line(note, activity, lastedMs))
      let next = nextMs
      while (next <= lastedMs) next *= 2
      this.#told.set(note, { sinceMs: activity.sinceMs, nextMs: next })
    }
  }

  #due(): { note: string; activity: Activity; lastedMs: number; nextMs: number }[] {
    const now = this.#options.now()
    const watchedMs = this.#options.steadyMs() - this.#beganMs
    return [...this.#activities()]
      .map(([note, activity]) => {
        const known = this.#told.get(note)
        const nextMs = known?.sinceMs === activity.sinceMs ? known.nextMs : 1000 * this.#options.stallSeconds
        return { note, activity, lastedMs: Math.min(now - activity.sinceMs, watchedMs), nextMs }
      })
      .filter(({ lastedMs, nextMs }) => lastedMs >= nextMs)
  }

  #activities(): ReadonlyMap<string, Activity> {
    try {
      return this.#options.activities.now()
    } catch {
      // A test removed the folder: the run restores it.
      return new Map()
    }
  }

  #line(note: string, activity: Activity, lastedMs: number): string {
    const { toShown, whereabouts } = this.#options
    const found = whereabouts(note)
    // What was noted during an earlier test says nothing about this one.
    const where = found?.sinceMs === activity.sinceMs ? whereaboutsText(found, toShown) : ''
    const what = `${activityText(activity)}  ${toShown(activity.testPath)}${where === '' ? '' : `  ${where}`}`
    return `jest-profiler: SLOW ${duration(lastedMs)}  ${what}\n`
  }
}
