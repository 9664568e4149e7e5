// One run of Jest as the parent sees it: begins before the first test, takes in each file, and ends with a report.

import { basename, join, relative, resolve } from 'node:path'
import type { Test, TestContext, TestResult } from '@jest/reporters'
import type { Config } from '@jest/types'
import { withBudgets } from '../budgets/check-budgets.js'
import { detectCi } from '../ci/detect.js'
import { publishToCi, type Told } from '../ci/publish.js'
import { finishActiveRecording } from '../collect/active-recording.js'
import { epochMs, monotonicMicros } from '../collect/clock.js'
import { attachRunLink, LAUNCHED, type RunLink } from '../collect/run-link.js'
import { closeProfilingSession } from '../collect/session.js'
import { withFindings } from '../findings/find.js'
import { budgetProblem } from '../formats/budget-rows.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import type { Options } from '../options.js'
import { type WrittenArtifacts, writeArtifacts } from '../output/artifacts.js'
import { IncomingRecordings } from '../output/incoming-recordings.js'
import { KeptRun } from '../output/kept-run.js'
import {
  createRunFolder,
  newRunId,
  pointLatest,
  type RunFolder,
  removeOldRuns,
  removeRun,
} from '../output/run-folder.js'
import { buildReport } from '../report/build-report.js'
import type { Missing, Report } from '../report/report.js'
import type { RunRecord } from '../report/run-record.js'
import { toSavedRun, unfinishedRun } from '../report/saved-run.js'
import { checkEngine } from './check-engine.js'
import { type CollectedFile, Collector, toSlashes } from './collector.js'
import { toOutcome } from './jest-results.js'
import { explainMissing, type MissingContext } from './missing.js'
import { jestVersionOf, runFacts } from './run-facts.js'
import { automaticInterval } from './sampling-interval.js'
import { jsonTriggersWatch } from './watch-mode.js'

export interface RunInput {
  readonly globalConfig: Config.GlobalConfig
  readonly options: Options
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
  readonly #startedAtMs = epochMs()
  /** In band, a test may change these later. */
  readonly #cwd = process.cwd()
  readonly #terminal = terminalOf(process)
  readonly #ci = detectCi(process.env)
  readonly #outcomes: { file: CollectedFile; context: MissingContext }[] = []
  readonly #missing: Missing[] = []
  #link: RunLink
  #mergeMicros = 0
  #jestVersion = 'unknown'
  #finished = false

