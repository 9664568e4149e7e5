import { describe, expect, test } from '@jest/globals'
import type { TestReport } from '../../src/report/file-report.js'
import { testRows } from '../../src/report/views/test-templates.js'
import { shownTable } from '../../src/tables/shown-table.js'
import { fileReport, testReport } from '../support/facts.js'
import { profileFromText } from '../support/profile-from-text.js'
import { reportOf } from '../support/run-record.js'

/** Tests defined on one line, as by `test.each`. */
function each(names: string[][], given: Partial<TestReport> = {}): TestReport[] {
  return names.map((name, index) =>
    testReport({ index, id: `test-${index}`, name, fullName: name.join(' '), line: 5, column: 3, ...given }),
  )
}

const rowsOf = (tests: TestReport[]) => testRows([fileReport({ tests })])
const namesOf = (tests: TestReport[]) => rowsOf(tests).map(({ test: { fullName } }) => fullName)

describe('Tests defined on one line', () => {
  test.each([
    ['the different parts of a title are omitted', [['adds 1 and 2'], ['adds 3 and 4']], ['adds …']],
    ['text after the different part stays', [['adds 1 up'], ['adds 22 up']], ['adds … up']],
    [
      'equal blocks stay',
      [
        ['cart', 'adds 1'],
        ['cart', 'adds 2'],
      ],
      ['cart adds …'],
    ],
    [
      'different blocks are omitted',
      [
        ['of 1', 'adds'],
        ['of 2', 'adds'],
      ],
      ['of … adds'],
    ],
    ['equal titles stay', [['adds'], ['adds']], ['adds']],
    ['the rest of the longer title is omitted', [['adds'], ['adds up']], ['adds…']],
    ['letters are matched only once', [['aa'], ['aaa']], ['aa…']],
    ['blocks of different depths are omitted', [['cart', 'adds 1'], ['adds 2']], ['…']],
  ])('have one name, in which %s', (_what, names, expected) => {
    expect(namesOf(each(names))).toEqual(expected)
  })

  test('are one row with their sums, which contains the single tests', () => {
    const tests = each([['a 1'], ['a 2']]).map((own, index) => ({
      ...own,
      ...{ startedAtMs: 90 - index, wallMs: 10.1 + index, cpuMs: 5, readyMs: 1, blockedMs: 0.1 },
      ...{ idleMs: 4, gcMs: 0.5, hooksMs: 2, importsMs: 3, sampleCount: 7 },
      ...{ uncertaintyMs: 0.1, gcUncertaintyMs: 0.2 },
      status: index === 1 ? ('failed' as const) : ('passed' as const),
      hooks: [{ hook: 0, count: 1, wallMs: 2, isAround: false }],
    }))
    const [row, ...others] = rowsOf(tests)
    expect(others).toEqual([])
    expect(row?.rows).toEqual(tests)
    expect(row?.test).toMatchObject({
      ...{ name: ['a …'], status: 'failed', startedAtMs: 89, wallMs: 21.2, cpuMs: 10, readyMs: 2 },
      ...{ blockedMs: 0.2, idleMs: 8, gcMs: 1, hooksMs: 4, importsMs: 6, sampleCount: 14 },
      ...{ uncertaintyMs: 0.2, gcUncertaintyMs: 0.4, line: 5, column: 3 },
      // Hooks and functions belong to single tests.
      ...{ hooks: [], hotspots: [] },
    })
  })

  test('have no sum of a value that is unknown for one of them', () => {
    const [one, other] = each([['a 1'], ['a 2']], { wallMs: 10, cpuMs: 5 })
    if (one === undefined || other === undefined) throw new Error('no tests were drawn')
    expect(rowsOf([one, { ...other, cpuMs: null }])[0]?.test).toMatchObject({ wallMs: 20, cpuMs: null })
  })

  test('are also recognized by the helper that defines them', () => {
    const definedIn = { file: 'test/helper.ts', line: 7, column: 3 }
    const [one, other] = each([['a 1'], ['a 2']], { line: 0, column: 0, definedIn })
    if (one === undefined || other === undefined) throw new Error('no tests were drawn')
    expect(namesOf([one, other])).toEqual(['a …'])
    expect(namesOf([one, { ...other, definedIn: { ...definedIn, line: 8 } }])).toHaveLength(2)
  })

  test('are separate rows if the line is unknown', () => {
    expect(namesOf(each([['a 1'], ['a 2']], { line: 0, column: 0 }))).toEqual(['a 1', 'a 2'])
  })

  test('are separate rows, one per attempt, if they were retried', () => {
    const [one, two, three] = each([['a 1'], ['a 2'], ['a 3']])
    if (one === undefined || two === undefined || three === undefined) throw new Error('no tests were drawn')
    const again = { ...two, attempt: 2 }
    const rows = rowsOf([one, two, again, three])
    expect(
      rows.map(({ test: { fullName, attempt }, rows: { length } }) => [fullName, attempt, length]),
    ).toEqual([
      ['a …', 1, 2],
      ['a 2', 1, 1],
      ['a 2', 2, 1],
    ])
  })

  test('are separate rows in two files, or in two columns of one line', () => {
    const tests = each([['a 1'], ['a 2']])
    expect(testRows([fileReport({ tests }), fileReport({ path: 'b.test.js', tests })])).toHaveLength(2)
    expect(namesOf(tests.map((own, index) => ({ ...own, column: 3 + index })))).toHaveLength(2)
  })
})

describe('The table of tests', () => {
  const tests = [
    ...each([['a 1'], ['a 2']], { wallMs: 10 }),
    testReport({ index: 2, id: 'test-2', wallMs: 1, line: 9 }),
  ]
  const profile = profileFromText('-\nA')
  const report = { ...reportOf([]), files: [fileReport({ tests })] }

  test('shows the number of tests in a row, and their ids', () => {
    const { rows, cellsOf } = shownTable('test', { profile, report })
    expect(rows).toMatchObject([
      { test: 'a …', count: 2, wallMs: 20, tests: ['test-0', 'test-1'], id: expect.stringMatching(/^each-/) },
      { count: 1, wallMs: 1, id: 'test-2' },
    ])
    expect(cellsOf(0)).toContainEqual(expect.objectContaining({ kind: 'test', name: 'a …', note: '×2' }))
    expect(cellsOf(1)).toContainEqual(expect.objectContaining({ kind: 'test', note: '' }))
  })

  test('has a row per test, without numbers, for a selection', () => {
    const selected = { ...report, run: { ...report.run, selection: { file: 'a.test.js' } } }
    const { rows, cellsOf } = shownTable('test', { profile, report: selected })
    expect(rows.map(({ id }) => id)).toEqual(['test-0', 'test-1', 'test-2'])
    for (const row of rows.keys())
      expect(cellsOf(row)).toContainEqual(expect.objectContaining({ kind: 'test', note: '' }))
  })
})
