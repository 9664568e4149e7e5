// `show --check`: whether a saved run is within its budgets, or within those of `--budgets`.

import { detectCi } from '../ci/detect.js'
import { budgetAnnotations } from '../ci/publish.js'
import { UserError } from '../errors/user-error.js'
import { budgetProblem } from '../formats/budget-sentences.js'
import { type ProfilerOptions, parseOptions } from '../options/options.js'
import type { Report } from '../report/report.js'
import { excessCounts } from '../report/views/budget-excesses.js'
import type { Context } from './context.js'
import { flagOf } from './option-flags.js'

/** Those of `--budgets`; undefined without any. Throws a UserError that names what is wrong. */
export function checkedBudgets(
  { budgets }: { readonly budgets?: NonNullable<ProfilerOptions['budgets']> },
  cwd: string,
) {
  return budgets === undefined ? undefined : parseOptions({ budgets }, { base: cwd, spell: flagOf }).budgets
}

export function requireBudgets({ budgets }: Report): void {
  if (budgets.length === 0)
    throw new UserError(
      'jest-profiler: --check finds no budgets: the run had none. Give it limits, such as --budgets testWallMs=500.',
    )
}

/** Sets the exit code to 1 when a budget is exceeded, and says so; on GitHub with annotations on the lines. */
export function checkBudgets(report: Report, env: Context['env']): void {
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
