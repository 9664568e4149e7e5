// All that is noted of one test file beside V8's profile: phases, tests, hooks, modules, and what it waited for.

import type { Circus, Config } from '@jest/types'
import { endObservation, observeRuntime } from '../jest/runtime.js'
import type { Recording } from '../recording/recording.js'
import { SiteTable } from './call-sites.js'
import type { CallTreeColumns } from './call-tree-columns.js'
import type { PathTable } from './described-scripts.js'
import { ClockLog, HeapLog } from './events/boundary-logs.js'
import { HookLog } from './events/hook-log.js'
import { PhaseLog } from './events/phase-log.js'
import { TestLog } from './events/test-log.js'
import { RuntimeLog } from './modules/runtime-log.js'
import { WaitLog } from './waits/wait-log.js'

type LoggedColumns = Omit<Recording, keyof CallTreeColumns | 'version' | 'header' | 'scripts'>

export interface FileLogOptions {
  testPath: string
  recordWaits: boolean
  /** When the recording began. */
  start: number
  projectConfig: Config.ProjectConfig
}

const BORDERS: ReadonlySet<string> = new Set([
  'hook_start',
  'hook_success',
  'hook_failure',
  'test_start',
  'test_done',
])

export class FileLog {
  readonly phases: PhaseLog
  readonly runtime: RuntimeLog
  readonly #clock = new ClockLog()
  readonly #heap = new HeapLog()
  readonly #sites = new SiteTable()
  readonly #hooks: HookLog
  readonly #tests: TestLog
  readonly #waits: WaitLog | undefined

  constructor({ testPath, recordWaits, start, projectConfig }: FileLogOptions) {
    const { setupFilesAfterEnv } = projectConfig
    this.phases = new PhaseLog({ testPath, setupFilesAfterEnv, start, clock: this.#clock })
    this.#waits = recordWaits ? new WaitLog() : undefined
    const callInContext = this.#waits?.callInContext
    this.#tests = new TestLog(this.#sites, testPath, callInContext)
    this.#hooks = new HookLog(this.#sites, callInContext)
    this.runtime = new RuntimeLog(this.phases)
    observeRuntime(projectConfig, this.runtime)
    this.#waits?.start(this.#tests)
  }

  /** Takes note of one of circus's events, cheaply. */
  note(event: Circus.Event, state: Circus.State): void {
    if (BORDERS.has(event.name)) this.#clock.tick()
    if (event.name === 'test_start' || event.name === 'test_done') this.#heap.note()
    if (event.name === 'test_start') this.#waits?.testBegins()
    if (event.name === 'hook_start') {
      this.#hooks.begins(event.hook, this.#tests.current)
      this.#waits?.expectTimeLimit(event.hook.timeout || state.testTimeout)
    } else if (event.name === 'test_fn_start')
      this.#waits?.expectTimeLimit(event.test.timeout || state.testTimeout)
    else if (event.name === 'hook_success' || event.name === 'hook_failure') this.#hooks.ends(event.hook)
    else if (event.name === 'add_test') this.#testDefined(state.currentDescribeBlock)
    else if (event.name === 'add_hook') this.#hookDefined(state.currentDescribeBlock)
    else if (event.name === 'start_describe_definition') this.#tests.describes(state.currentDescribeBlock)
    else if (event.name === 'setup')
      this.phases.frameworkLoaded({ observed: !this.runtime.unobservedCalls.has('modules') })
    else {
      if (event.name === 'run_start') this.phases.enter('other')
      this.#tests.note(event, state)
    }
  }

  /** Microseconds of the thread that recording waits took so far. */
  get effortMicros(): number {
    return this.#waits?.effortMicros ?? 0
  }

  /** Nothing is noted any more. */
  end(): void {
    this.#clock.tick()
    this.#heap.note()
    endObservation(this.runtime)
    this.#waits?.stop()
  }

  /** Times since `start`; what is still open ends `now`. `scripts`: those of the recording, to which some may come. */
  columns(start: number, now: number, scripts: PathTable): LoggedColumns {
    const waits = this.#waits?.columns(this.#sites, start) ?? null
    return {
      tests: this.#tests.spans(start, now),
      phases: this.phases.starts(start),
      hooks: this.#hooks.columns(start, now),
      ...this.runtime.columns(start),
      waits,
      clock: this.#clock.columns(start),
      heap: this.#heap.columns(start),
      sites: this.#sites.columns(file => scripts.indexOf(file)),
    }
  }

  // Circus has put it into its block by now, unless it stands where it must not.
  #testDefined(block: Circus.DescribeBlock): void {
    const last = block.children.at(-1)
    if (last?.type === 'test') this.#tests.defined(last)
  }

  #hookDefined(block: Circus.DescribeBlock): void {
    const last = block.hooks.at(-1)
    if (last !== undefined) this.#hooks.defined(last)
  }
}
