// The phases of a test file, delimited by the environment's methods, circus's events and the modules that Jest itself requires.

import type { Config } from '@jest/types'
import type { PhaseStart } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import type { ClockLog } from './boundary-logs.js'

export class PhaseLog {
  readonly #testPath: string
  readonly #setupFilesAfterEnv: ReadonlySet<string>
  readonly #clock: Pick<ClockLog, 'tick'>
  readonly #starts: PhaseStart[]
  #environmentIsUp = false
  #frameworkIsLoaded = false

  /** A recording begins when the environment is constructed. */
  constructor({
    testPath,
    setupFilesAfterEnv,
    start,
    clock,
  }: Pick<Config.ProjectConfig, 'setupFilesAfterEnv'> & {
    testPath: string
    start: number
    clock: Pick<ClockLog, 'tick'>
  }) {
    this.#testPath = testPath
    this.#setupFilesAfterEnv = new Set(setupFilesAfterEnv)
    this.#clock = clock
    clock.tick()
    this.#starts = [{ phase: 'environment', start }]
  }

  enter(phase: PhaseStart['phase']): void {
    const last = this.#starts.at(-1)
    if (last?.phase === phase) return
    this.#clock.tick()
    this.#starts.push({ phase, start: monotonicMicros() })
  }

  /** Call when the environment's `setup` has ended. */
  setupEnds(): void {
    this.#environmentIsUp = true
    this.enter('framework')
  }

  /** Call when circus is loaded. If Jest's runtime is not `observed`, set-up files and imports cannot be distinguished. */
  frameworkLoaded({ observed }: { observed: boolean }): void {
    this.#frameworkIsLoaded = true
    if (!observed) this.enter('imports')
  }

  /** Jest itself requires a module: a set-up file, the test file, or a part of its framework. */
  entryBegins(path: string): void {
    if (!this.#environmentIsUp) this.enter('setupFiles')
    else if (path === this.#testPath) this.enter('imports')
    // Snapshot serializers are loaded while circus is set up, and do not end that phase.
    else if (this.#setupFilesAfterEnv.has(path)) this.enter('setupFilesAfterEnv')
  }

  /** After the test file, circus runs tests, whose spans are recorded separately. Other runners report no tests. */
  entryEnds(path: string): void {
    if (path === this.#testPath) this.enter(this.#frameworkIsLoaded ? 'other' : 'tests')
  }

  /** Times since `start`. */
  starts(start: number): PhaseStart[] {
    return this.#starts.map(entry => ({ ...entry, start: entry.start - start }))
  }
}
