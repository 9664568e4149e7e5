// `jest-profiler show`: shows a saved run or a part of it.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ARTIFACT_FILES } from '../artifacts/artifact-files.js'
import { fromHere, pathShower } from '../artifacts/shown-paths.js'
import { toJson } from '../formats/json.js'
import { toTableJson, toTableText } from '../formats/shown-table.js'
import { readableReports, type Terminal, terminalOf } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import type { ProfilerOptions } from '../options/options.js'
import type { Report } from '../report/report.js'
import { loadReport } from '../saved-runs/load-run.js'
import { findWrittenReport } from '../saved-runs/written-report.js'
import { RANKED_FROM_PROFILE, type RunToShow, shownTable } from '../tables/shown-table.js'
import { PROFILE_TABLES, type TableName } from '../tables/table.js'
import { parseBudgets, refuseWithoutBudgets, reportBudgets } from './budget-check.js'
import { type Context, writeOut } from './context.js'
import { suggestCommands } from './next-commands.js'
import { refuseWithoutProfile } from './profile-check.js'
import { withProgress } from './progress.js'
import { findRun } from './run-argument.js'

interface ShowFlags {
  readonly file?: string
  readonly test?: string
  readonly by?: TableName
  readonly top: number
  readonly json?: boolean
  readonly check?: boolean
  readonly budgets?: NonNullable<ProfilerOptions['budgets']>
}

export async function showRun(run: string | undefined, flags: ShowFlags, context: Context): Promise<void> {
  const { cwd, env } = context
  const directory = findRun(run, cwd)
  const budgets = parseBudgets(flags.budgets, cwd)
  const written = isAsWritten(flags) ? findWrittenReport(directory) : undefined
  const loaded: RunToShow =
    written !== undefined
      ? { report: written }
      : await withProgress(env, show =>
          loadReport(directory, { selection: flags, progress: show('reading recordings'), budgets }),
        )
  const { report } = loaded
  if (flags.by !== undefined && PROFILE_TABLES.has(flags.by))
    refuseWithoutProfile(report, `show --by ${flags.by}`)
  if (flags.check === true) refuseWithoutBudgets(report)
  writeOut(
    flags.by === undefined
      ? runSummary(report, { ...flags, directory }, context)
      : runTable(loaded, { ...flags, by: flags.by, run }, context),
  )
  if (flags.check === true) reportBudgets(report, env)
}

/** Whether all that is asked for is in the report that the run wrote. */
function isAsWritten({ file, test, by, budgets }: ShowFlags): boolean {
  const isWhole = file === undefined && test === undefined && budgets === undefined
  return isWhole && (by === undefined || !RANKED_FROM_PROFILE.has(by))
}

type TableFlags = ShowFlags & { readonly by: TableName; readonly run: string | undefined }

function runTable(loaded: RunToShow, { run, ...flags }: TableFlags, { cwd, env }: Context): string {
  const { by, top, json } = flags
  const { report } = loaded
  const table = shownTable(by, loaded)
  if (json === true) return toTableJson(table, report, top)
  const next = suggestCommands(table, {
    run,
    flags,
    report,
    isFilled: other => shownTable(other, loaded).rows.length > 0,
    toShown: pathShower(report.run.displayRoot, cwd),
  })
  return toTableText(table, report, { ...terminalOf(process.stdout, env), top, next })
}

function runSummary(
  report: Report,
  { directory, json, top }: ShowFlags & { readonly directory: string },
  { cwd, env }: Context,
): string {
  if (json === true) return toJson(report)
  const terminal = terminalOf(process.stdout, env)
  return toTerminal(report, {
    ...terminal,
    topN: top,
    cwd,
    reportPath: reportPath(report, directory, { cwd, terminal }),
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}

/** Returns the path that the run printed; undefined for a selection, which has no files. */
function reportPath(
  { run }: Report,
  directory: string,
  { cwd, terminal }: { cwd: string; terminal: Terminal },
): string | undefined {
  if (run.selection !== undefined) return undefined
  const written = readableReports(terminal)
    .map(name => join(directory, ARTIFACT_FILES[name].name))
    .find(path => existsSync(path))
  return written === undefined ? undefined : fromHere(written, cwd)
}
