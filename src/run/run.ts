// A run of Jest in its parent process: begins before the first test, collects each file, and ends with everything to report.

import { relative } from 'node:path'
import type { Test, TestContext, TestResult } from '@jest/reporters'
import type { Config } from '@jest/types'
import { detectCi } from '../ci/detect.js'
import { finishActiveRecording } from '../collect/active-recording.js'
import { closeActivityNote } from '../collect/activity-note.js'
import { epochMsAt, monotonicMicros, readClocks, workMicros } from '../collect/clock.js'
import { attachRunLink, hadRunLink, LAUNCHED, type RunLink, UNWATCHED } from '../collect/run-link.js'
import { closeProfilingSession } from '../collect/session.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { jsonTriggersWatch } from '../jest/file-map.js'
import { jestVersionOf } from '../jest/packages.js'
import { COVERAGE_REPORTER } from '../jest/reporters.js'
import type { Options } from '../options/options.js'
import type { RunRecord } from '../report/record/run-record.js'
import { type Interruption, toSavedRun, type UnsavedRun } from '../report/record/saved-run.js'
import { relativeTo } from '../report/relative-path.js'
import { Activities, activityText } from '../running/activities.js'
import { heapText, notedHeap } from '../running/noted-heap.js'
import { interruptedEntry, type RunningFile, runningFiles, runningText } from '../running/running-files.js'
import { saveInterrupted } from '../saved-runs/interrupted-recordings.js'
import { IncomingRecordings } from '../storage/incoming-recordings.js'
import {
  createRunFolder,
  newRunId,
  type RunFolder,
  removeRun,
  restoreRunFolder,
} from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import { checkEngine } from './check-engine.js'
import { Collector, toOutcome } from './collector.js'
import { CommandClock } from './command-clock.js'
import { type EarlyEnd, type MissingContext, MissingFiles } from './explain-missing.js'
import type { InterruptedRun } from './interruption.js'
import { optimizeLate } from './optimize-late.js'
import type { EndedRun, Surroundings } from './publish-run.js'
import { type ReporterListener, timeReporters } from './reporter-times.js'
import { describeUnknownJest, partOfSuite, runFacts } from './run-facts.js'
import { RunHandles } from './run-handles.js'
import { RunMemory } from './run-memory.js'
import { samplesFinely, samplingIntervalFor } from './sampling-interval.js'
import { type Stalls, watchStalls } from './stalls.js'
import { compareKeys, keyContext } from './transform-keys.js'

const NOTHING_NOTED = { lastActivity: undefined, lastHeap: undefined }

export interface RunInput {
  readonly globalConfig: Config.GlobalConfig
  readonly options: Options
  /** Absolute. */
  readonly displayRoot: string
  /** The object that Jest sends to every worker. */
  readonly reporterOptions: object
  /** Folder of this package, with `/` at its end. */
  readonly profilerDirectory: string
}

interface BegunRun {
  readonly testFiles: number
  readonly inBand: boolean
  readonly own: object
  readonly whenCovered: () => void
}

