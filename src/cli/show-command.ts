// `jest-profiler show`: shows a saved run or a part of it, and checks its budgets.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fromHere, pathShower } from '../artifacts/shown-paths.js'
import { detectCi } from '../ci/detect.js'
import { budgetAnnotations } from '../ci/publish.js'
import { UserError } from '../errors/user-error.js'
import { budgetProblem } from '../formats/budget-sentences.js'
import { toJson } from '../formats/json.js'
import { toTableJson, toTableText } from '../formats/shown-table.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import { type ProfilerOptions, parseOptions } from '../options/options.js'
import type { Report } from '../report/report.js'
import { excessCounts } from '../report/views/budget-excesses.js'
import { loadReport, type ReportedRun } from '../saved-runs/load-run.js'
import { shownTable } from '../tables/shown-table.js'
import type { TableName } from '../tables/table.js'
import { type Context, writeOut } from './context.js'
import { suggestCommands } from './next-commands.js'
import { flagOf } from './option-flags.js'
import { withProgress } from './progress.js'
import { findRun } from './run-argument.js'

export interface ShowFlags {
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
  const budgets = checkedBudgets(flags, cwd)
  const loaded = await withProgress(env, show =>
    loadReport(directory, { selection: flags, progress: show('reading recordings'), budgets }),
  )
  if (flags.check === true) requireBudgets(loaded.report)
  writeOut(
    flags.by === undefined
      ? runSummary(loaded, flags, context)
      : runTable(loaded, { ...flags, by: flags.by, run }, context),
  )
  if (flags.check === true) checkBudgets(loaded.report, env)
}

type TableFlags = ShowFlags & { readonly by: TableName; readonly run: string | undefined }

function runTable(loaded: ReportedRun, { run, ...flags }: TableFlags, { cwd, env }: Context): string {
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

function runSummary({ report, directory }: ReportedRun, { json, top }: ShowFlags, { cwd, env }: Context) {
  if (json === true) return toJson(report)
  return toTerminal(report, {
    ...terminalOf(process.stdout, env),
    topN: top,
    reportPath: reportPath(report, directory, cwd),
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}

/** Returns the path that the run printed; undefined for a selection, which has no files. */
function reportPath({ run }: Report, directory: string, cwd: string): string | undefined {
  if (run.selection !== undefined) return undefined
  const written = ['report.html', 'report.md']
    .map(name => join(directory, name))
    .find(path => existsSync(path))
  return written === undefined ? undefined : fromHere(written, cwd)
}

/** Returns the budgets of `--budgets`, if any. Throws a UserError if they are invalid. */
function checkedBudgets({ budgets }: ShowFlags, cwd: string) {
  return budgets === undefined ? undefined : parseOptions({ budgets }, { base: cwd, spell: flagOf }).budgets
}

function requireBudgets({ budgets }: Report): void {
  if (budgets.length === 0)
    throw new UserError(
      'jest-profiler: --check found no budgets: the run has none. Pass limits, such as --budgets testWallMs=500.',
    )
}

/** Reports exceeded budgets and sets the exit code to 1 if there are any; on GitHub with annotations. */
function checkBudgets(report: Report, env: Context['env']): void {
  const ci = detectCi(env)
  if (ci.name === 'github') process.stderr.write(budgetAnnotations(ci, report))
  const problem = budgetProblem(report)
  if (problem !== undefined) process.exitCode = 1
  const { withinUncertainty } = excessCounts(report)
  const uncertain =
    withinUncertainty === 0 ? '' : ` ${withinUncertainty} over the limit but within measurement error.`
  const outcome = problem ?? `jest-profiler: all budgets met (${report.budgets.length} checked).`
  process.stderr.write(`${outcome}${uncertain}\n`)
}
