// The budgets of `jest-profiler show --check`: those of `--budgets`, or else the run's own.

import { detectCi } from '../ci/detect.js'
import { budgetAnnotations } from '../ci/publish.js'
import { UserError } from '../errors/user-error.js'
import { budgetProblem } from '../formats/budget-sentences.js'
import { type ProfilerOptions, parseOptions } from '../options/options.js'
import type { Report } from '../report/report.js'
import { excessCounts } from '../report/views/budget-excesses.js'
import { flagOf } from './option-flags.js'

/** Throws a UserError if the budgets of `--budgets` are invalid; undefined without any. */
export function parseBudgets(budgets: ProfilerOptions['budgets'], cwd: string) {
  return budgets && parseOptions({ budgets }, { base: cwd, spell: flagOf }).budgets
}

export function refuseWithoutBudgets({ budgets }: Report): void {
  if (budgets.length > 0) return
  throw new UserError(
    'jest-profiler: --check found no budgets: the run has none. Pass limits, such as --budgets testWallMs=500.',
  )
}

/** Writes the result to stderr, on GitHub with annotations. Sets the exit code to 1 if a budget is exceeded. */
export function reportBudgets(report: Report, env: NodeJS.ProcessEnv): void {
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