export class Run {
  readonly #input: RunInput
  readonly #folder: RunFolder
  readonly #store: RunStore
  readonly #collector: Collector
  readonly #startedAt = readClocks()
  /** In band, a test may change these later. */
  readonly #surroundings: Surroundings = {
    cwd: process.cwd(),
    terminal: terminalOf(process.stderr, process.env),
    ci: detectCi(process.env),
  }
  readonly #keyContext = keyContext(process.env)
  /** Measures what the command does beside running test files. */
  readonly command: CommandClock
  readonly #missing = new MissingFiles()
  #stalls: Stalls | undefined
  readonly #activities: Activities
  /** Undefined without the option `memory`. */
  readonly #memory: RunMemory | undefined
  readonly #handles: RunHandles
  #link: RunLink
  readonly #injectedGlobals = new Set<string>()
  #testFiles = 0
  #mergeMicros = 0
  #jestVersion: string | undefined
  #finished = false
  #foundReporters = true
  #folderRemoved = false

  /** Throws a UserError before any test if the engine cannot load or the folder cannot be written. */
  constructor(input: RunInput) {
    const { globalConfig, options, displayRoot, profilerDirectory, reporterOptions } = input
    this.command = new CommandClock({ isFirst: !hadRunLink(reporterOptions) })
    this.#input = input
    const engineModule = checkEngine(options.engine, globalConfig.rootDir)
    const id = newRunId(this.#startedAt.epochMs, Math.random())
    const isPart = partOfSuite(globalConfig).length > 0
    this.#folder = createRunFolder(options.outputDir, id, isPart)
    this.#store = new RunStore(this.#folder)
    this.#activities = new Activities(this.#folder.incoming)
    this.#memory = options.memory ? new RunMemory(this.#folder.incoming) : undefined
    this.#handles = new RunHandles(this.#folder.incoming)
    const incoming = new IncomingRecordings(this.#folder)
    this.#collector = new Collector({ incoming, store: this.#store }, profilerDirectory)
    this.#link = attachRunLink(reporterOptions, {
      runId: id,
      startedAt: this.#startedAt,
      incoming: this.#folder.incoming,
      engine: options.engine,
      engineModule,
      samplingIntervalMicros: samplingIntervalFor(options, Number.POSITIVE_INFINITY),
      waits: options.waits,
      stallSeconds: options.stallSeconds,
      inBand: false,
      memory: options.memory,
      include: options.include,
      displayRoot,
    })
  }

  /** Call when Jest has constructed all reporters; `own` is our class. Returns whether `whenCovered` will be called after coverage. */
  begin({ testFiles, inBand, own, whenCovered }: BegunRun): boolean {
    const { options } = this.#input
    // In a run of a few files, recording waits costs little on any Node.
    const isOfFew = this.#isLaunched && samplesFinely(testFiles) && options.waits === 'auto'
    this.#link = attachRunLink(this.#input.reporterOptions, {
      ...this.#link,
      inBand,
      samplingIntervalMicros: samplingIntervalFor(options, testFiles),
      waits: isOfFew ? true : options.waits,
    })
    this.#testFiles = testFiles
    if (!inBand && !this.#usesWorkerThreads) this.#optimizeLate()
    this.#saveUnfinished()
    const listener: ReporterListener = (reporter, took) => {
      this.command.reporterEnded(reporter, took)
      if (reporter === COVERAGE_REPORTER) whenCovered()
    }
    const { foundJests, timesCoverage } = timeReporters(this.#input.globalConfig, { own, listener })
    this.#foundReporters = foundJests
    return timesCoverage
  }

  /** Call before each test file, when the config of its project is first known. */
  startFile({ context: { config } }: Pick<Test, 'context'>): void {
    this.#restoreFolder()
    for (const name of config.sandboxInjectedGlobals) this.#injectedGlobals.add(name)
    if (this.#jestVersion !== undefined) return
    this.#jestVersion = jestVersionOf(config)
    this.#saveUnfinished()
  }

  takeFile(test: Test, result: TestResult): void {
    this.#restoreFolder()
    const before = workMicros()
    const file = this.#collector.take(toOutcome(test, result))
    this.#activities.ended(test.path)
    this.#memory?.ended(file.record.recording?.header)
    this.#missing.add(file, {
      config: test.context.config,
      loadingError: result.testExecError && String(result.testExecError.message),
      ...(result.testExecError === undefined ? NOTHING_NOTED : this.#lastOf(test.path)),
      link: this.#link,
      launched: this.#isLaunched,
      folderRemoved: this.#folderRemoved,
    })
    this.#mergeMicros += workMicros() - before
  }

  #lastOf(path: string): Pick<MissingContext, 'lastActivity' | 'lastHeap'> {
    const last = this.#activities.lastOf(path)
    if (last === undefined) return NOTHING_NOTED
    const { note, activity } = last
    const heap = notedHeap(this.#folder.incoming, note)
    const toShown = relativeTo(this.#input.displayRoot)
    return { lastActivity: activityText(activity), lastHeap: heap && heapText(heap, { activity, toShown }) }
  }

  /** Call after each file. With the option `memory`, waits after the last one until workers have noted what they keep. */
  async settleWorkers(): Promise<void> {
    if (this.#collector.files.length >= this.#testFiles) await this.#memory?.settleWorkers()
  }

  /** Call before `end`, when Jest has let go of the last test file. */
  async settleOwnProcess(): Promise<void> {
    await this.#memory?.settleOwnProcess()
    await this.#handles.settleOwnProcess()
  }

  /** Lists a file that could not be collected as missing. */
  noteFailure(file: string, error: unknown): void {
    this.#missing.addFailure(file, error)
  }

  /** Call when tests begin. In band a thread watches them, because nothing else runs during an endless loop. */
  watchForStalls(write: (text: string) => void): void {
    const { displayRoot, options } = this.#input
    this.#stalls = watchStalls({
      stallSeconds: options.stallSeconds,
      inBand: this.#link.inBand,
      workerThreads: this.#usesWorkerThreads,
      memory: options.memory,
      incoming: this.#folder.incoming,
      displayRoot,
      activities: this.#activities,
      write,
    })
  }

  /** Saves the run so far, because the process is about to end. Returns what later commands can read, and what was running. */
  interrupt(signal: Interruption['signal']): InterruptedRun {
    const toShown = relativeTo(this.#input.displayRoot)
    const atMs = Date.now()
    const { incoming, directory } = this.#folder
    const running = this.#finished
      ? []
      : runningFiles(this.#activities.now(), { incoming, interruptedMs: atMs, toShown })
    if (!this.#finished) {
      this.#saveUnfinished({ interruption: { signal, atMs }, running })
      // Now, because their sources are here. What fails is told by the command that reads the run.
      saveInterrupted(this.#folder)
    }
    const recorded = this.#collector.files.filter(({ record }) => record.recording !== undefined).length
    return {
      recorded,
      testFiles: this.#testFiles,
      folder: relative(this.#surroundings.cwd, directory),
      running: running.map(file => runningText(file, toShown)),
    }
  }

  /** Ends the run. Returns undefined at a second call, and for a run without test files, whose folder is removed. */
  end(contexts: readonly TestContext[]): EndedRun | undefined {
    if (this.#finished) return undefined
    this.#mergeMicros += this.#stalls?.startMicros ?? 0
    this.#stalls?.stop()
    this.#restoreFolder()
    this.#finished = true
    const endedAtMs = epochMsAt(monotonicMicros(), this.#startedAt)
    // In band, the recording of the last file may still be open.
    finishActiveRecording()
    closeProfilingSession()
    closeActivityNote()
    this.#optimizeLate()
    const before = workMicros()
    const unfinished = this.#collector.takeRest().map(({ record }) => record.path)
    this.#mergeMicros += workMicros() - before
    if (this.#collector.files.length === 0) {
      removeRun(this.#folder)
      return undefined
    }
    const { options } = this.#input
    const { profile, ...totals } = this.#collector.build()
    const known: RunRecord = { ...this.#known(this.#earlyEnd(unfinished)), endedAtMs, ...totals }
    const handles = () => this.#leftOpen(known)
    const memory = this.#memory?.record(this.#collector.originalOf)
    const transformKeys = compareKeys(known, { context: this.#keyContext, outputDir: options.outputDir })
    return {
      record: this.#saveEnded({ ...known, memory, handles: handles(), transformKeys }),
      profile,
      options,
      folder: this.#folder,
      store: this.#store,
      surroundings: this.#surroundings,
      command: this.command,
      handlesAtExit: handles,
      watch: this.#watchState(contexts),
    }
  }

  /** What became of what test files left open. Undefined if there is nothing. */
  #leftOpen({ endedAtMs, run }: Pick<RunRecord, 'endedAtMs' | 'run'>): RunRecord['handles'] {
    const isComplete = this.#collector.files.length >= this.#testFiles
    const records = this.#handles.record({
      endedMs: endedAtMs,
      // Jest ends workers also where they use too much memory, whatever they left open.
      hasEndedWorkers: isComplete && run.workerIdleMemoryLimit === undefined,
    })
    return records.length === 0 ? undefined : records
  }

  #watchState(contexts: readonly TestContext[]): EndedRun['watch'] {
    const { globalConfig, reporterOptions } = this.#input
    const isUnwatched = UNWATCHED in reporterOptions
    const configs = contexts.map(({ config }) => config)
    return {
      isOn: globalConfig.watch || globalConfig.watchAll,
      jsonTriggers: !isUnwatched && jsonTriggersWatch(globalConfig, configs, this.#folder.directory),
    }
  }

  get #usesWorkerThreads(): boolean {
    return (this.#input.globalConfig as { workerThreads?: boolean }).workerThreads === true
  }

  /** A process that our command did not start is not ours to change. */
  #optimizeLate(): void {
    if (this.#isLaunched) optimizeLate(this.#input.globalConfig)
  }

  get #isLaunched(): boolean {
    return LAUNCHED in this.#input.reporterOptions
  }

  /** Makes the run readable even if it is cut off. */
  #saveUnfinished(interrupted?: { interruption: Interruption; running: readonly RunningFile[] }): void {
    const known = this.#known()
    const { interruption, running = [] } = interrupted ?? {}
    const missing = [...known.missing, ...running.map(interruptedEntry)]
    const run = { ...known, missing, endedAtMs: null, ...(interruption && { interruption }) }
    this.#store.saveRun(toSavedRun(run, this.#input.options.budgets))
  }

  /** Returns the record, with an entry in `missing` if it could not be saved. */
  #saveEnded(record: RunRecord): RunRecord {
    try {
      this.#store.saveRun(toSavedRun(record, this.#input.options.budgets))
      return record
    } catch (error) {
      const reason = `the run could not be saved: ${(error as Error).message}`
      const remedy = 'Free disk space: show, export and diff cannot read this run.'
      return { ...record, missing: [...record.missing, { file: '', reason, remedy }] }
    }
  }

  /** Creates the folder again if tests removed it, so that later files are recorded. */
  #restoreFolder(): void {
    if (this.#finished || !restoreRunFolder(this.#folder)) return
    this.#folderRemoved = true
    this.#saveUnfinished()
  }

  #known(end?: EarlyEnd): Omit<UnsavedRun, 'endedAtMs'> {
    return {
      run: runFacts(this.#input.globalConfig, this.#link, this.#jestVersion ?? 'unknown'),
      startedAtMs: this.#startedAt.epochMs,
      files: this.#collector.files.map(({ record }) => record),
      missing: this.#missing.explain(end),
      injectedGlobals: [...this.#injectedGlobals],
      notes: describeUnknownJest({
        version: this.#jestVersion,
        foundReporters: this.#foundReporters,
        // Jest has set its marks when tests run.
        isMarked: this.#jestVersion === undefined || this.command.isMarked,
      }),
      mergeMicros: this.#mergeMicros,
    }
  }

  /** `unfinished`: files whose outcome Jest will not report. */
  #earlyEnd(unfinished: readonly string[]): EarlyEnd {
    const neverRun = Math.max(0, this.#testFiles - this.#collector.files.length)
    return { unfinished, neverRun, bail: this.#input.globalConfig.bail > 0 }
  }
}
