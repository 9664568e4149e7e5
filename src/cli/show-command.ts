// `jest-profiler show`: a saved run, or a part of it, once more.

import { pathShower } from '../artifacts/shown-paths.js'
import { toTableJson, toTableText } from '../formats/shown-table.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import type { ProfilerOptions } from '../options/options.js'
import { loadReport, type ReportedRun } from '../saved-runs/load-report.js'
import { shownTable } from '../tables/shown-table.js'
import type { TableName } from '../tables/table-names.js'
import { checkBudgets, checkedBudgets, requireBudgets } from './budget-check.js'
import { type Context, writeOut } from './context.js'
import { suggestCommands } from './next-commands.js'
import { withProgress } from './progress.js'
import { findRun } from './run-argument.js'
import { runSummary } from './run-summary.js'

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
