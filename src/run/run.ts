// One run of Jest as the parent sees it: begins before the first test, takes in each file, and ends with a report.

import { relative } from 'node:path'
import type { Test, TestContext, TestResult } from '@jest/reporters'
import type { Config } from '@jest/types'
import { detectCi } from '../ci/detect.js'
import { finishActiveRecording } from '../collect/active-recording.js'
import { epochMsAt, monotonicMicros, thisMoment, workMicros } from '../collect/clock.js'
import { attachRunLink, hadRunLink, LAUNCHED, type RunLink } from '../collect/run-link.js'
import { closeProfilingSession } from '../collect/session.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { jestVersionOf } from '../jest/packages.js'
import type { Options } from '../options/options.js'
import type { RunRecord } from '../report/record/run-record.js'
import { toSavedRun, type UnsavedRun } from '../report/record/saved-run.js'
import type { Missing } from '../report/report.js'
import { IncomingRecordings } from '../storage/incoming-recordings.js'
import { KeptRun } from '../storage/kept-run.js'
import {
  createRunFolder,
  newRunId,
  type RunFolder,
  removeRun,
  restoreRunFolder,
} from '../storage/run-folder.js'
import { checkEngine } from './check-engine.js'
import { type CollectedRecord, Collector } from './collector.js'
import { CommandClock } from './command-clock.js'
import type { Interrupted } from './interruption.js'
import { toOutcome } from './jest-results.js'
import { explainEndedEarly, explainMissing, type MissingContext } from './missing.js'
import { partOfSuite } from './part-of-suite.js'
import type { EndedRun, Surroundings } from './publish-run.js'
import { timeReporters } from './reporter-times.js'
import { runFacts } from './run-facts.js'
import { automaticInterval, samplesFinely } from './sampling-interval.js'
import { compareKeys, keyContext } from './transform-keys.js'
import { jsonTriggersWatch } from './watch-mode.js'

export interface RunInput {
  readonly globalConfig: Config.GlobalConfig
  readonly options: Options
  /** Absolute. */
  readonly displayRoot: string
  /** The object that Jest hands to every worker. */
  readonly reporterOptions: object
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
}

