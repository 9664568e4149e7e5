// An ended run → files, CI output and text for the terminal. This module loads slowly: see late-modules.ts.

import { basename, join, relative } from 'node:path'
import { type WrittenArtifacts, writeArtifacts } from '../artifacts/artifacts.js'
import { pathShower } from '../artifacts/shown-paths.js'
import { withBudgets } from '../budgets/check-budgets.js'
import type { Ci } from '../ci/detect.js'
import { type CiOutput, publishToCi } from '../ci/publish.js'
import { workMicros } from '../collect/clock.js'
import { withCommand, withFindings } from '../findings/find.js'
import { budgetProblem } from '../formats/budget-sentences.js'
import { readableReports, type Terminal } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import type { Options } from '../options/options.js'
import type { Profile } from '../profile/profile.js'
import { buildOpenHandles } from '../report/build/build-handles.js'
import { buildReport } from '../report/build/build-report.js'
import { TestNames } from '../report/build/listed-tests.js'
import { profilingCostMs } from '../report/build/profiling-cost.js'
import { buildCommandReport } from '../report/build/schedule.js'
import type { RunRecord } from '../report/record/run-record.js'
import { toSavedRun } from '../report/record/saved-run.js'
import { relativeTo } from '../report/relative-path.js'
import type { CommandReport, Report } from '../report/report.js'
import { duration } from '../report/views/figures.js'
import { handleText } from '../report/views/open-handles.js'
import { pointLatest, type RunFolder, removeIncoming, removeOldRuns } from '../storage/run-folder.js'
import type { RunStore } from '../storage/run-store.js'
import type { CommandClock } from './command-clock.js'

export interface EndedRun {
  readonly record: RunRecord
  readonly profile: Profile
  readonly options: Options
  readonly folder: RunFolder
  readonly store: RunStore
  readonly surroundings: Surroundings
  readonly command: CommandClock
  /** What test files left open; call when the process exits. */
  readonly handlesAtExit: () => RunRecord['handles']
  /** `jsonTriggers`: whether Jest would run again because of a `.json` file in the run folder. */
  readonly watch: { readonly isOn: boolean; readonly jsonTriggers: boolean }
}

/** The process before the first test, which may change it. */
export interface Surroundings {
  readonly cwd: string
  readonly terminal: Terminal
  readonly ci: Ci
}

/** Synchronous, to work while the process exits, too. */
export function publishRun(run: EndedRun) {
  const { report, record } = reportRun(run)
  const written = writeReport(run, report)
  const ci = publishRunToCi(run, report, written)
  const notes = [...written.problems, ...written.notes, ...ci.notes]
  const latest = tidyOutputFolder(run, notes)
  const lines = notes.map(line => `${line}\n`).join('')
  // The summary already lists exceeded budgets.
  const exceeded = budgetProblem(report)
  return {
    /** For the terminal. */
    text: summarizeRun(run, report, { latest, written }) + lines + ci.annotations,
    /** A line for each artifact that could not be written, and one for exceeded budgets: with any, Jest fails. */
    problems: exceeded === undefined ? written.problems : [...written.problems, exceeded],
    /** Adds what the command did after the report; call when the process exits. Returns text for the terminal. */
    addEndOfCommand: () => publishEndOfCommand(run, { report, record }),
    /** Returns what keeps the process alive, once it has for a second; undefined before. Then the text is empty if that is unknown. */
    describeLivingOn: () =>
      (run.command.sinceDoneMs ?? 0) < SHORT_EXIT ? undefined : livingOnText(run, { report, record }),
  }
}

/** Builds the report, and saves the record with the time that took, so that later commands show the same. */
function reportRun({ command, profile, options, store, ...run }: EndedRun) {
  const given = { ...run.record, command: command.times() }
  const before = workMicros()
  const found = withFindings(buildReport(profile, given), profile, given)
  const tookMicros = workMicros() - before
  const record = { ...given, mergeMicros: given.mergeMicros + tookMicros }
  try {
    store.saveRun(toSavedRun(record, options.budgets))
  } catch {
    // The run was saved when it ended, without this value; or it could not be saved, which the record says.
  }
  const report = { ...found, totals: { ...found.totals, overheadMs: profilingCostMs(record) } }
  return { report: withBudgets(report, record.files, options.budgets), record }
}

function writeReport(
  { profile, options, folder, store, watch }: EndedRun,
  report: Report,
  changed: Partial<Options> = {},
): WrittenArtifacts {
  return writeArtifacts({
    report,
    profile,
    options: { ...options, ...changed },
    folder,
    store,
    jsonTriggersWatch: watch.jsonTriggers,
  })
}

