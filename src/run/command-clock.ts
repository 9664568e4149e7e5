// When the command began, and what it did before the first test file and after the last one, by the marks that Jest leaves on its
// way, in 29.7 and 30 alike, and by what reporters take at the end.
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-core/src/runJest.ts

import { type Performance, performance } from 'node:perf_hooks'
import type { CommandTimes } from '../report/record/run-record.js'
import { roundMs } from '../report/rounding.js'

type Timeline = Pick<Performance, 'now' | 'timeOrigin' | 'getEntriesByName'>

export class CommandClock {
  readonly #timeline: Timeline
  /** Milliseconds since the process began; undefined: it is not known when this command did. */
  readonly #begun: number | undefined
  readonly #reporters = new Map<string, number>()
  #coverageMs: number | null = null
  #profilerMs = 0

  /** To be made when the run begins. The first one of a process begins with it, a later one of watch mode when Jest looks for tests. */
  constructor({ isFirst }: { isFirst: boolean }, timeline: Timeline = performance) {
    this.#timeline = timeline
    this.#begun = isFirst ? 0 : this.#latest('jest/getTestPaths:start')
  }

  reporterEnded(reporter: string, tookMs: number): void {
    this.#reporters.set(reporter, roundMs((this.#reporters.get(reporter) ?? 0) + tookMs))
  }

  coverageEnded(tookMs: number): void {
    this.#coverageMs = roundMs((this.#coverageMs ?? 0) + tookMs)
  }

  /** What we do at the end. */
  profilerWorked(tookMs: number): void {
    this.#profilerMs = roundMs(this.#profilerMs + tookMs)
  }

  /** Up to now; `exits`: this is when the process does. */
  times({ exits } = { exits: false }): CommandTimes | undefined {
    const begun = this.#begun
    if (begun === undefined) return undefined
    const now = this.#timeline.now()
    const took = (name: string) => this.#between(`jest/${name}`, begun)
    const done = this.#latest('jest/processResults:end')
    return {
      startedAtMs: roundMs(this.#timeline.timeOrigin + begun),
      endedAtMs: roundMs(this.#timeline.timeOrigin + now),
      fileMapMs: took('buildContextsAndHasteMaps'),
      findTestsMs: took('getTestPaths'),
      globalSetupMs: took('globalSetup'),
      coverageMs: this.#coverageMs,
      reporters: [...this.#reporters].map(([reporter, wallMs]) => ({ reporter, wallMs })),
      profilerMs: this.#profilerMs,
      globalTeardownMs: took('globalTeardown'),
      exitMs: exits && done !== undefined && done >= begun ? roundMs(now - done) : null,
    }
  }

  #between(name: string, since: number): number | null {
    const start = this.#latest(`${name}:start`)
    const end = this.#latest(`${name}:end`)
    if (start === undefined || end === undefined || start < since || end < start) return null
    return roundMs(end - start)
  }

  /** Milliseconds since the process began. */
  #latest(mark: string): number | undefined {
    return this.#timeline.getEntriesByName(mark, 'mark').at(-1)?.startTime
  }
}