export class Run {
  readonly #input: RunInput
  readonly #folder: RunFolder
  readonly #incoming: IncomingRecordings
  readonly #kept: KeptRun
  readonly #collector: Collector
  readonly #startedAt = thisMoment()
  /** In band, a test may change these later. */
  readonly #surroundings: Surroundings = {
    cwd: process.cwd(),
    terminal: terminalOf(process.stderr, process.env),
    ci: detectCi(process.env),
  }
  readonly #keyContext = keyContext(process.env)
  readonly #command: CommandClock
  readonly #outcomes: { file: CollectedRecord; context: MissingContext }[] = []
  readonly #missing: Missing[] = []
  #link: RunLink
  readonly #injectedGlobals = new Set<string>()
  #testFiles = 0
  #mergeMicros = 0
  #jestVersion: string | undefined
  #finished = false
  #folderRemoved = false

  /** Throws a UserError, before any test, when the engine cannot load or the folder cannot be written. */
  constructor(input: RunInput) {
    const { globalConfig, options, reporterOptions } = input
    const { engine, include, waits } = options
    this.#command = new CommandClock({ isFirst: !hadRunLink(reporterOptions) })
    this.#input = input
    const engineModule = checkEngine(engine, globalConfig.rootDir)
    this.#folder = createRunFolder(
      options.outputDir,
      newRunId(this.#startedAt.epochMs, Math.random()),
      partOfSuite(globalConfig).length > 0,
    )
    this.#incoming = new IncomingRecordings(this.#folder)
    this.#kept = new KeptRun(this.#folder)
    const recordings = { incoming: this.#incoming, kept: this.#kept }
    this.#collector = new Collector(recordings, input.profilerDirectory)
    const { displayRoot } = input
    const { id: runId, incoming } = this.#folder
    const samplingIntervalMicros = intervalFor(options, Number.POSITIVE_INFINITY)
    this.#link = {
      ...{ runId, startedAt: this.#startedAt, incoming, engine, engineModule },
      ...{ samplingIntervalMicros, waits, include, displayRoot },
    }
    attachRunLink(reporterOptions, this.#link)
  }

  /**
   * Called when Jest knows how many test files there are, and has made all reporters; `own` is ours. Returns whether the end of
   * coverage's will be told.
   */
  begin(testFiles: number, own: object, whenCovered: () => void): boolean {
    const { options, reporterOptions } = this.#input
    const samplingIntervalMicros = intervalFor(options, testFiles)
    // Whoever asks for a few files by name asks what their tests wait for, and it costs little there on any Node.
    const asksForFew = this.#isLaunched && samplesFinely(testFiles) && options.waits === 'auto'
    this.#link = { ...this.#link, samplingIntervalMicros, waits: asksForFew ? true : options.waits }
    attachRunLink(reporterOptions, this.#link)
    this.#testFiles = testFiles
    this.#keepUnfinished()
    const command = this.#command
    return timeReporters(this.#input.globalConfig, {
      own,
      listener: {
        reporterEnded: (reporter, tookMs) => command.reporterEnded(reporter, tookMs),
        coverageEnded(tookMs) {
          command.coverageEnded(tookMs)
          whenCovered()
        },
      },
    })
  }

  /** Called before each test file, which is when Jest first tells of its project's config. */
  startFile({ context: { config } }: Pick<Test, 'context'>): void {
    this.#restoreFolder()
    for (const name of config.sandboxInjectedGlobals) this.#injectedGlobals.add(name)
    if (this.#jestVersion !== undefined) return
    this.#jestVersion = jestVersionOf(config)
    this.#keepUnfinished()
  }

  takeFile(test: Test, result: TestResult): void {
    this.#restoreFolder()
    const before = workMicros()
    const file = this.#collector.take(toOutcome(test, result))
    const { testExecError } = result
    const { config } = test.context
    const context = {
      ...{ config, testExecError, link: this.#link, launched: this.#isLaunched },
      folderRemoved: this.#folderRemoved,
    }
    this.#outcomes.push({ file, context })
    this.#mergeMicros += workMicros() - before
  }

  /** What the whole command did beside its test files. */
  get command(): CommandClock {
    return this.#command
  }

  /** A file that could not be taken in. */
  noteFailure(file: string, error: unknown): void {
    const reason = `the recording could not be read: ${error instanceof Error ? error.message : error}`
    this.#missing.push({ file, reason, remedy: 'Please report it, with this line.' })
  }

  /** Keeps what is known by now, for the process is about to be ended. Returns what is there to be read. */
  interrupt(): Interrupted {
    if (!this.#finished) this.#keepUnfinished()
    const recorded = this.#collector.files.filter(({ record }) => record.recording !== undefined).length
    const folder = relative(this.#surroundings.cwd, this.#folder.directory)
    return { recorded, testFiles: this.#testFiles, folder }
  }

  /** All that is known of the run; undefined at a second call, and of a run without test files, of which nothing stays. */
  end(contexts: readonly TestContext[]): EndedRun | undefined {
    if (this.#finished) return undefined
    this.#restoreFolder()
    this.#finished = true
    const endedAtMs = epochMsAt(monotonicMicros(), this.#startedAt)
    // In band, the last file may have left its recording open.
    finishActiveRecording()
    closeProfilingSession()
    const before = workMicros()
    const unfinished = this.#collector.takeRest()
    this.#mergeMicros += workMicros() - before
    if (this.#collector.files.length === 0) {
      removeRun(this.#folder)
      return undefined
    }
    const { options, globalConfig } = this.#input
    const { profile, ...totals } = this.#collector.build()
    const configs = contexts.map(({ config }) => config)
    const known: RunRecord = { ...this.#known(unfinished), endedAtMs, ...totals }
    const transformKeys = compareKeys(known, { context: this.#keyContext, outputDir: options.outputDir })
    const record = this.#keepEnded({ ...known, transformKeys })
    const { directory } = this.#folder
    return {
      ...{ record, profile, options, surroundings: this.#surroundings },
      ...{ folder: this.#folder, incoming: this.#incoming, kept: this.#kept, command: this.#command },
      watch: {
        isOn: globalConfig.watch || globalConfig.watchAll,
        jsonTriggers: !this.#isLaunched && jsonTriggersWatch(globalConfig, configs, directory),
      },
    }
  }

  get #isLaunched(): boolean {
    return LAUNCHED in this.#input.reporterOptions
  }

  /** A run that is cut off can be read as well. */
  #keepUnfinished(): void {
    this.#kept.keepRun(toSavedRun({ ...this.#known([]), endedAtMs: null }, this.#input.options.budgets))
  }

  /** Returns the run with what is missing of it since it could not be kept. */
  #keepEnded(record: RunRecord): RunRecord {
    try {
      this.#kept.keepRun(toSavedRun(record, this.#input.options.budgets))
      return record
    } catch (error) {
      const reason = `the run could not be kept: ${(error as Error).message}`
      const remedy =
        'Make room for it: `npx jest-profiler show` and all else that reads runs cannot read this one.'
      return { ...record, missing: [...record.missing, { file: '', reason, remedy }] }
    }
  }

  /** Somebody may clear the checkout while tests run: what comes after that is recorded all the same. */
  #restoreFolder(): void {
    if (this.#finished || !restoreRunFolder(this.#folder)) return
    this.#folderRemoved = true
    this.#keepUnfinished()
  }

  /** `unfinished`: files of which Jest will tell no outcome. */
  #known(unfinished: readonly CollectedRecord[]): Omit<UnsavedRun, 'endedAtMs'> {
    return {
      run: runFacts(this.#input.globalConfig, this.#link, this.#jestVersion ?? 'unknown'),
      startedAtMs: this.#startedAt.epochMs,
      files: this.#collector.files.map(({ record }) => record),
      missing: this.#explainMissing(unfinished),
      injectedGlobals: [...this.#injectedGlobals],
      notes: [],
      mergeMicros: this.#mergeMicros,
    }
  }

  // Known only now: a recording may be ended late, and files may be cut off.
  #explainMissing(unfinished: readonly CollectedRecord[]): Missing[] {
    const explained = this.#outcomes.flatMap(({ file, context }) => explainMissing(file, context) ?? [])
    const endedEarly = explainEndedEarly({
      unfinished: unfinished.map(({ record }) => record.path),
      // While the run goes on, nobody knows.
      neverRun: this.#finished ? Math.max(0, this.#testFiles - this.#collector.files.length) : 0,
      bail: this.#input.globalConfig.bail > 0,
    })
    return [...this.#missing, ...explained, ...endedEarly]
  }
}

function intervalFor({ samplingIntervalMicros }: Options, testFiles: number): number {
  return samplingIntervalMicros === 'auto' ? automaticInterval(testFiles) : samplingIntervalMicros
}
