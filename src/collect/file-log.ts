// Everything recorded of a test file beside V8's profile: phases, tests, hooks, modules and waits.

import type { Config } from '@jest/types'
import type { CircusBlock, CircusHook, CircusOutcome, CircusTest, TestObserver } from '../jest/circus.js'
import { endObservation, observeRuntime } from '../jest/runtime.js'
import type { Interner } from '../profile/columns.js'
import type { Recording } from '../recording/recording.js'
import { SiteTable } from './call-sites.js'
import type { CallTreeColumns } from './call-tree-columns.js'
import { ClockLog, HeapLog } from './events/boundary-logs.js'
import { HookLog } from './events/hook-log.js'
import { PhaseLog } from './events/phase-log.js'
import { TestLog } from './events/test-log.js'
import { RuntimeLog } from './modules/runtime-log.js'
import type { ThreadStates } from './states/thread-states.js'
import { WaitLog } from './waits/wait-log.js'

type LoggedColumns = Omit<Recording, keyof CallTreeColumns | 'version' | 'header' | 'scripts'>

export class FileLog implements TestObserver {
  readonly phases: PhaseLog
  readonly runtime: RuntimeLog
  readonly #clock: ClockLog
  readonly #heap = new HeapLog()
  readonly #sites = new SiteTable()
  readonly #hooks: HookLog
  readonly #tests: TestLog
  readonly waits: WaitLog | undefined
  /** All tests of the file, once they are defined. */
  #all: ReadonlySet<CircusTest> | undefined

  /** `start`: when the recording began. `states`: without a profile. */
  constructor(
    { testPath, projectConfig }: { testPath: string; projectConfig: Config.ProjectConfig },
    {
      start,
      recordWaits,
      states,
    }: { start: number; recordWaits: boolean; states?: ThreadStates | undefined },
  ) {
    const { setupFilesAfterEnv } = projectConfig
    this.#clock = new ClockLog(states)
    this.phases = new PhaseLog({ testPath, setupFilesAfterEnv, start, clock: this.#clock })
    this.waits = recordWaits ? new WaitLog(this.#sites, now => states?.wokeUp(now)) : undefined
    const callInContext = this.waits?.callInContext
    this.#tests = new TestLog(this.#sites, testPath, callInContext)
    this.#hooks = new HookLog(this.#sites, callInContext)
    this.runtime = new RuntimeLog(this.phases)
    observeRuntime(projectConfig, this.runtime)
    this.waits?.start(this.#tests)
  }

  frameworkLoaded(): void {
    this.phases.frameworkLoaded({ observed: !this.runtime.unobservedParts.has('modules') })
  }

  blockDefined(block: CircusBlock): void {
    if (this.#all === undefined) this.#tests.definitions.describes(block)
  }

  testDefined(test: CircusTest): void {
    if (this.#all === undefined) this.#tests.definitions.defined(test)
  }

  hookDefined(hook: CircusHook): void {
    if (this.#all === undefined) this.#hooks.defined(hook)
  }

  testsBegin(tests: readonly CircusTest[]): void {
    if (this.#all !== undefined) return
    this.#all = new Set(tests)
    this.phases.enter('other')
    this.#tests.begin(tests)
  }

  hookBegins(hook: CircusHook, timeLimit: number | undefined): void {
    this.#clock.tick()
    this.#hooks.begins(hook, this.#tests.current)
    if (timeLimit !== undefined) this.waits?.expectTimeLimit(timeLimit)
  }

  hookEnds(hook: CircusHook): void {
    this.#clock.tick()
    this.#hooks.ends(hook)
  }

  testBegins(test: CircusTest): void {
    if (this.#isOfAnotherRun(test)) return
    this.#clock.tick()
    this.#heap.note()
    this.waits?.testBegins()
    this.#tests.testBegins(test)
  }

  functionBegins(_test: CircusTest, timeLimit: number | undefined): void {
    if (timeLimit !== undefined) this.waits?.expectTimeLimit(timeLimit)
  }

  functionEnds(test: CircusTest): void {
    if (this.#isOfAnotherRun(test)) return
    this.#tests.functionEnds(test)
  }

  testEnds(test: CircusTest, outcome: CircusOutcome): void {
    if (this.#isOfAnotherRun(test)) return
    if (outcome === 'passed' || outcome === 'failed') {
      this.#clock.tick()
      this.#heap.note()
    }
    this.#tests.testEnds(test, outcome)
    // After the test's time.
    this.waits?.testEnds()
  }

  /** A test that runs jest-circus itself, as Jest's own do, causes events of that run, too. They are part of the test. */
  #isOfAnotherRun(test: CircusTest): boolean {
    return this.#all?.has(test) === false
  }

  end(): void {
    this.#clock.tick()
    this.#heap.note()
    endObservation(this.runtime)
    this.waits?.stop()
  }

  /** Times since `start`; what is under way ends `now`. `scripts`: paths of the recording's scripts, to which more are added. */
  columns(start: number, now: number, scripts: Interner<string>): LoggedColumns {
    return {
      tests: this.#tests.spans(start, now),
      phases: this.phases.starts(start),
      hooks: this.#hooks.columns(start, now),
      ...this.runtime.columns(start),
      // Before `sites`, to which it adds.
      waits: this.waits?.columns(start) ?? null,
      clock: this.#clock.columns(start),
      heap: this.#heap.columns(start),
      sites: this.#sites.columns(file => scripts.add(file)),
    }
  }
}
