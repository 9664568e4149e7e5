// The option `budgets`: limits for the times and the memory of tests and test files.

import {
  BUDGET_LIMITS,
  type BudgetLimit,
  type BudgetLimits,
  type BudgetUnit,
  TEST_LIMITS,
  unitOf,
} from '../report/budget-report.js'
import { issue, within } from '../schema/issues.js'
import { arrayOf, objectOf } from '../schema/objects.js'
import type { Schema } from '../schema/schema.js'
import {
  anyOf,
  described,
  named,
  number,
  optional,
  refine,
  regExpSource,
  stringThat,
  whole,
} from '../schema/values.js'

/** A budget in the options: at least one limit. A figure above a limit by more than its uncertainty fails the run. */
export interface Budget extends BudgetLimits {
  /** Globs of the test files that the budget applies to, relative to the display root, as in `include`. Default: all. */
  files?: string | string[]
  /**
   * The tests that the budget applies to: a case-insensitive regular expression for the full name, as with Jest's `-t`.
   * Only together with `testWallMs`, `testCpuMs` and `testAllocatedMb`, because files and modules have no test name. Default: all.
   */
  tests?: string
}

export const GLOBS: Schema<string | string[]> = named(
  'a glob or an array of globs',
  anyOf(glob(), nonEmpty(arrayOf(glob()))),
)

function glob(): Schema<string> {
  return stringThat('a glob', text => text !== '')
}

function nonEmpty<T>(array: Schema<T[]>): Schema<T[]> {
  return refine(array, items => (items.length > 0 ? undefined : issue(items, array.expected)))
}

const LIMIT_OF: Readonly<Record<BudgetUnit, Schema<number | undefined>>> = {
  ms: optional(above0('milliseconds')),
  bytes: optional(above0('megabytes')),
  count: optional(whole({ from: 0, to: 1_000_000 })),
}

function above0(what: string): Schema<number> {
  return named(`a number of ${what} above 0`, number({ from: Number.MIN_VALUE, to: Number.MAX_VALUE }))
}

const LIMITS = Object.fromEntries(BUDGET_LIMITS.map(name => [name, LIMIT_OF[unitOf(name)]])) as Record<
  BudgetLimit,
  Schema<number | undefined>
>

const AT_LEAST_ONE = `an object with at least one limit of ${BUDGET_LIMITS.join(', ')}`

const BUDGET: Schema<Budget> = refine(
  described(
    AT_LEAST_ONE,
    objectOf<Budget>({
      files: optional(GLOBS),
      tests: optional(named('a regular expression, written as a string', nonEmptyRegExp())),
      ...LIMITS,
    }),
  ),
  budget => {
    const given = BUDGET_LIMITS.filter(name => budget[name] !== undefined)
    if (given.length === 0) return issue(budget, AT_LEAST_ONE)
    if (budget.tests === undefined || given.every(name => TEST_LIMITS.includes(name))) return undefined
    const misplaced = `left out beside limits for files: it is for ${TEST_LIMITS.slice(0, -1).join(', ')} and ${TEST_LIMITS.at(-1)} only`
    return within('tests', issue(budget.tests, misplaced))
  },
)

function nonEmptyRegExp(): Schema<string> {
  return refine(regExpSource, source => (source === '' ? issue(source, regExpSource.expected) : undefined))
}

export const BUDGETS: Schema<Budget[]> = described(
  'an array of budgets, such as [{ testWallMs: 2000 }]',
  arrayOf(BUDGET),
)
