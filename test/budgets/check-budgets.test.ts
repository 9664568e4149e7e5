import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { amountsOf } from '../../src/report/views/budget-excesses.js'
import { type CheckedRun, checked, phasesOf, recordWith, rule } from '../support/budgets.js'
import { fileReport, testReport } from '../support/facts.js'

/** Each excess as `limit test or module in file: value ±uncertainty > limit, verdict`. */
function shown({ budgets }: Report): string[] {
  return budgets.flatMap(({ excesses }) =>
    excesses.map(excess => {
      const { limit, verdict, file, test, module } = excess
      const amounts = amountsOf(excess)
      return `${limit} ${test?.fullName ?? module ?? 'all'} in ${file}: ${amounts.figure} ±${amounts.uncertainty} > ${amounts.limit}, ${verdict}`
    }),
  )
}

const notesOf = ({ budgets }: Report) => budgets.flatMap(({ notes }) => notes)

describe('A limit for tests', () => {
  const run: CheckedRun = {
    files: [
      fileReport({
        tests: [
          testReport({ index: 0, fullName: 'slow', wallMs: 300, cpuMs: 200, line: 4, column: 2 }),
          testReport({ index: 1, fullName: 'quick', wallMs: 200, cpuMs: 10 }),
          testReport({ index: 2, fullName: 'left out', wallMs: 900, status: 'skipped' }),
          testReport({ index: 3, fullName: 'retried', wallMs: 900, attempt: 1, status: 'failed' }),
          testReport({ index: 3, fullName: 'retried', wallMs: 20, attempt: 2 }),
        ],
      }),
    ],
  }

  test('applies to the last attempt of each test that ran, and allows values equal to the limit', () => {
    const report = checked([rule({ testWallMs: 200 })], run)
    expect(shown(report)).toEqual(['testWallMs slow in a.test.js: 300 ±null > 200, exceeded'])
    expect(report.budgets[0]).toMatchObject({ checked: 3, exceeded: 1, withinUncertainty: 0, notes: [] })
    expect(report.budgets[0]?.excesses[0]).toMatchObject({ line: 4, column: 2 })
  })

  test('applies to tests whose names match, ignoring case, in matching files', () => {
    const other = fileReport({ path: 'b.test.js', tests: [testReport({ fullName: 'slow', wallMs: 999 })] })
    const files = [...run.files, other]
    const excesses = (given: Parameters<typeof rule>[1]) =>
      shown(checked([rule({ testWallMs: 1 }, given)], { files })).map(line => line.split(':')[0])
    expect(excesses({ tests: '^(SLOW|none)' })).toEqual([
      'testWallMs slow in b.test.js',
      'testWallMs slow in a.test.js',
    ])
    expect(excesses({ files: ['b*'], filePatterns: ['^b'] })).toEqual(['testWallMs slow in b.test.js'])
    expect(excesses({ tests: 'quick', files: ['b*'], filePatterns: ['^b'] })).toEqual([])
  })

  test('is checked beside other limits and other budgets', () => {
    const report = checked([rule({ testWallMs: 250, testCpuMs: 150 }), rule({ testCpuMs: 199 })], run)
    expect(shown(report)).toEqual([
      'testCpuMs slow in a.test.js: 200 ±null > 150, exceeded',
      'testWallMs slow in a.test.js: 300 ±null > 250, exceeded',
      'testCpuMs slow in a.test.js: 200 ±null > 199, exceeded',
    ])
  })

  test('on CPU time reports the tests that cannot be checked', () => {
    const tests = [
      testReport({ name: ['beside others'], concurrent: true, cpuMs: null, wallMs: 900 }),
      testReport({ index: 1, fullName: 'alone', cpuMs: 5 }),
    ]
    const report = checked([rule({ testCpuMs: 1 })], { files: [fileReport({ tests })] })
    expect(shown(report)).toEqual(['testCpuMs alone in a.test.js: 5 ±null > 1, exceeded'])
    expect(report.budgets[0]?.checked).toBe(1)
    expect(notesOf(report)).toEqual([
      'testCpuMs was not checked for 1 test, such as “beside others” in a.test.js: ' +
        'concurrent tests share a thread, and some tests may not have been recorded.',
    ])
  })

  test('reports if no test or file matches', () => {
    const noTest = checked([rule({ testWallMs: 1 }, { tests: 'nobody' })], run)
    const noFile = checked([rule({ testWallMs: 1 }, { files: ['b*'], filePatterns: ['^b'] })], run)
    expect([noTest, noFile].map(notesOf)).toEqual([
      ['No test of this run matches its "tests", so nothing was checked.'],
      ['No test file of this run matches its "files", so nothing was checked.'],
    ])
    expect(notesOf(checked([rule({ testWallMs: 1 }, { tests: 'left out' })], run))).toEqual([])
  })
})

