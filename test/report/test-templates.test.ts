import { describe, expect, test } from '@jest/globals'
import type { TestReport } from '../../src/report/file-report.js'
import { testRows } from '../../src/report/views/test-templates.js'
import { shownTable } from '../../src/tables/shown-table.js'
import { fileReport, testReport } from '../support/facts.js'
import { profileFromText } from '../support/profile-from-text.js'
import { reportOf } from '../support/run-record.js'

/** Of one line, as `test.each` defines them. */
function each(names: string[][], given: Partial<TestReport> = {}): TestReport[] {
  return names.map((name, index) =>
    testReport({ index, id: `test-${index}`, name, fullName: name.join(' '), line: 5, column: 3, ...given }),
  )
}

const rowsOf = (tests: TestReport[]) => testRows([fileReport({ tests })])
const namesOf = (tests: TestReport[]) => rowsOf(tests).map(({ test: { fullName } }) => fullName)

describe('tests that one line defines', () => {
  test.each([
    ['what differs in one title is left out', [['adds 1 and 2'], ['adds 3 and 4']], ['adds …']],
    ['what follows it stays', [['adds 1 up'], ['adds 22 up']], ['adds … up']],
    [
      'blocks stay',
      [
        ['cart', 'adds 1'],
        ['cart', 'adds 2'],
      ],
      ['cart adds …'],
    ],
    [
      'blocks that differ are left out in their place',
      [
        ['of 1', 'adds'],
        ['of 2', 'adds'],
      ],
      ['of … adds'],
    ],
    ['titles alike are one', [['adds'], ['adds']], ['adds']],
    ['one title that the other begins with', [['adds'], ['adds up']], ['adds…']],
    ['letters are used but once', [['aa'], ['aaa']], ['aa…']],
    ['blocks of other depths', [['cart', 'adds 1'], ['adds 2']], ['…']],
  ])('have one name: %s', (_what, names, expected) => {
    expect(namesOf(each(names))).toEqual(expected)
  })

  test('are one row of their sums, which opens to the single ones', () => {
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
      // They are of a single test each.
      ...{ hooks: [], hotspots: [] },
    })
  })

  test('have no sum of what is not known of one of them', () => {
    const [one, other] = each([['a 1'], ['a 2']], { wallMs: 10, cpuMs: 5 })
    if (one === undefined || other === undefined) throw new Error('no tests were drawn')
    expect(rowsOf([one, { ...other, cpuMs: null }])[0]?.test).toMatchObject({ wallMs: 20, cpuMs: null })
  })

  test('are known by the helper that defines them, too', () => {
    const definedIn = { file: 'test/helper.ts', line: 7, column: 3 }
    const [one, other] = each([['a 1'], ['a 2']], { line: 0, column: 0, definedIn })
    if (one === undefined || other === undefined) throw new Error('no tests were drawn')
    expect(namesOf([one, other])).toEqual(['a …'])
    expect(namesOf([one, { ...other, definedIn: { ...definedIn, line: 8 } }])).toHaveLength(2)
  })

  test('of which the line is not known represent themselves', () => {
    expect(namesOf(each([['a 1'], ['a 2']], { line: 0, column: 0 }))).toEqual(['a 1', 'a 2'])
  })

  test('stay single where they were tried again, with each attempt', () => {
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

  test('of two files, or of two columns in one line, are apart', () => {
    const tests = each([['a 1'], ['a 2']])
    expect(testRows([fileReport({ tests }), fileReport({ path: 'b.test.js', tests })])).toHaveLength(2)
    expect(namesOf(tests.map((own, index) => ({ ...own, column: 3 + index })))).toHaveLength(2)
  })
})

describe('the table of tests', () => {
  const tests = [
    ...each([['a 1'], ['a 2']], { wallMs: 10 }),
    testReport({ index: 2, id: 'test-2', wallMs: 1, line: 9 }),
  ]
  const profile = profileFromText('-\nA')
  const report = { ...reportOf([]), files: [fileReport({ tests })] }

  test('reports how many tests a row is, and their ids', () => {
    const { rows, cellsOf } = shownTable('test', { profile, report })
    expect(rows).toMatchObject([
      { test: 'a …', count: 2, wallMs: 20, tests: ['test-0', 'test-1'], id: expect.stringMatching(/^each-/) },
      { count: 1, wallMs: 1, id: 'test-2' },
    ])
    expect(cellsOf(0)).toContainEqual(expect.objectContaining({ kind: 'test', name: 'a …', note: '×2' }))
    expect(cellsOf(1)).toContainEqual(expect.objectContaining({ kind: 'test', note: '' }))
  })

  test('has each test of its own where some were requested, and no number of them', () => {
    const selected = { ...report, run: { ...report.run, selection: { file: 'a.test.js' } } }
    const { rows, cellsOf } = shownTable('test', { profile, report: selected })
    expect(rows.map(({ id }) => id)).toEqual(['test-0', 'test-1', 'test-2'])
    for (const row of rows.keys())
      expect(cellsOf(row)).toContainEqual(expect.objectContaining({ kind: 'test', note: '' }))
  })
})
