// A run that has ended → everything that people and programs get of it: files, what CI systems are told, and the text for
// the terminal. Loading this takes longer than a small test file: see late-modules.ts.

import { basename, join, relative } from 'node:path'
import { type WrittenArtifacts, writeArtifacts } from '../artifacts/artifacts.js'
import { pathShower } from '../artifacts/shown-paths.js'
import { withBudgets } from '../budgets/check-budgets.js'
import type { Ci } from '../ci/detect.js'
import { publishToCi, type Told } from '../ci/publish.js'
import { workMicros } from '../collect/clock.js'
import { withCommand, withFindings } from '../findings/find.js'
import { budgetProblem } from '../formats/budget-rows.js'
import type { Terminal } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import type { Options } from '../options/options.js'
import type { Profile } from '../profile/profile.js'
import { buildReport } from '../report/build/build-report.js'
import { commandReport } from '../report/build/command-report.js'
import type { RunRecord } from '../report/record/run-record.js'
import { toSavedRun } from '../report/record/saved-run.js'
import type { CommandReport, Report } from '../report/report.js'
import { duration } from '../report/views/figures.js'
import type { IncomingRecordings } from '../storage/incoming-recordings.js'
import type { KeptRun } from '../storage/kept-run.js'
import { pointLatest, type RunFolder, removeOldRuns } from '../storage/run-folder.js'
import type { CommandClock } from './command-clock.js'

export interface EndedRun {
  readonly record: RunRecord
  readonly profile: Profile
  readonly options: Options
  readonly folder: RunFolder
  readonly incoming: IncomingRecordings
  readonly kept: KeptRun
  readonly surroundings: Surroundings
  readonly command: CommandClock
  /** Whether Jest watches, and would run again on a `.json` file in the run folder. */
  readonly watch: { readonly isOn: boolean; readonly jsonTriggers: boolean }
}

/** As they were before the first test. */
export interface Surroundings {
  readonly cwd: string
  readonly terminal: Terminal
  readonly ci: Ci
}

export interface Published {
  /** To be printed. */
  readonly text: string
  /** A line for each artifact that is missing, and one for exceeded budgets, for Jest to fail on. */
  readonly problems: string[]
  /** Tells the whole command, once it has ended; what is returned is to be printed. */
  complete(): string
}

/** Synchronous, so that it also works while the process exits. */
export function publishRun(run: EndedRun): Published {
  const { profile, options, folder, kept, watch } = run
  const { found, record } = findingsOf({ ...run, record: { ...run.record, command: run.command.times() } })
  const report = withBudgets(found, record.files, options.budgets)
  const written = writeArtifacts({
    ...{ report, profile, options, folder, kept },
    jsonTriggersWatch: watch.jsonTriggers,
  })
  const told = tellCi(run, report, written)
  const notes = [...written.problems, ...written.notes, ...told.notes]
  const latest = keepHouse(run, notes)
  const lines = notes.map(line => `${line}\n`).join('')
  // The summary lists what is over a budget.
  const exceeded = budgetProblem(report)
  return {
    text: summary(run, report, { latest, written }) + lines + told.annotations,
    problems: exceeded === undefined ? written.problems : [...written.problems, exceeded],
    complete: () => complete(run, { report, record }),
  }
}

/** Of the command: what came after the report, and was less, changes nothing that anybody would notice. */
const LEAST_REST = 0.02

/** What comes after the report is known when the process exits: then it is written once more, and its profiles stay. */
function complete(run: EndedRun, { report, record }: { report: Report; record: RunRecord }): string {
  const { profile, options, folder, kept, watch } = run
  const times = run.command.times({ exits: true })
  const command = commandReport(times, record.files)
  if (command === null || report.command === null) return ''
  if (command.wallMs - report.command.wallMs < LEAST_REST * command.wallMs) return ''
  const completed = withCommand(report, command)
  const artifacts = options.artifacts.filter(name => RETOLD.has(name))
  const { problems } = writeArtifacts({
    ...{ report: completed, profile, options: { ...options, artifacts }, folder, kept },
    jsonTriggersWatch: watch.jsonTriggers,
  })
  kept.keepRun(toSavedRun({ ...record, command: times }, options.budgets))
  return [...problems, ...restOf(command)].map(line => `${line}\n`).join('')
}

/** Artifacts that tell of the command. */
const RETOLD: ReadonlySet<string> = new Set(['html', 'markdown', 'json'])

/** Milliseconds that nobody needs to know of; every process takes some tenths of a second to exit. */
const SHORT = 100
const SHORT_EXIT = 1000

function restOf({ after }: CommandReport): string[] {
  const teardownMs = after.globalTeardownMs ?? 0
  const exitMs = after.exitMs ?? 0
  const named = [
    ...(teardownMs < SHORT ? [] : [`globalTeardown took ${duration(teardownMs)}`]),
    ...(exitMs < SHORT_EXIT ? [] : [`the process lived on for ${duration(exitMs)}`]),
  ]
  return named.length === 0 ? [] : [`jest-profiler: after the report, ${named.join(', and ')}.`]
}

/** The report with its findings, and the record with what making them took: whoever reads the run later is told the same. */
function findingsOf({ record, profile, options, kept }: EndedRun): { found: Report; record: RunRecord } {
  const before = workMicros()
  const found = withFindings(buildReport(profile, record), profile, record)
  const tookMicros = workMicros() - before
  const costly = { ...record, mergeMicros: record.mergeMicros + tookMicros }
  const { totals } = found
  const overheadMs = Math.round(1000 * totals.overheadMs + tookMicros) / 1000
  try {
    kept.keepRun(toSavedRun(costly, options.budgets))
  } catch {
    // It was kept when it ended, without this one figure; or could not be, and the record says so.
  }
  return { found: { ...found, totals: { ...totals, overheadMs } }, record: costly }
}

/** Returns the link to this run. What fails here costs a note, and nothing of the run. */
function keepHouse({ options, folder, incoming }: EndedRun, notes: string[]): string | undefined {
  const { outputDir, keepRuns } = options
  const attempt = <T>(what: string, action: () => T): T | undefined => {
    try {
      return action()
    } catch (error) {
      notes.push(`jest-profiler: ${what}: ${(error as Error).message}. The run itself is complete.`)
      return undefined
    }
  }
  attempt('incoming recordings could not be removed', () => incoming.close())
  attempt('old runs could not be removed', () => removeOldRuns(outputDir, keepRuns, folder))
  return attempt('"latest" could not be pointed at this run', () => pointLatest(outputDir, folder))
}

function tellCi(
  { options, folder, surroundings, watch }: EndedRun,
  report: Report,
  { paths }: WrittenArtifacts,
): Told {
  // Whoever watches sits at a terminal; and `artifacts: []` asks for the terminal alone, as runs to be compared do.
  if (watch.isOn || options.artifacts.length === 0) return { annotations: '', notes: [] }
  const { outputDir, topN } = options
  return publishToCi(surroundings.ci, { report, paths, runFolder: folder.directory, outputDir, topN })
}

function summary(
  { options, folder, surroundings: { cwd, terminal } }: EndedRun,
  report: Report,
  { latest, written }: { latest: string | undefined; written: WrittenArtifacts },
): string {
  const toOpen = written.paths.html ?? written.paths.markdown
  const shown = toOpen === undefined ? undefined : join(latest ?? folder.directory, basename(toOpen))
  return toTerminal(report, {
    ...{ topN: options.topN, ...terminal },
    reportPath: shown === undefined ? undefined : relative(cwd, shown),
    // Links lead from where Jest was started, which need not be rootDir.
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}
