// Everything recorded of a test file beside V8's profile: phases, tests, hooks, modules and waits.

import type { Config } from '@jest/types'
import type {
  CircusBlock,
  CircusHook,
  CircusOutcome,
  CircusTest,
  FunctionEnd,
  TestObserver,
} from '../jest/circus.js'
import { endObservation, observeRuntime } from '../jest/runtime.js'
import type { Interner } from '../profile/columns.js'
import type { Recording } from '../recording/recording.js'
import type { FileActivity } from './activity-note.js'
import { SiteTable } from './call-sites.js'
import type { CallTreeColumns } from './call-tree-columns.js'
import { ClockLog, HeapLog } from './events/boundary-logs.js'
import { HookLog } from './events/hook-log.js'
import { LimitLog } from './events/limit-log.js'
import { PhaseLog } from './events/phase-log.js'
import { TestLog } from './events/test-log.js'
import { countOpen, handleColumns, type OpenHandle, openSince } from './handles/open-handles.js'
import type { AllocationLog } from './memory/allocation-log.js'
import { RuntimeLog } from './modules/runtime-log.js'
import type { ThreadStates } from './states/thread-states.js'
import { WaitLog } from './waits/wait-log.js'

type RunningPlace = NonNullable<ReturnType<SiteTable['placeOf']>>

type LoggedColumns = Omit<Recording, keyof CallTreeColumns | 'version' | 'header' | 'scripts' | 'allocations'>

/** What is recorded at the boundaries of phases, hooks and tests beside the thread's clock. */
interface BoundaryObservers {
  /** Without a profile. */
  readonly states?: ThreadStates | undefined
  readonly allocations?: AllocationLog | undefined
}

export class FileLog implements TestObserver {
  readonly phases: PhaseLog
  readonly runtime: RuntimeLog
  readonly #clock: ClockLog
  readonly #activity: FileActivity | undefined
  readonly #heap = new HeapLog()
  readonly #allocations: AllocationLog | undefined
  readonly #sites = new SiteTable()
  readonly #hooks: HookLog
  readonly #tests: TestLog
  readonly #limits = new LimitLog()
  readonly waits: WaitLog | undefined
  /** What was open before the file; undefined: resources are recorded one by one. */
  readonly #openBefore: ReturnType<typeof countOpen> | undefined
  #openHandles: readonly OpenHandle[] = []
  /** All tests of the file, once they are defined. */
  #all: ReadonlySet<CircusTest> | undefined

