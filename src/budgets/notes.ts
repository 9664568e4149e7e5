// Sentences on figures that could not be compared with the limits of a budget: they must not pass silently.

import { MOST_MODULES } from '../attribution/costliest-modules.js'
import type { BudgetLimit } from '../report/budget-report.js'
import type { BudgetRule } from '../report/record/saved-run.js'
import type { Report } from '../report/report.js'
import { toMs } from '../report/rounding.js'
import { count } from '../report/views/figures.js'
import { nameText } from '../report/views/names.js'
import type { BudgetedFile, BudgetFigure } from './budget-figure.js'

export const ENDLESS = 'Matching its patterns took too long, so nothing was checked. Simplify them.'

/** A sentence if the budget applies to no file or test of this run: a pattern may be wrong. */
export function unmatched(
  { files, tests }: Pick<BudgetRule, 'files' | 'tests'>,
  matching: readonly BudgetedFile[],
): string[] {
  if (files !== null && matching.length === 0)
    return ['No test file of this run matches its "files", so nothing was checked.']
  if (tests !== null && matching.every(budgeted => budgeted.tests.length === 0))
    return ['No test of this run matches its "tests", so nothing was checked.']
  return []
}

const WHY: Readonly<Record<BudgetLimit, string>> = {
  testWallMs: 'it was not measured',
  testCpuMs: 'concurrent tests share a thread, and some tests may not have been recorded',
  fileWallMs: 'it was not measured',
  importMs: 'without a recording, the phases of a file are unknown',
  hookMs: 'without a recording, the phases of a file are unknown',
  moduleImportMs: 'without a recording, and with some custom runtimes, imports are unknown',
  testAllocatedMb: 'concurrent tests share what they allocate, and some tests may not have been recorded',
  heapGrowthMb:
    'the heap is not measured after each test file, because that takes long, and the first one of a worker has Jest load itself',
  keptSandboxes:
    'that is unknown of the first and the last test files of a worker, and of one that ended early',
}

/** Limits that need the option `memory`. */
const OF_MEMORY: ReadonlySet<BudgetLimit> = new Set(['testAllocatedMb', 'heapGrowthMb', 'keptSandboxes'])

export function unknownFigures(
  limit: BudgetLimit,
  unknown: readonly BudgetFigure[],
  { memory }: Pick<Report, 'memory'>,
): string[] {
  const [first] = unknown
  if (first === undefined) return []
  if (OF_MEMORY.has(limit) && memory === undefined)
    return [`${limit} was not checked: the run did not record memory. Set the option "memory".`]
  if (limit === 'testAllocatedMb' && memory?.allocated === null)
    return [`${limit} was not checked: the run did not record allocations.`]
  const { test, file } = first
  const what = count(unknown.length, test === null ? 'test file' : 'test')
  const example = test === null ? file.path : `“${nameText(test.name)}” in ${file.path}`
  return [`${limit} was not checked for ${what}, such as ${example}: ${WHY[limit]}.`]
}

export function lackingModules(
  { limit, amount: limitMs }: { limit: BudgetLimit; amount: number },
  files: readonly BudgetedFile[],
): string[] {
  if (limit !== 'moduleImportMs') return []
  const lacking = files.filter(({ recording }) => {
    const modules = recording?.modules ?? []
    return modules.length === MOST_MODULES && toMs(modules.at(-1)?.total ?? 0) > limitMs
  })
  if (lacking.length === 0) return []
  return [
    `In ${count(lacking.length, 'test file')} more than ${MOST_MODULES} modules may be over the limit: only the ${MOST_MODULES} most expensive modules of each file were checked.`,
  ]
}

/** A sentence for each table that was cut because the suite is very large. */
export function cutNotes({ truncated }: Pick<Report, 'truncated'>): string[] {
  return truncated
    .filter(({ table }) => table === 'files' || table === 'tests')
    .map(({ table, kept, total }) => `Only the ${kept} slowest of ${total} ${table} were checked.`)
}
