import { describe, expect, test } from '@jest/globals'
import { causeText, excessText } from '../../src/formats/budget-sentences.js'
import type { FileMemoryReport, KeptSandbox } from '../../src/report/memory-report.js'
import type { Report } from '../../src/report/report.js'
import { excessesOf } from '../../src/report/views/budget-excesses.js'
import { checked, rule } from '../support/budgets.js'
import { fileReport, testReport } from '../support/facts.js'
import { memoryReport } from '../support/memory-report.js'

const MB = 1e6

/** The files of a worker, with its heap after each in megabytes; null: not measured. It has 30 MB at first. */
function worker(number: number, heaps: Readonly<Record<string, number | null>>): FileMemoryReport[] {
  let before: number | null = 30
  return Object.entries(heaps).map(([path, after]) => {
    const bytesOf = (heap: number | null) => (heap === null ? null : heap * MB)
    const row = { heapBeforeBytes: bytesOf(before), heapAfterBytes: bytesOf(after), sandboxKept: false }
    before = after
    return { ...row, path, project: '', worker: number }
  })
}

const texts = (report: Report) =>
  excessesOf(report).map(excess => {
    const cause = causeText(excess, path => path)
    return `${excessText(excess, path => path)}${cause === '' ? '' : `; ${cause}`}`
  })
const notesOf = ({ budgets }: Report) => budgets.flatMap(({ notes }) => notes)

test('Limits for memory are not met by a run without the option, which is said once for each', () => {
  const files = [fileReport({ tests: [testReport({})] }), fileReport({ path: 'b.test.js' })]
  const report = checked([rule({ testAllocatedMb: 1, heapGrowthMb: 1, keptSandboxes: 0 })], { files })
  expect(report.budgets[0]).toMatchObject({ checked: 0, exceeded: 0 })
  const why = 'was not checked: the run did not record memory. Set the option "memory".'
  expect(notesOf(report)).toEqual([`testAllocatedMb ${why}`, `heapGrowthMb ${why}`, `keptSandboxes ${why}`])
})

describe('testAllocatedMb', () => {
  const tests = [
    testReport({
      index: 0,
      name: ['parses'],
      fullName: 'parses',
      allocatedBytes: 21 * MB,
      line: 4,
      column: 1,
    }),
    testReport({ index: 1, name: ['adds'], fullName: 'adds', allocatedBytes: 20 * MB }),
    testReport({ index: 2, name: ['one of two'], fullName: 'one of two' }),
  ]
  const files = [fileReport({ tests })]
  const place = { file: 'a.test.js', project: '', index: 0, name: ['parses'], fullName: 'parses' }
  const code = { line: 3, column: 1, category: 'source', package: null } as const
  const memory = memoryReport({
    tests: [
      {
        ...place,
        allocatedBytes: 21 * MB,
        allocations: [
          {
            ...code,
            function: 'clone',
            file: 'node_modules/clone/index.js',
            category: 'dependency',
            bytes: 12 * MB,
          },
          { ...code, function: 'parseRows', file: 'src/rows.js', bytes: 9 * MB },
        ],
      },
    ],
  })

  test('names the test, its own function that allocates most, and tests whose figure is unknown', () => {
    const report = checked([rule({ testAllocatedMb: 20 })], { files, report: { memory } })
    expect(texts(report)).toEqual([
      'testAllocatedMb 21.0 MB > 20.0 MB: parses, a.test.js:4:1; parseRows src/rows.js:3:1 (9.0 MB)',
    ])
    expect(report.budgets[0]).toMatchObject({ checked: 2, exceeded: 1, limits: { testAllocatedMb: 20 } })
    expect(report.budgets[0]?.excesses[0]).toMatchObject({
      unit: 'bytes',
      limitBytes: 2e7,
      figureBytes: 2.1e7,
    })
    expect(notesOf(report)).toEqual([
      'testAllocatedMb was not checked for 1 test, such as “one of two” in a.test.js: ' +
        'concurrent tests share what they allocate, and some tests may not have been recorded.',
    ])
  })

  test('says that a run has no allocations where something else sampled the heap', () => {
    const run = {
      files: [fileReport({ tests: [testReport({})] })],
      report: { memory: { ...memory, allocated: null } },
    }
    expect(notesOf(checked([rule({ testAllocatedMb: 20 })], run))).toEqual([
      'testAllocatedMb was not checked: the run did not record allocations.',
    ])
  })
})

