// The option `budgets`: what it may be, and what is said of one that is wrong.

import { z } from 'zod'
import { BUDGET_LIMITS, TEST_LIMITS } from '../budgets/budget.js'

const MISPLACED = 'misplaced'

const limit = () => z.number().positive().optional()

const BUDGET = z
  .strictObject({
    files: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
    tests: z.string().min(1).refine(isRegExp).optional(),
    testWallMs: limit(),
    testCpuMs: limit(),
    fileWallMs: limit(),
    importMs: limit(),
    hookMs: limit(),
    moduleImportMs: limit(),
  })
  .superRefine((budget, context) => {
    const given = BUDGET_LIMITS.filter(name => budget[name] !== undefined)
    // A limit of a wrong name is told already.
    if (given.length === 0 && context.issues.length === 0) context.addIssue({ code: 'custom', path: [] })
    const isForTests = (name: string) => (TEST_LIMITS as readonly string[]).includes(name)
    if (budget.tests === undefined || given.every(isForTests)) return
    context.addIssue({ code: 'custom', path: ['tests'], params: { reason: MISPLACED } })
  })

export const BUDGETS = z.array(BUDGET)

export const BUDGET_KEYS = Object.keys(BUDGET.shape)

const MILLISECONDS = 'a number of milliseconds above 0'

// One sentence of what is allowed for each key; a new key without one does not compile.
const ALLOWED: Readonly<Record<keyof typeof BUDGET.shape, string>> = {
  files: 'a glob or a list of globs',
  tests: 'a regular expression, written as a string',
  testWallMs: MILLISECONDS,
  testCpuMs: MILLISECONDS,
  fileWallMs: MILLISECONDS,
  importMs: MILLISECONDS,
  hookMs: MILLISECONDS,
  moduleImportMs: MILLISECONDS,
}

/** What the budget, or the key of one, has to be; `reason`: of an issue of our own. */
export function allowedInBudget(key: PropertyKey | undefined, reason: unknown): string {
  if (key === undefined) return `an object with at least one limit of ${BUDGET_LIMITS.join(', ')}`
  if (reason === MISPLACED)
    return `left out beside limits for files: it is for ${TEST_LIMITS.join(' and ')} only`
  return ALLOWED[key as keyof typeof ALLOWED]
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp
  } catch {
    return false
  }
}
