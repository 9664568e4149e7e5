// What Jest did for a file, one phase after the other, from marks: the environment's own methods, circus's events and
// the modules that Jest itself asks for.

import type { RecordedPhase } from '../../recording/enums.js'
import type { PhaseStart } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import type { ClockLog } from './boundary-logs.js'

export interface PhaseLogOptions {
  testPath: string
  /** Jest's own, as they stand in its config. */
  setupFilesAfterEnv: readonly string[]
  start: number
  clock: Pick<ClockLog, 'tick'>
}

export class PhaseLog {
  readonly #testPath: string
  readonly #setupFilesAfterEnv: ReadonlySet<string>
  readonly #clock: Pick<ClockLog, 'tick'>
  readonly #starts: PhaseStart[]
  #environmentIsUp = false
  #frameworkIsLoaded = false

  /** A recording begins with building the environment. */
  constructor({ testPath, setupFilesAfterEnv, start, clock }: PhaseLogOptions) {
    this.#testPath = testPath
    this.#setupFilesAfterEnv = new Set(setupFilesAfterEnv)
    this.#clock = clock
    clock.tick()
    this.#starts = [{ phase: 'environment', start }]
  }

  enter(phase: RecordedPhase): void {
    const last = this.#starts.at(-1)
    if (last?.phase === phase) return
    this.#clock.tick()
    this.#starts.push({ phase, start: monotonicMicros() })
  }

  /** Jest calls the environment's `setup`, which comes after the set-up files. */
  setupBegins(): void {
    this.enter('environment')
  }

  setupEnds(): void {
    this.#environmentIsUp = true
    this.enter('framework')
  }

  /** Circus is loaded. If Jest's runtime cannot be observed, set-up files and imports cannot be distinguished. */
  frameworkLoaded({ observed }: { observed: boolean }): void {
    this.#frameworkIsLoaded = true
    if (!observed) this.enter('imports')
  }

  /** Jest itself asks for a module: a set-up file, the test file, or what its framework is made of for this project. */
  entryBegins(path: string): void {
    if (!this.#environmentIsUp) this.enter('setupFiles')
    else if (path === this.#testPath) this.enter('imports')
    // Serializers of snapshots come while circus gets ready: what asks for them goes on.
    else if (this.#setupFilesAfterEnv.has(path)) this.enter('setupFilesAfterEnv')
  }

  /** After the test file circus runs its tests, which have windows of their own; other runners report none. */
  entryEnds(path: string): void {
    if (path === this.#testPath) this.enter(this.#frameworkIsLoaded ? 'other' : 'tests')
  }

  /** Since `start`. */
  starts(start: number): PhaseStart[] {
    return this.#starts.map(entry => ({ ...entry, start: entry.start - start }))
  }
}
