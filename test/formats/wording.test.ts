import { describe, expect, test } from '@jest/globals'
import { scheduleLine, transformLine } from '../../src/formats/sections.js'
import { headline, plain, position, testPlace } from '../../src/formats/wording.js'
import { HOSTILE, ordinaryReport } from '../support/drawn-reports.js'
import { mergedRun } from '../support/run-record.js'

test('plain text is one line without anything that a terminal obeys', () => {
  expect(plain(HOSTILE)).toBe('new line red link | `tick` <img src=x>  gnp.exe *b*')
  expect(plain('a\r\n\u0000\u2028b')).toBe('a b')
})

test('a position leaves out what is not known', () => {
  expect(position({ file: 'src/a.ts', line: 3, column: 7 })).toBe('src/a.ts:3:7')
  expect(position({ file: 'src/a.ts', line: 3, column: 0 })).toBe('src/a.ts:3')
  expect(position({ file: 'node:fs', line: 0, column: 0 })).toBe('node:fs')
  expect(position({ file: '', line: 0, column: 0 })).toBe('')
})

test('of a merged run workers are told with their machines, and their use by the time of each', () => {
  const { schedule, ...report } = ordinaryReport()
  const mergedFrom = [{ ...mergedRun('1/2'), wallMs: 500 }, mergedRun('2/2')]
  const merged = { ...report, run: { ...report.run, workers: 4, mergedFrom } }
  const [first] = schedule.workers
  if (first === undefined) throw new Error('the report has no workers')
  const workers = [
    { ...first, worker: 1, machine: 0, busyMs: 500 },
    { ...first, worker: 3, machine: 1, busyMs: 10_000 },
  ]
  expect(headline(merged).scope).toContain('4 workers on 2 machines')
  expect(scheduleLine({ ...merged, schedule: { ...schedule, workers } })).toContain(
    '2 workers on 2 machines busy 100 % of the wall time',
  )
})

describe('the line of transforms', () => {
  const row = {
    ...{ transformer: 'babel-jest', files: 1, cacheMisses: 0, uncached: 0, missMs: 0 },
    ...{ loadMs: 0, missLoadMs: 0 },
  }
  const lineOf = (milliseconds: number[], fileWallMs: number, loadMs = 0) =>
    transformLine({
      transforms: milliseconds.map((totalMs, index) => ({ ...row, extension: `.${index}`, totalMs, loadMs })),
      totals: { ...ordinaryReport().totals, fileWallMs },
    })

  test('is left out where nothing was transformed, even of a run without any recorded time', () => {
    expect(lineOf([], 0)).toBe('')
    expect(lineOf([0], 0)).toBe('')
  })

  test('names the most expensive one, however many share the time', () => {
    expect(
      lineOf(
        [...Array(20).keys()].map(() => 10),
        200,
      ),
    ).toBe('transforms 200 ms, all from the cache: babel-jest .0 10 ms')
  })

  test('tells what loading the transformers took beside it, once for each of them', () => {
    expect(lineOf([4, 2], 10_000, 700)).toBe(
      'transforms 6.0 ms, all from the cache: babel-jest .0 4.0 ms · babel-jest .1 2.0 ms · ' +
        'loading the transformer babel-jest 1.40 s',
    )
  })
})

test('a test is where its file is, and where another file defines it', () => {
  const toShown = (path: string) => `./${path}`
  const file = 'test/a.test.js'
  expect(testPlace({ file, line: 3, column: 7 }, toShown)).toBe('./test/a.test.js:3:7')
  const definedIn = { file: 'test/helper.js', line: 8, column: 5 }
  expect(testPlace({ file, line: 0, column: 0, definedIn }, toShown)).toBe(
    './test/a.test.js, defined at ./test/helper.js:8:5',
  )
})

describe('the headline of a part of a run', () => {
  const report = ordinaryReport()
  const partOf = (selection: { file?: string; test?: string }) => ({
    ...report,
    run: { ...report.run, workers: 7, selection },
  })

  test('has nothing of the run as a whole', () => {
    const { scope, time } = headline(partOf({ file: 'a' }))
    expect(scope).toBe('3 files · 5 tests')
    expect(time).not.toContain(`wall ${report.totals.wallMs}`)
    expect(scheduleLine(report)).toContain('workers busy')
    expect(scheduleLine(partOf({ file: 'a' }))).toBe('')
  })

  test('says that our own cost was not that of a test', () => {
    expect(headline(partOf({ file: 'a' })).quality).toContain('our own cost: ')
    expect(headline(partOf({ file: 'a', test: 'b' })).quality).toContain('our own cost in all of the files: ')
  })
})