describe('The uncertainty of a budget', () => {
  const excessOf = (limits: Parameters<typeof rule>[0], given: Parameters<typeof testReport>[0]) =>
    shown(checked([rule(limits)], { files: [fileReport({ tests: [testReport(given)] })] }))

  test('on wall time is the time that the thread was runnable without a core', () => {
    const times = { wallMs: 300, cpuMs: 130, readyMs: 120, blockedMs: 50 }
    expect(excessOf({ testWallMs: 200 }, times)).toEqual([
      'testWallMs works in a.test.js: 300 ±120 > 200, within uncertainty',
    ])
    expect(excessOf({ testWallMs: 179 }, times)).toEqual([
      'testWallMs works in a.test.js: 300 ±120 > 179, exceeded',
    ])
  })

  test('on CPU time is the error of the thread’s clock and of sampling, without the time without a core', () => {
    const times = { wallMs: 300, cpuMs: 250, readyMs: 40, uncertaintyMs: 5 }
    expect(excessOf({ testCpuMs: 246 }, times)).toEqual([
      'testCpuMs works in a.test.js: 250 ±5 > 246, within uncertainty',
    ])
    expect(excessOf({ testCpuMs: 240 }, times)).toEqual([
      'testCpuMs works in a.test.js: 250 ±5 > 240, exceeded',
    ])
  })

  test('on wall time is 0 if the thread always had a core', () => {
    expect(excessOf({ testWallMs: 1 }, { wallMs: 9, cpuMs: 5, readyMs: 0 })).toEqual([
      'testWallMs works in a.test.js: 9 ±0 > 1, exceeded',
    ])
  })

  test('on both is unknown if the thread has no clock', () => {
    const times = { wallMs: 9, cpuMs: 5, readyMs: null, uncertaintyMs: 5 }
    expect(excessOf({ testWallMs: 1, testCpuMs: 1 }, times).toSorted()).toEqual([
      'testCpuMs works in a.test.js: 5 ±null > 1, exceeded',
      'testWallMs works in a.test.js: 9 ±null > 1, exceeded',
    ])
  })
})

