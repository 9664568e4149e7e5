import { describe, expect, test } from '@jest/globals'
import { budgetProblem, budgetRows, budgetSummary } from '../../src/formats/budget-rows.js'
import type { BudgetExcess } from '../../src/report/budget-report.js'
import { budgetReport, excess } from '../support/budgets.js'

const reportWith = (...excesses: BudgetExcess[]) => {
  const exceeded = excesses.filter(({ verdict }) => verdict === 'exceeded').length
  return { budgets: [budgetReport({ excesses, exceeded, withinUncertainty: excesses.length - exceeded })] }
}
const rowOf = (given: Partial<BudgetExcess>) => {
  const [row] = budgetRows(reportWith(excess(given)), path => `/shown/${path}`)
  return Object.values(row ?? {}).join(' | ')
}

describe('an excess in words', () => {
  test('has the test and its line, limit, figure, uncertainty and cause', () => {
    expect(rowOf({})).toBe(
      '442 ms ±3.0 ms | over 200 ms | testWallMs | cart › adds up | /shown/test/cart.test.ts:8:1 | total /shown/src/cart.ts:3:5 (400 ms)',
    )
  })

  test('of a file, of a module and of a project is told as such', () => {
    expect(rowOf({ test: null, line: 0, limit: 'importMs', cause: null, project: 'web' })).toBe(
      '442 ms ±3.0 ms | over 200 ms | importMs |  | /shown/test/cart.test.ts (web) | ',
    )
    expect(rowOf({ test: null, line: 0, module: 'src/index.ts', cause: null })).toContain('| src/index.ts |')
  })

  test('within the uncertainty is but a warning', () => {
    expect(rowOf({ verdict: 'within uncertainty' })).toContain('over 200 ms (warning)')
  })
})

describe('a run', () => {
  const within = excess({ verdict: 'within uncertainty', figureMs: 9000 })

  test('fails for what is exceeded, with one line that names the worst', () => {
    expect(budgetProblem(reportWith(within, excess({}), excess({ figureMs: 500 })))).toBe(
      'jest-profiler: the budgets are exceeded: 2 figures are over the limit, got 500 ms ±3.0 ms over 200 ms, ' +
        'testWallMs of cart › adds up in test/cart.test.ts:8:1. Make it faster, or raise the limit.',
    )
  })

  test('does not fail for what may be no excess in truth, but says so', () => {
    expect(budgetProblem(reportWith(within))).toBeUndefined()
    expect(budgetSummary(reportWith(within))).toBe(
      '1 figure is over by less than the uncertainty: no failure',
    )
  })

  test('without excesses has nothing to say', () => {
    expect(budgetProblem(reportWith())).toBeUndefined()
    expect(budgetSummary(reportWith())).toBe('')
  })
})
