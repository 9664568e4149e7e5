// `jest-profiler show`: a saved run, or a part of it, once more.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fromHere, pathShower } from '../artifacts/shown-paths.js'
import { detectCi } from '../ci/detect.js'
import { budgetAnnotations } from '../ci/publish.js'
import { UserError } from '../errors/user-error.js'
import { budgetProblem } from '../formats/budget-rows.js'
import { toJson } from '../formats/json.js'
import { toTableJson } from '../formats/tables/table-json.js'
import { toTableText } from '../formats/tables/table-text.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import { type ProfilerOptions, parseOptions } from '../options/options.js'
import type { Report } from '../report/report.js'
import { excessCounts } from '../report/views/budget-excesses.js'
import { count } from '../report/views/figures.js'
import { loadReport, type ReportedRun } from '../saved-runs/load-report.js'
import { buildTable } from '../tables/build-table.js'
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

export async function showRun(
  run: string | undefined,
  flags: ShowFlags,
  { cwd, env }: Context,
): Promise<void> {
  const directory = findRun(run, cwd)
  const budgets =
    flags.budgets === undefined
      ? undefined
      : parseOptions({ budgets: flags.budgets }, { base: cwd, spell: flagOf }).budgets
  const loaded = await withProgress(env, show =>
    loadReport(directory, { selection: flags, progress: show('reading recordings'), budgets }),
  )
  // Whoever gives limits wants to know.
  const isChecked = flags.check === true || flags.budgets !== undefined
  if (isChecked && loaded.report.budgets.length === 0)
    throw new UserError(
      'jest-profiler: --check finds no budgets: the run had none. Give it limits, such as --budgets testWallMs=500.',
    )
  const terminal = terminalOf(process.stdout, env)
  if (flags.by === undefined) writeOut(summary(loaded, flags, { ...terminal, cwd }))
  else {
    const table = buildTable(flags.by, loaded)
    const { report } = loaded
    const next = () =>
      suggestCommands(table, {
        ...{ run, flags, report },
        isFilled: by => buildTable(by, loaded).rows.length > 0,
        toShown: pathShower(report.run.displayRoot, cwd),
      })
    writeOut(
      flags.json === true
        ? toTableJson(table, report, flags.top)
        : toTableText(table, report, { ...terminal, top: flags.top, next: next() }),
    )
  }
  if (isChecked) check(loaded, { cwd, env })
}

/** Ends with 1 when a budget is exceeded, and says so; on GitHub with annotations on the lines. */
function check({ report }: ReportedRun, { env }: Context): void {
  const ci = detectCi(env)
  if (ci.name === 'github') process.stderr.write(budgetAnnotations(ci, report))
  const problem = budgetProblem(report)
  const { withinUncertainty } = excessCounts(report)
  if (problem !== undefined) process.exitCode = 1
  const uncertain =
    withinUncertainty === 0
      ? ''
      : ` ${count(withinUncertainty, 'figure')} over a limit by no more than the uncertainty.`
  process.stderr.write(
    `${problem ?? `jest-profiler: none of ${count(report.budgets.length, 'budget')} is exceeded.`}${uncertain}\n`,
  )
}

interface Surroundings {
  readonly columns: number
  readonly colors: boolean
  readonly cwd: string
}

function summary(
  { report, directory }: ReportedRun,
  { json, top }: ShowFlags,
  { cwd, ...terminal }: Surroundings,
): string {
  if (json === true) return toJson(report)
  return toTerminal(report, {
    ...terminal,
    topN: top,
    reportPath: reportPath(report, directory, cwd),
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}

/** As the run itself told; of a selection nothing is written. */
function reportPath({ run }: Report, directory: string, cwd: string): string | undefined {
  if (run.selection !== undefined) return undefined
  const written = ['report.html', 'report.md']
    .map(name => join(directory, name))
    .find(path => existsSync(path))
  return written === undefined ? undefined : fromHere(written, cwd)
}