describe('Limits for files', () => {
  const phases = phasesOf({ imports: 300, hooks: 150, tests: 50 })

  test('are compared with the whole file, its imports and its hooks', () => {
    const files = [fileReport({ wallMs: 510, phases })]
    expect(shown(checked([rule({ fileWallMs: 500, importMs: 299, hookMs: 150 })], { files }))).toEqual([
      'fileWallMs all in a.test.js: 510 ±null > 500, exceeded',
      'importMs all in a.test.js: 300 ±null > 299, exceeded',
    ])
  })

  test('are checked only for wall time in a file without a recording', () => {
    const files = [fileReport({ wallMs: 510, recording: null, phases: null, cpuMs: null })]
    const report = checked([rule({ fileWallMs: 500, importMs: 1, hookMs: 1, moduleImportMs: 1 })], { files })
    expect(shown(report)).toEqual(['fileWallMs all in a.test.js: 510 ±null > 500, exceeded'])
    expect(notesOf(report).map(note => note.split(',')[0])).toEqual([
      'importMs was not checked for 1 test file',
      'hookMs was not checked for 1 test file',
      'moduleImportMs was not checked for 1 test file',
    ])
  })

  test('for modules are compared with each of the most expensive modules', () => {
    const records = [
      recordWith([
        { name: 'src/index.js', self: 5, total: 300 },
        { name: 'src/pdf.js', self: 290, total: 290, by: 'src/index.js' },
        { name: 'src/lines.js', self: 3, total: 3, by: 'src/index.js' },
      ]),
    ]
    const report = checked([rule({ moduleImportMs: 100 })], { files: [fileReport({ phases })], records })
    expect(shown(report)).toEqual([
      'moduleImportMs src/index.js in a.test.js: 300 ±null > 100, exceeded',
      'moduleImportMs src/pdf.js in a.test.js: 290 ±null > 100, exceeded',
    ])
    expect(report.budgets[0]?.excesses.map(({ cause }) => cause)).toEqual([
      { text: 'loading module', file: 'src/pdf.js', line: 0, column: 0, ms: 290 },
      { text: 'self time', file: 'src/pdf.js', line: 0, column: 0, ms: 290 },
    ])
  })

  test('for an ES module allow for the sampling interval', () => {
    const records = [recordWith([{ name: 'src/index.mjs', total: 101, isSampled: true }])]
    const report = checked([rule({ moduleImportMs: 100.5 })], { files: [fileReport({ phases })], records })
    expect(shown(report)).toEqual([
      'moduleImportMs src/index.mjs in a.test.js: 101 ±1 > 100.5, within uncertainty',
    ])
  })

  test('report if more modules than are known may exceed the limit', () => {
    const modules = Array.from({ length: 20 }, (_, index) => ({ name: `src/m${index}.js`, total: 200 }))
    const run = { files: [fileReport({ phases })], records: [recordWith(modules)] }
    expect(notesOf(checked([rule({ moduleImportMs: 100 })], run))).toEqual([
      'In 1 test file more than 20 modules may be over the limit: only the 20 most expensive modules of each file were checked.',
    ])
    expect(notesOf(checked([rule({ moduleImportMs: 200 })], run))).toEqual([])
  })
})

describe('Excesses', () => {
  test('are sorted by verdict, then by size', () => {
    const tests = [
      testReport({ index: 0, fullName: 'a little', wallMs: 110 }),
      testReport({ index: 1, fullName: 'unsure', wallMs: 500, cpuMs: 50, readyMs: 450 }),
      testReport({ index: 2, fullName: 'a lot', wallMs: 300 }),
      testReport({ index: 3, fullName: 'a little', wallMs: 110 }),
    ]
    const report = checked([rule({ testWallMs: 100 })], { files: [fileReport({ tests })] })
    expect(report.budgets[0]?.excesses.map(({ test }) => `${test?.index} ${test?.fullName}`)).toEqual([
      '2 a lot',
      '0 a little',
      '3 a little',
      '1 unsure',
    ])
  })

  test('are all counted even if the report keeps only the largest', () => {
    const tests = Array.from({ length: 1200 }, (_, index) => testReport({ index, wallMs: 10 + index }))
    const report = checked([rule({ testWallMs: 5 })], { files: [fileReport({ tests })] })
    expect(report.budgets[0]).toMatchObject({ checked: 1200, exceeded: 1200 })
    expect(report.budgets[0]?.excesses).toHaveLength(1000)
    expect(report.truncated).toEqual([{ table: 'budgets', kept: 1000, total: 1200 }])
  })

  test('may be incomplete if tables were truncated, which is reported', () => {
    const truncated = [{ table: 'tests', kept: 20_000, total: 30_000 }]
    const report = checked([rule({ testWallMs: 5 })], { files: [], report: { truncated } })
    expect(notesOf(report)).toEqual(['Only the 20000 slowest of 30000 tests were checked.'])
  })
})