  /** Throws a UserError, before any test, when the engine cannot load or the folder cannot be written. */
  constructor(input: RunInput) {
    const { globalConfig, options } = input
    const { engine, include, waits } = options
    this.#input = input
    const engineModule = checkEngine(engine, globalConfig.rootDir)
    this.#folder = createRunFolder(options.outputDir, newRunId(this.#startedAtMs, Math.random()))
    this.#incoming = new IncomingRecordings(this.#folder)
    this.#kept = new KeptRun(this.#folder)
    const recordings = { incoming: this.#incoming, kept: this.#kept }
    this.#collector = new Collector(recordings, input.profilerDirectory)
    const { rootDir } = globalConfig
    const { id: runId, incoming } = this.#folder
    const samplingIntervalMicros = intervalFor(options, Number.POSITIVE_INFINITY)
    this.#link = { runId, incoming, engine, engineModule, samplingIntervalMicros, waits, include, rootDir }
    attachRunLink(input.reporterOptions, this.#link)
  }

  /** Called when Jest knows how many test files there are. */
  begin(testFiles: number): void {
    const samplingIntervalMicros = intervalFor(this.#input.options, testFiles)
    this.#link = { ...this.#link, samplingIntervalMicros }
    attachRunLink(this.#input.reporterOptions, this.#link)
    // A run that is cut off can be read as well.
    this.#kept.keepRun(unfinishedRun(this.#facts(), this.#startedAtMs))
  }

  takeFile(test: Test, result: TestResult): void {
    const before = monotonicMicros()
    this.#jestVersion = jestVersionOf(test.context.config)
    const file = this.#collector.take(toOutcome(test, result))
    const { testExecError } = result
    const launched = LAUNCHED in this.#input.reporterOptions
    const context = { config: test.context.config, testExecError, link: this.#link, launched }
    this.#outcomes.push({ file, context })
    this.#mergeMicros += monotonicMicros() - before
  }

  /** A file that could not be taken in. */
  noteFailure(file: string, error: unknown): void {
    const reason = `its recording could not be read: ${error instanceof Error ? error.message : error}`
    this.#missing.push({ file, reason, remedy: 'Please report it, with this line.' })
  }

  /**
   * Writes and prints everything; a second call does nothing. Synchronous, so that it also works while the process
   * exits. Returns a line for each artifact that is missing, and one for exceeded budgets, for Jest to fail on.
   */
  finish({ contexts, print }: { contexts: readonly TestContext[]; print: (text: string) => void }): string[] {
    if (this.#finished) return []
    this.#finished = true
    const endedAtMs = epochMs()
    // In band, the last file may have left its recording open.
    finishActiveRecording()
    closeProfilingSession()
    const before = monotonicMicros()
    const unfinished = this.#collector.takeRest()
    this.#mergeMicros += monotonicMicros() - before
    if (this.#collector.files.length === 0) {
      removeRun(this.#folder)
      return []
    }
    const { options, globalConfig } = this.#input
    const { profile, modules, transforms } = this.#collector.build()
    const configs = contexts.map(({ config }) => config)
    const record: RunRecord = {
      run: this.#facts(),
      startedAtMs: this.#startedAtMs,
      endedAtMs,
      files: this.#collector.files.map(({ record }) => record),
      missing: this.#explainMissing(unfinished),
      modules,
      transforms,
      injectedGlobals: configs.flatMap(({ sandboxInjectedGlobals }) => sandboxInjectedGlobals),
      notes: [],
      mergeMicros: this.#mergeMicros,
    }
    this.#kept.keepRun(toSavedRun(record, options.budgets))
    const found = withFindings(buildReport(profile, record), profile, record)
    const report = withBudgets(found, record.files, options.budgets)
    const written = writeArtifacts({
      report,
      profile,
      options,
      folder: this.#folder,
      kept: this.#kept,
      jsonTriggersWatch: jsonTriggersWatch(globalConfig, configs, this.#folder.directory),
    })
    const told = this.#tellCi(report, written)
    const notes = [...written.problems, ...written.notes, ...told.notes]
    const latest = this.#keepHouse(notes)
    const lines = notes.map(line => `${line}\n`).join('')
    print(this.#summary(report, { latest, written }) + lines + told.annotations)
    // The summary has listed what is over a budget.
    const exceeded = budgetProblem(report)
    return exceeded === undefined ? written.problems : [...written.problems, exceeded]
  }

  /** Returns the link to this run. What fails here costs a note, and nothing of the run. */
  #keepHouse(notes: string[]): string | undefined {
    const { outputDir, keepRuns } = this.#input.options
    const attempt = <T>(what: string, action: () => T): T | undefined => {
      try {
        return action()
      } catch (error) {
        notes.push(`jest-profiler: ${what}: ${(error as Error).message}. The run itself is complete.`)
        return undefined
      }
    }
    attempt('incoming recordings could not be removed', () => this.#incoming.close())
    attempt('old runs could not be removed', () => removeOldRuns(outputDir, keepRuns))
    return attempt('"latest" could not be pointed at this run', () => pointLatest(outputDir, this.#folder))
  }

  #facts(): RunRecord['run'] {
    return runFacts(this.#input.globalConfig, this.#link, this.#jestVersion)
  }

  // Known only now: a recording may be ended late, and files may be cut off.
  #explainMissing(unfinished: readonly CollectedFile[]): Missing[] {
    const explained = this.#outcomes.flatMap(({ file, context }) => explainMissing(file, context) ?? [])
    const cutOff = unfinished.map(({ record }) => ({
      file: record.path,
      reason: 'Jest ended before it told the result of this file',
      remedy: 'Look for process.exit in the test; with --bail this is as it should be.',
    }))
    return [...this.#missing, ...explained, ...cutOff]
  }

  #tellCi(report: Report, { paths }: WrittenArtifacts): Told {
    const { options, globalConfig } = this.#input
    // Whoever watches sits at a terminal.
    if (globalConfig.watch || globalConfig.watchAll) return { annotations: '', notes: [] }
    const { outputDir, topN } = options
    return publishToCi(this.#ci, { report, paths, runFolder: this.#folder.directory, outputDir, topN })
  }

  #toShown(path: string): string {
    if (/^[a-z][\w+.-]+:/i.test(path)) return path
    return toSlashes(relative(this.#cwd, resolve(this.#input.globalConfig.rootDir, path)))
  }

  #summary(
    report: Report,
    { latest, written }: { latest: string | undefined; written: WrittenArtifacts },
  ): string {
    const { directory } = this.#folder
    const toOpen = written.paths.html ?? written.paths.markdown
    const shown = toOpen === undefined ? undefined : join(latest ?? directory, basename(toOpen))
    return toTerminal(report, {
      topN: this.#input.options.topN,
      ...this.#terminal,
      reportPath: shown === undefined ? undefined : relative(this.#cwd, shown),
      // Links lead from where Jest was started, which need not be rootDir.
      toShown: path => this.#toShown(path),
    })
  }
}

function intervalFor({ samplingIntervalMicros }: Options, testFiles: number): number {
  return samplingIntervalMicros === 'auto' ? automaticInterval(testFiles) : samplingIntervalMicros
}

/** Columns of a log, where nobody is served by lines that are cut. */
const LOG_COLUMNS = 200
/** What reports fewer is no terminal that a table could be read on: lines may as well wrap there. */
const FEWEST_COLUMNS = 40

function terminalOf({ stderr, env }: NodeJS.Process): { columns: number; colors: boolean } {
  if (stderr.isTTY !== true) return { columns: LOG_COLUMNS, colors: false }
  const columns = stderr.columns >= FEWEST_COLUMNS ? stderr.columns : LOG_COLUMNS
  return { columns, colors: !env.NO_COLOR }
}
