import { describe, expect, test } from '@jest/globals'
import { budgetProblem, causeText, excessText } from '../../src/formats/budget-sentences.js'
import { textStyle } from '../../src/formats/wording.js'
import type { BudgetExcess } from '../../src/report/budget-report.js'
import { cellText } from '../../src/tables/cell-text.js'
import { BUDGETS, budgetSummary } from '../../src/tables/judgement-tables.js'
import { budgetReport, excess } from '../support/budgets.js'
import { reportOf } from '../support/run-record.js'

const toShown = (path: string) => `/shown/${path}`
const reportWith = (...excesses: BudgetExcess[]) => {
  const exceeded = excesses.filter(({ verdict }) => verdict === 'exceeded').length
  return { budgets: [budgetReport({ excesses, exceeded, withinUncertainty: excesses.length - exceeded })] }
}
const rowOf = (given: Parameters<typeof excess>[0]) => {
  const style = textStyle({ longestName: 100, mostItems: 1, toShown })
  return BUDGETS.columns(reportOf([]))
    .map(column => cellText(column.cell(excess(given)), style))
    .join(' | ')
}

describe('The text of an excess', () => {
  test('has the test, its position, the limit, the measured time, the uncertainty and the cause', () => {
    expect(rowOf({})).toBe(
      '442 ms ±3.0 ms | > 200 ms | testWallMs | cart › adds up | /shown/test/cart.test.ts:8:1 | total /shown/src/cart.ts:3:5 (400 ms)',
    )
    expect(excessText(excess({}), toShown)).toBe(
      'testWallMs 442 ms > 200 ms (±3.0 ms): cart › adds up, /shown/test/cart.test.ts:8:1',
    )
    expect(causeText(excess({}), toShown)).toBe('total /shown/src/cart.ts:3:5 (400 ms)')
  })

  test('names the file, module and project that it belongs to', () => {
    expect(rowOf({ test: null, line: 0, limit: 'importMs', cause: null, project: 'web' })).toBe(
      '442 ms ±3.0 ms | > 200 ms | importMs |  | /shown/test/cart.test.ts (web) | ',
    )
    expect(rowOf({ test: null, line: 0, module: 'src/index.ts', cause: null })).toContain('src/index.ts |')
  })

  test('marks an excess within measurement error as a warning', () => {
    expect(rowOf({ verdict: 'within uncertainty' })).toContain('> 200 ms (warning)')
  })
})

describe('budgetProblem and budgetSummary', () => {
  const within = excess({ verdict: 'within uncertainty', figureMs: 9000 })

  test('fail a run whose budget is exceeded, in one line with the worst excess', () => {
    expect(budgetProblem(reportWith(within, excess({}), excess({ figureMs: 500 })))).toBe(
      'jest-profiler: budget exceeded: testWallMs 500 ms > 200 ms (±3.0 ms): cart › adds up, test/cart.test.ts:8:1 ' +
        '(and 1 more limit). Make it faster, or raise the limit.',
    )
  })

  test('report an excess within measurement error without failing the run', () => {
    expect(budgetProblem(reportWith(within))).toBeUndefined()
    expect(budgetSummary(reportWith(within))).toBe('1 over the limit but within measurement error (warning)')
  })

  test('are empty without an excess', () => {
    expect(budgetProblem(reportWith())).toBeUndefined()
    expect(budgetSummary(reportWith())).toBe('')
  })
})
