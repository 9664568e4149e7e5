import { expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { levers } from '../../src/report/views/levers.js'
import { importReport } from '../support/account-rows.js'
import { factsOf, NO_TIMES } from '../support/facts.js'

/** A run of 10 s whose set-up takes 2 s and whose most expensive import 1 s. */
function reportOf(given: Partial<Report> = {}): Report {
  const { report } = factsOf({})
  const framework = { ...NO_TIMES, wallMs: 2000 }
  const imports = [
    importReport({ module: 'b.js', savedMs: 1000 }),
    importReport({ module: 'a.js', savedMs: 50 }),
  ]
  return { ...report, phases: { ...report.phases, framework }, imports, ...given }
}

test('levers are the largest costs, the most expensive first', () => {
  expect(levers(reportOf())).toEqual([
    { costMs: 2000, text: expect.stringContaining('set-up of 0 test files'), position: null },
    { costMs: 1000, text: 'importing it in 1 test file', position: { file: 'b.js', line: 0, column: 0 } },
  ])
})

test('levers leave out what takes less than 3 % of the time or 100 ms', () => {
  const imports = [importReport({ module: 'a.js', savedMs: 299 })]
  expect(levers(reportOf({ imports }))).toHaveLength(1)
  const { totals } = reportOf()
  expect(levers(reportOf({ imports, totals: { ...totals, fileWallMs: 1000 } }))).toHaveLength(2)
})

test('there are no levers where a rule found something', () => {
  const finding = { id: 'garbage-collection', costMs: 100 } as Report['findings'][number]
  expect(levers(reportOf({ findings: [finding] }))).toEqual([])
})