function publishRunToCi(
  { options, folder, surroundings, watch }: EndedRun,
  report: Report,
  { paths }: WrittenArtifacts,
): CiOutput {
  // Watch mode runs on a terminal, and `artifacts: []` means the terminal alone.
  if (watch.isOn || options.artifacts.length === 0) return { annotations: '', notes: [] }
  const { outputDir, topN } = options
  return publishToCi(surroundings.ci, { report, paths, runFolder: folder.directory, outputDir, topN })
}

/** Returns the link to this run; undefined if there is none. Failures become notes. */
function tidyOutputFolder({ options, folder }: EndedRun, notes: string[]): string | undefined {
  const { outputDir, keepRuns } = options
  const attempt = <T>(what: string, action: () => T): T | undefined => {
    try {
      return action()
    } catch (error) {
      notes.push(`jest-profiler: ${what}: ${(error as Error).message}. The run itself is complete.`)
      return undefined
    }
  }
  attempt('incoming recordings could not be removed', () => removeIncoming(folder))
  attempt('old runs could not be removed', () => removeOldRuns(outputDir, keepRuns, folder))
  return attempt('"latest" could not be updated', () => pointLatest(outputDir, folder))
}

function summarizeRun(
  { options, folder, surroundings: { cwd, terminal } }: EndedRun,
  report: Report,
  { latest, written }: { latest: string | undefined; written: WrittenArtifacts },
): string {
  const [toOpen] = readableReports(terminal).flatMap(name => written.paths[name] ?? [])
  const shown = toOpen === undefined ? undefined : join(latest ?? folder.directory, basename(toOpen))
  return toTerminal(report, {
    ...terminal,
    cwd,
    topN: options.topN,
    reportPath: shown === undefined ? undefined : relative(cwd, shown),
    // Relative to the folder in which Jest was started, which may differ from rootDir.
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}

/** The least share of the command's time after the report that is worth writing the report again. */
const LEAST_REST = 0.02

/** Artifacts that show the times of the command. */
const WITH_COMMAND: ReadonlySet<string> = new Set(['html', 'markdown', 'json'])

/** Writes the report again with the times of the whole command. Profiles stay as they are. */
function publishEndOfCommand(run: EndedRun, { report, record }: ReturnType<typeof reportRun>): string {
  const { options, store } = run
  const times = run.command.times({ exits: true })
  const known = { ...record, command: times, handles: run.handlesAtExit() }
  const command = buildCommandReport(times, record.files)
  if (command === null || report.command === null) return ''
  if (command.wallMs - report.command.wallMs < LEAST_REST * command.wallMs) return ''
  const artifacts = options.artifacts.filter(name => WITH_COMMAND.has(name))
  const openHandles = openHandlesOf(known)
  const { problems } = writeReport(run, withCommand(report, { command, openHandles }), {
    artifacts,
    perFile: 'none',
    perTest: 'none',
  })
  store.saveRun(toSavedRun(known, options.budgets))
  return [...problems, ...describeEnd(command)].map(line => `${line}\n`).join('')
}

/** Milliseconds that are not worth reporting; every process takes some tenths of a second to exit. */
const SHORT_TEARDOWN = 100
const SHORT_EXIT = 1000

function describeEnd({ after }: CommandReport): string[] {
  const teardownMs = after.globalTeardownMs ?? 0
  const exitMs = after.exitMs ?? 0
  const parts = [
    ...(teardownMs < SHORT_TEARDOWN ? [] : [`globalTeardown took ${duration(teardownMs)}`]),
    ...(exitMs < SHORT_EXIT ? [] : [`exiting the process took ${duration(exitMs)}`]),
  ]
  return parts.length === 0 ? [] : [`jest-profiler: ${parts.join(', ')} (not included above).`]
}

const MOST_HANDLES = 5

function livingOnText(
  { handlesAtExit, surroundings: { cwd } }: EndedRun,
  { report, record }: ReturnType<typeof reportRun>,
): string {
  const toShown = pathShower(report.run.displayRoot, cwd)
  return openHandlesOf({ ...record, handles: handlesAtExit() })
    .filter(({ end }) => end === 'open')
    .slice(0, MOST_HANDLES)
    .map(handle => `jest-profiler: the process is kept alive by: ${handleText(handle, toShown)}\n`)
    .join('')
}

function openHandlesOf(record: Pick<RunRecord, 'files' | 'handles' | 'run'>): Report['openHandles'] {
  const naming = { names: new TestNames(), toRelative: relativeTo(record.run.displayRoot) }
  return buildOpenHandles(record, naming)
}