describe('heapGrowthMb', () => {
  const check = (rows: FileMemoryReport[], given: Parameters<typeof rule>[1] = {}) =>
    checked([rule({ heapGrowthMb: 5 }, given)], {
      files: [...new Set(rows.map(({ path }) => path))].map(path => fileReport({ path })),
      report: { memory: memoryReport({ files: rows }) },
    })

  test('is what each file adds to its worker, without the first one, in which Jest loads itself', () => {
    const report = check([...worker(1, { a: 90, b: 96, c: 101, d: 95 }), ...worker(1, { e: 110, f: 115.5 })])
    expect(texts(report)).toEqual(['heapGrowthMb 6.0 MB > 5.0 MB: b', 'heapGrowthMb 5.5 MB > 5.0 MB: f'])
    expect(report.budgets[0]).toMatchObject({ checked: 4, exceeded: 2, notes: [] })
  })

  test('is the mean of files between which the heap was not measured', () => {
    const report = check(worker(1, { a: 50, b: null, c: null, d: 68, e: 70 }))
    expect(texts(report)).toEqual([
      'heapGrowthMb 6.0 MB > 5.0 MB: b; together with the next 2 files of its worker, up to d (18.0 MB)',
    ])
    expect(report.budgets[0]).toMatchObject({ checked: 2, notes: [] })
  })

  test('is unknown before the first measure after a file, after the last one, and next to files of no budget', () => {
    const report = check(worker(1, { a: null, b: 60, c: 70, d: null }))
    expect(texts(report)).toEqual(['heapGrowthMb 10.0 MB > 5.0 MB: c'])
    expect(notesOf(report)[0]).toMatch(/^heapGrowthMb was not checked for 2 test files, such as b: /)
    const other = check(worker(1, { a: 50, b: null, c: 68, d: 80 }), {
      files: ['[bd]'],
      filePatterns: ['^[bd]$'],
    })
    expect(texts(other)).toEqual(['heapGrowthMb 12.0 MB > 5.0 MB: d'])
    expect(notesOf(other)[0]).toMatch(/^heapGrowthMb was not checked for 1 test file, such as b: /)
  })

  test('is not checked, and says so, if no worker has a second file', () => {
    const report = check([...worker(1, { a: 90 }), ...worker(2, { b: 90 })])
    expect(report.budgets[0]).toMatchObject({ checked: 0, exceeded: 0 })
    expect(notesOf(report)[0]).toMatch(/^heapGrowthMb was not checked for 2 test files, such as a: .*first/)
  })
})

describe('keptSandboxes', () => {
  const kept = (file: string, retainedBytes: number): KeptSandbox => {
    const position = { file: 'src/tracing.js', line: 3, column: 1 }
    return { file, project: '', retainedBytes, path: ['node:https', 'request src/tracing.js:3'], position }
  }
  const files = ['a', 'b', 'c', 'd'].map(path => fileReport({ path }))
  const states = { a: true, b: true, c: false, d: null }
  const rows = worker(1, { a: 50, b: 60, c: 60, d: null }).map(row => ({
    ...row,
    sandboxKept: states[row.path as keyof typeof states],
  }))
  const memory = memoryReport({ files: rows, kept: [kept('a', 4 * MB), kept('b', 6 * MB)] })
  const check = (limit: number, given: Parameters<typeof rule>[1] = {}) =>
    checked([rule({ keptSandboxes: limit }, given)], { files, report: { memory } })

  test('is the number of all that are never freed, with what holds the largest', () => {
    const report = check(0)
    expect(texts(report)).toEqual([
      'keptSandboxes 2 > 0: b; held by node:https › request src/tracing.js:3 src/tracing.js:3:1 (6.0 MB)',
    ])
    expect(report.budgets[0]?.excesses[0]).toMatchObject({ unit: 'count', limitCount: 0, figureCount: 2 })
    expect(notesOf(report)[0]).toMatch(/^keptSandboxes was not checked for 1 test file, such as d: /)
    expect(texts(check(2))).toEqual([])
  })

  test('counts those of the files that the budget is for', () => {
    const report = check(0, { files: ['a'], filePatterns: ['^a$'] })
    expect(texts(report)[0]).toMatch(/^keptSandboxes 1 > 0: a; .*4\.0 MB/)
    expect(texts(check(0, { files: ['c'], filePatterns: ['^c$'] }))).toEqual([])
  })
})

test('Excesses in different units are sorted by unit, times first', () => {
  const files = [fileReport({ wallMs: 9, tests: [testReport({ allocatedBytes: 90 * MB })] })]
  const report = checked([rule({ testAllocatedMb: 1, fileWallMs: 1 })], {
    files,
    report: { memory: memoryReport({}) },
  })
  expect(excessesOf(report).map(({ unit }) => unit)).toEqual(['ms', 'bytes'])
})