  /** `start`: when the recording began. */
  constructor(
    { testPath, projectConfig }: { testPath: string; projectConfig: Config.ProjectConfig },
    {
      start,
      recordWaits,
      observers: { states, allocations } = {},
      activity,
    }: {
      start: number
      recordWaits: boolean
      observers?: BoundaryObservers
      activity?: FileActivity | undefined
    },
  ) {
    const { setupFilesAfterEnv } = projectConfig
    this.#activity = activity
    this.#allocations = allocations
    this.#clock = new ClockLog(states, allocations)
    this.phases = new PhaseLog({ testPath, setupFilesAfterEnv, start, clock: this.#clock })
    this.waits = recordWaits ? new WaitLog(this.#sites, now => states?.wokeUp(now)) : undefined
    this.#openBefore = recordWaits ? undefined : countOpen()
    const callInContext = this.waits?.callInContext
    this.#tests = new TestLog(this.#sites, testPath, callInContext)
    this.#hooks = new HookLog(this.#sites, callInContext)
    this.runtime = new RuntimeLog(this.phases, allocations?.keepCode)
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
    this.#activity?.hookBegins(hook)
    this.#hooks.begins(hook, this.#tests.current)
    this.#limits.begins(hook)
    if (timeLimit !== undefined) this.waits?.expectTimeLimit(timeLimit)
  }

  hookEnds(hook: CircusHook, { error, timeLimit }: FunctionEnd): void {
    this.#clock.tick()
    this.#hooks.ends(hook)
    this.#limits.ends(hook, {
      error,
      limitMs: timeLimit,
      whose: () => this.#hooks.whose(hook),
      openHandles: this.#openHandlesOfTest,
    })
  }

  testBegins(test: CircusTest): void {
    if (this.#isOfAnotherRun(test)) return
    this.#clock.tick()
    this.#heap.note()
    this.waits?.testBegins()
    this.#activity?.testBegins(test)
    this.#tests.testBegins(test)
  }

  functionBegins(test: CircusTest, timeLimit: number | undefined): void {
    this.#activity?.functionBegins()
    if (!this.#isOfAnotherRun(test)) {
      this.#allocations?.functionBegins()
      this.#limits.begins(test)
    }
    if (timeLimit !== undefined) this.waits?.expectTimeLimit(timeLimit)
  }

  functionEnds(test: CircusTest, { error, timeLimit }: FunctionEnd): void {
    if (this.#isOfAnotherRun(test)) return
    this.#tests.functionEnds(test)
    this.#allocations?.functionEnds()
    const whose = () => ({ test: this.#tests.positionOf(test), hook: null })
    this.#limits.ends(test, { error, limitMs: timeLimit, whose, openHandles: this.#openHandlesOfTest })
  }

  testEnds(test: CircusTest, outcome: CircusOutcome): void {
    if (this.#isOfAnotherRun(test)) return
    if (outcome === 'passed' || outcome === 'failed') {
      this.#clock.tick()
      this.#heap.note()
    }
    this.#tests.testEnds(test, outcome)
    // A test whose hooks before it failed has no function that ends.
    this.#allocations?.functionEnds()
    this.#activity?.testEnds()
    // After the test's time.
    this.waits?.testEnds()
  }

  /** A test that runs jest-circus itself, as Jest's own do, causes events of that run, too. They are part of the test. */
  #isOfAnotherRun(test: CircusTest): boolean {
    return this.#all?.has(test) === false
  }

  /** Call before `columns` while the file goes on. */
  readBoundary(): void {
    this.#clock.tick()
    this.#heap.note()
  }

  end(): void {
    this.readBoundary()
    endObservation(this.runtime)
    this.runtime.end()
    this.waits?.stop()
  }

  /** What keeps the process alive now and may be awaited, the latest last: of the running test, if it has opened anything. */
  openNow(): { kind: string; calls: RunningPlace[] }[] {
    const ofTest = this.#openHandlesOfTest() ?? []
    const handles = ofTest.length > 0 ? ofTest : (this.waits?.openHandles() ?? [])
    return handles.map(({ kind, stack }) => {
      return { kind, calls: (stack ?? []).flatMap(site => this.#sites.placeOf(site) ?? []) }
    })
  }

  /** What the current test has opened that still is; undefined: not recorded. */
  readonly #openHandlesOfTest = (): OpenHandle[] | undefined =>
    this.waits?.openHandles().filter(({ test }) => test === this.#tests.current)

  /** Returns what the file leaves open, which becomes part of the columns. Call after the environment's teardown. */
  noteOpenHandles(): readonly OpenHandle[] {
    this.#openHandles =
      this.waits?.openHandles() ?? (this.#openBefore === undefined ? [] : openSince(this.#openBefore))
    return this.#openHandles
  }

  /** Times since `start`; what is under way ends `now`. `scripts`: paths of the recording's scripts, to which more are added. */
  columns(start: number, now: number, scripts: Interner<string>): LoggedColumns {
    const timeLimits = this.#limits.columns(start)
    return {
      tests: this.#tests.spans(start, now),
      ...(timeLimits === undefined ? {} : { timeLimits }),
      phases: this.phases.starts(start),
      hooks: this.#hooks.columns(start, now),
      ...this.runtime.columns(start),
      // Before `sites`, to which it adds.
      waits: this.waits?.columns(start) ?? null,
      ...(this.#openHandles.length === 0 ? {} : { openHandles: handleColumns(this.#openHandles) }),
      clock: this.#clock.columns(start),
      heap: this.#heap.columns(start),
      sites: this.#sites.columns(file => scripts.add(file)),
    }
  }
}
