// The reporter: validates options before any test, adds each file as it ends, and writes and prints at the end. Our errors are
// never thrown to Jest: a reporter that throws would cost users their results.

import { performance } from 'node:perf_hooks'
import type {
  AggregatedResult,
  Config,
  Reporter,
  ReporterOnStartOptions,
  Test,
  TestContext,
  TestResult,
} from '@jest/reporters'
import { DISPLAY_ROOT, LAUNCHED, withoutRunLink } from './collect/run-link.js'
import { displayRootOf, rootsOfConfig } from './configure/display-root.js'
import { UserError } from './errors/user-error.js'
import { endWithWrongUsage } from './jest/exit-code.js'
import { parseOptions } from './options/options.js'
import { OWN_FOLDER } from './own-files.js'
import { toSlashes } from './profile/paths.js'
import { describeInterruption, onInterruption } from './run/interruption.js'
import { loadPublishing, requirePublishing } from './run/late-modules.js'
import type { EndedRun } from './run/publish-run.js'
import { Run } from './run/run.js'

/** Between two looks whether the process lives on. */
const TELL_MS = 500

export default class ProfilerReporter
  implements Pick<Reporter, 'onRunStart' | 'onRunComplete' | 'getLastError'>
{
  readonly #run: Run
  #problems: string[] = []
  #ended: EndedRun | undefined
  #awaitsCoverage = false
  #endListening = () => {}
  readonly #finishOnExit = () => {
    this.#end([])
    this.#publish()
  }

  /** Throws a UserError for invalid options, an engine that cannot be loaded, or a folder that cannot be written. */
  constructor(globalConfig: Config.GlobalConfig, reporterOptions: object = {}) {
    try {
      this.#run = createRun(globalConfig, reporterOptions)
    } catch (error) {
      if (LAUNCHED in reporterOptions && error instanceof UserError) endWithWrongUsage()
      throw error
    }
    // A test that calls process.exit in band ends this process, too.
    process.on('exit', this.#finishOnExit)
  }

  onRunStart({ numTotalTestSuites }: AggregatedResult, { showStatus }: ReporterOnStartOptions): void {
    guard(() => {
      const whenCovered = () => this.#publish()
      this.#awaitsCoverage = this.#run.begin({
        testFiles: numTotalTestSuites,
        // Jest shows the status when tests run in workers.
        inBand: !showStatus,
        own: ProfilerReporter,
        whenCovered,
      })
    })
    guard(() => this.#run.watchForStalls(text => process.stderr.write(text)))
    if (!showStatus) return
    // This process has little to do.
    loadPublishing().catch(showFailure)
    this.#endListening = onInterruption(signal => describeInterruption(this.#run.interrupt(signal)))
  }

  onTestFileStart(test: Test): void {
    guard(() => this.#run.startFile(test))
  }

  async onTestFileResult(test: Test, result: TestResult): Promise<void> {
    this.#takeFile(test, result)
    await this.#run.settleWorkers().catch(showFailure)
  }

  #takeFile(test: Test, result: TestResult): void {
    guard(() => {
      try {
        this.#run.takeFile(test, result)
      } catch (error) {
        this.#run.noteFailure(toSlashes(test.path), error)
        throw error
      }
    })
  }

  async onRunComplete(contexts: Set<TestContext>): Promise<void> {
    await this.#run.settleOwnProcess().catch(showFailure)
    this.#end([...contexts])
    await loadPublishing().catch(showFailure)
    // Coverage is reported after all configured reporters: its time is part of the command.
    if (!this.#awaitsCoverage) this.#publish()
  }

  /** Jest exits with 1 if this returns an error; its message has been printed already. */
  getLastError(): Error | undefined {
    return this.#problems.length === 0 ? undefined : new Error(this.#problems.join('\n'))
  }

  #end(contexts: TestContext[]): void {
    const started = performance.now()
    guard(() => {
      this.#ended ??= this.#run.end(contexts)
    })
    this.#run.command.profilerWorked(performance.now() - started)
  }

  // With --bail, Jest may exit while modules are being loaded: the first call publishes.
  #publish(): void {
    // In watch mode each run has its own reporter.
    process.off('exit', this.#finishOnExit)
    this.#endListening()
    const ended = this.#ended
    this.#ended = undefined
    if (ended === undefined) return
    const started = performance.now()
    guard(() => {
      const { text, problems, addEndOfCommand, describeLivingOn } = requirePublishing().publishRun(ended)
      process.stderr.write(text)
      this.#problems.push(...problems)
      this.#run.command.profilerWorked(performance.now() - started)
      if (ended.watch.isOn) return
      process.once('exit', () => guard(() => process.stderr.write(addEndOfCommand())))
      tellOnce(describeLivingOn)
    })
  }
}

function createRun(globalConfig: Config.GlobalConfig, reporterOptions: object): Run {
  // `npx jest-profiler` passes the display root of the configs that Jest has read.
  const { [DISPLAY_ROOT]: given }: { [DISPLAY_ROOT]?: string } = reporterOptions
  const displayRoot = given ?? displayRootOf(rootsOfConfig(globalConfig, process.cwd()))
  const where = "in the options of 'jest-profiler/reporter'"
  const options = parseOptions(withoutRunLink(reporterOptions), { base: displayRoot, where })
  return new Run({
    globalConfig,
    options,
    displayRoot,
    reporterOptions,
    profilerDirectory: toSlashes(OWN_FOLDER),
  })
}

/** Writes a text to stderr once it is known. Does not keep the process alive. */
function tellOnce(describe: () => string | undefined): void {
  const timer = setInterval(
    () =>
      guard(() => {
        const text = describe()
        if (text === undefined) return
        clearInterval(timer)
        process.stderr.write(text)
      }),
    TELL_MS,
  ).unref()
}

function guard(action: () => void): void {
  try {
    action()
  } catch (error) {
    showFailure(error)
  }
}

function showFailure(error: unknown): void {
  // System errors are explained by their message; a stack in our code does not help.
  const isSystems = error instanceof Error && 'syscall' in error
  const text = error instanceof Error && !isSystems ? (error.stack ?? error.message) : String(error)
  process.stderr.write(
    `jest-profiler: the profile is incomplete, the test results are not affected: ${text}\n`,
  )
}
