// When the command began, what it did before the first test file and after the last, and how long its reporters took at the end.

import { type Performance, performance } from 'node:perf_hooks'
import {
  type JestStep,
  type MarkedTimeline,
  resultsProcessed,
  searchBegan,
  stepMs,
} from '../jest/performance-marks.js'
import { COVERAGE_REPORTER } from '../jest/reporters.js'
import { getOrMake } from '../profile/columns.js'
import type { CommandTimes } from '../report/record/run-record.js'
import { roundMs } from '../report/rounding.js'

type Timeline = MarkedTimeline & Pick<Performance, 'now' | 'timeOrigin'>

export class CommandClock {
  readonly #timeline: Timeline
  /** When the command began, in milliseconds since the process began; undefined if unknown. */
  readonly #begun: number | undefined
  readonly #reporters = new Map<string, { wallMs: number; runningMs: number }>()
  #profilerMs = 0

  /** Call when a run begins. The first run begins with its process, later ones of watch mode when Jest searches tests. */
  constructor({ isFirst }: { isFirst: boolean }, timeline: Timeline = performance) {
    this.#timeline = timeline
    this.#begun = isFirst ? 0 : searchBegan(timeline)
  }

  /** `atEnd`: at the end of the run, and not while tests ran. */
  reporterEnded(reporter: string, { ms, atEnd }: { ms: number; atEnd: boolean }): void {
    const times = getOrMake(this.#reporters, reporter, () => ({ wallMs: 0, runningMs: 0 }))
    times[atEnd ? 'wallMs' : 'runningMs'] += ms
  }

  profilerWorked(tookMs: number): void {
    this.#profilerMs = roundMs(this.#profilerMs + tookMs)
  }

  /** Whether Jest marks its steps; known once tests have run. */
  get isMarked(): boolean {
    return searchBegan(this.#timeline) !== undefined
  }

  /** Milliseconds since Jest's own work ended, `globalTeardown` included; undefined: it has not, or that is unknown. */
  get sinceDoneMs(): number | undefined {
    const done = resultsProcessed(this.#timeline)
    return done === undefined || done < (this.#begun ?? 0) ? undefined : this.#timeline.now() - done
  }

  /** Returns the times so far; undefined if the start of the command is unknown. `exits`: whether the process exits now. */
  times({ exits } = { exits: false }): CommandTimes | undefined {
    const begun = this.#begun
    if (begun === undefined) return undefined
    const now = this.#timeline.now()
    const took = (step: JestStep) => {
      const ms = stepMs(this.#timeline, step, begun)
      return ms === undefined ? null : roundMs(ms)
    }
    const done = resultsProcessed(this.#timeline)
    const covering = this.#reporters.get(COVERAGE_REPORTER)
    return {
      startedAtMs: roundMs(this.#timeline.timeOrigin + begun),
      endedAtMs: roundMs(this.#timeline.timeOrigin + now),
      fileMapMs: took('fileMap'),
      findTestsMs: took('findTests'),
      globalSetupMs: took('globalSetup'),
      coverageMs: covering === undefined ? null : roundMs(covering.wallMs),
      reporters: [...this.#reporters].flatMap(([reporter, { wallMs, runningMs }]) =>
        reporter === COVERAGE_REPORTER
          ? []
          : [{ reporter, wallMs: roundMs(wallMs), runningMs: roundMs(runningMs) }],
      ),
      profilerMs: this.#profilerMs,
      globalTeardownMs: took('globalTeardown'),
      exitMs: exits && done !== undefined && done >= begun ? roundMs(now - done) : null,
    }
  }
}
