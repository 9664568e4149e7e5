// The schema of the option `budgets`.

import { BUDGET_LIMITS, type Budget, TEST_LIMITS } from '../budgets/budget.js'
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
} from '../schema/values.js'

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

const LIMIT = optional(
  named('a number of milliseconds above 0', number({ from: Number.MIN_VALUE, to: Number.MAX_VALUE })),
)

const AT_LEAST_ONE = `an object with at least one limit of ${BUDGET_LIMITS.join(', ')}`

const BUDGET: Schema<Budget> = refine(
  described(
    AT_LEAST_ONE,
    objectOf<Budget>({
      files: optional(GLOBS),
      tests: optional(named('a regular expression, written as a string', nonEmptyRegExp())),
      testWallMs: LIMIT,
      testCpuMs: LIMIT,
      fileWallMs: LIMIT,
      importMs: LIMIT,
      hookMs: LIMIT,
      moduleImportMs: LIMIT,
    }),
  ),
  budget => {
    const given = BUDGET_LIMITS.filter(name => budget[name] !== undefined)
    if (given.length === 0) return issue(budget, AT_LEAST_ONE)
    const isForTests = (name: string) => TEST_LIMITS.some(limit => limit === name)
    if (budget.tests === undefined || given.every(isForTests)) return undefined
    const misplaced = `left out beside limits for files: it is for ${TEST_LIMITS.join(' and ')} only`
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
