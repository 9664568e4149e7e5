import { expect, test } from '@jest/globals'
import { fileCosts, fixedCostText } from '../../src/page/data/file-costs.js'
import { drawnRun } from '../support/drawn-run.js'

test('fileCosts tell what a file takes before its tests from what its tests take', () => {
  const [cart] = fileCosts(drawnRun().report).filter(({ file }) => file.path === 'cart.test.js')
  // environment 2 ms and imports 7 ms; two tests of 25 ms and 54 ms, of which a hook takes 2 ms.
  expect(cart).toMatchObject({ fixedMs: 9, testsMs: 79 })
})

test('fileCosts leave out files that were not recorded', () => {
  const { report } = drawnRun()
  const files = report.files.map(file => ({ ...file, phases: null }))
  expect(fileCosts({ files })).toEqual([])
})

test('fixedCostText says how many files take longer to prepare than their tests run, and what that costs', () => {
  const { report } = drawnRun()
  const costs = fileCosts(report)
  expect(fixedCostText(costs)).toBe('All test files run their tests for longer than they take to prepare.')
  const [first, ...others] = costs
  if (first === undefined) throw new Error('the drawn run has files')
  expect(fixedCostText([{ ...first, fixedMs: 45, testsMs: 1 }, ...others])).toBe(
    '1 of 2 test files take longer to prepare than their tests run: 45 ms, 25 % of the time of all files, before their first test.',
  )
})
