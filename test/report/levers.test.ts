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

const finding = { id: 'garbage-collection', costMs: 100 } as Report['findings'][number]
/** Findings of a run that save next to nothing. */
const SMALL = { findings: [finding], savesWallMs: { low: 0, high: 10 } }

test('beside findings that save little, levers leave out what takes less than 3 % of the time', () => {
  const imports = [importReport({ module: 'a.js', savedMs: 299 })]
  expect(levers(reportOf({ imports, ...SMALL }))).toHaveLength(1)
  const { totals } = reportOf()
  expect(levers(reportOf({ imports, ...SMALL, totals: { ...totals, fileWallMs: 1000 } }))).toHaveLength(2)
})

test('time in which no core was free does not make costs small', () => {
  const imports = [importReport({ module: 'a.js', savedMs: 299 })]
  const { totals } = reportOf()
  const busy = { ...totals, fileWallMs: 30_000, readyMs: 22_000 }
  expect(levers(reportOf({ imports, ...SMALL, totals: busy }))).toHaveLength(2)
})

test('without findings the largest costs are listed, however small they are beside the rest, from 100 ms on', () => {
  const imports = [
    importReport({ module: 'a.js', savedMs: 110 }),
    importReport({ module: 'b.js', savedMs: 99 }),
  ]
  const { totals } = reportOf()
  const many = levers(reportOf({ imports, totals: { ...totals, fileWallMs: 900_000 } }))
  expect(many.map(({ costMs }) => costMs)).toEqual([2000, 110])
  expect(levers(reportOf({ imports: imports.slice(1) }))).toHaveLength(1)
})

test('there are no levers where a rule found something', () => {
  expect(levers(reportOf({ findings: [finding] }))).toEqual([])
})
