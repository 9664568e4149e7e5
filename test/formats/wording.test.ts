import { describe, expect, test } from '@jest/globals'
import { qualityText, scheduleText, scopeText, timeText, transformText } from '../../src/formats/sentences.js'
import { sanitize, textStyle } from '../../src/formats/wording.js'
import { type CellPlace, placeCell } from '../../src/tables/cell.js'
import { cellText } from '../../src/tables/cell-text.js'
import { mostOfTime } from '../../src/tables/columns.js'
import { SLOWEST_TESTS, testPlaceCell } from '../../src/tables/test-tables.js'
import { HOSTILE, ordinaryReport } from '../support/drawn-reports.js'
import { fileReport, testReport } from '../support/facts.js'
import { mergedRun } from '../support/run-record.js'

test('sanitize returns one line without control characters', () => {
  expect(sanitize(HOSTILE)).toBe('new line red link | `tick` <img src=x>  gnp.exe *b*')
  expect(sanitize('a\r\n\u0000\u2028b')).toBe('a b')
})

test('A position omits unknown parts', () => {
  const style = textStyle({ longestName: 100, mostItems: 1, toShown: path => path })
  const position = (place: CellPlace) => cellText(placeCell(place), style)
  expect(position({ file: 'src/a.ts', line: 3, column: 7 })).toBe('src/a.ts:3:7')
  expect(position({ file: 'src/a.ts', line: 3, column: 0 })).toBe('src/a.ts:3')
  expect(position({ file: 'node:fs', line: 0, column: 0 })).toBe('node:fs')
  expect(position({ file: '', line: 0, column: 0 })).toBe('')
})

test('A merged run reports workers with their machines, and worker use by the wall time of each machine', () => {
  const { schedule, ...report } = ordinaryReport()
  const mergedFrom = [{ ...mergedRun('1/2'), wallMs: 500 }, mergedRun('2/2')]
  const merged = { ...report, run: { ...report.run, workers: 4, mergedFrom } }
  const [first] = schedule.workers
  if (first === undefined) throw new Error('the report has no workers')
  const workers = [
    { ...first, worker: 1, machine: 0, busyMs: 500 },
    { ...first, worker: 3, machine: 1, busyMs: 10_000 },
  ]
  expect(scopeText(merged)).toContain('4 workers on 2 machines')
  expect(scheduleText({ ...merged, schedule: { ...schedule, workers } })).toContain(
    '2 of 4 workers on 2 machines busy 100 % of the wall time',
  )
})

describe('timeText', () => {
  const timeWith = (readyMs: number | null, blockedMs: number) => {
    const report = ordinaryReport()
    const totals = { ...report.totals, fileWallMs: 500, cpuMs: 300, idleMs: 100, readyMs, blockedMs }
    return timeText({ ...report, totals })
  }

  test('lists the parts of the time and omits those too small to show', () => {
    expect(timeWith(60, 40)).toBe(
      'wall 1.00 s · CPU 300 ms · no core 60 ms · blocked 40 ms · waiting 100 ms (20 % of file time)',
    )
    const brief = 'wall 1.00 s · CPU 300 ms · waiting 100 ms (20 % of file time)'
    expect([timeWith(4.9, 0.9), timeWith(0, 0), timeWith(null, 0)]).toEqual([brief, brief, brief])
    expect(timeWith(5, 0)).toContain(' · no core 5.0 ms · waiting')
  })
})

describe('mostOfTime', () => {
  const mostlyOf = (given: Parameters<typeof testReport>[0]) =>
    mostOfTime(testReport({ wallMs: 100, ...given }))

  test.each([
    [{ cpuMs: 30, readyMs: 60, idleMs: 10 }, 'no core 60 %'],
    [{ cpuMs: 30, readyMs: 10, idleMs: 60 }, 'waits 60 %'],
    [{ cpuMs: 30, readyMs: 0, blockedMs: 60, idleMs: 10 }, 'blocked 60 %'],
    [{ cpuMs: null }, 'CPU –'],
  ])('with %j is %s', (given, text) => {
    expect(mostlyOf(given)).toBe(text)
  })

  test('is CPU time if no other part dominates', () => {
    expect(mostlyOf({ cpuMs: 40, readyMs: 30, idleMs: 30 })).toMatch(/^CPU ~?40 ms$/)
  })
})

test('SLOWEST_TESTS ranks tests by wall time without the time that they waited for a core', () => {
  const tests = [
    testReport({ fullName: 'lacking', wallMs: 900, readyMs: 850 }),
    testReport({ index: 1, fullName: 'slow', wallMs: 100 }),
    testReport({ index: 2, fullName: 'never ran', wallMs: 0 }),
  ]
  expect(
    SLOWEST_TESTS.rows({ ...ordinaryReport(), files: [fileReport({ tests })] }).map(
      ({ test: { fullName } }) => fullName,
    ),
  ).toEqual([...['slow', 'lacking']])
})

describe('transformText', () => {
  const row = {
    ...{ transformer: 'babel-jest', files: 1, cacheMisses: 0, uncached: 0, missMs: 0 },
    ...{ loadMs: 0, missLoadMs: 0 },
  }
  const lineOf = (milliseconds: number[], fileWallMs: number, loadMs = 0) =>
    transformText({
      transforms: milliseconds.map((totalMs, index) => ({ ...row, extension: `.${index}`, totalMs, loadMs })),
      totals: { ...ordinaryReport().totals, fileWallMs },
    })

  test('is empty if nothing was transformed, even without any recorded time', () => {
    expect(lineOf([], 0)).toBe('')
    expect(lineOf([0], 0)).toBe('')
  })

  test('names the most expensive transform even if many share the time', () => {
    expect(
      lineOf(
        [...Array(20).keys()].map(() => 10),
        200,
      ),
    ).toBe('transforms 200 ms (all cache hits): babel-jest .0 10 ms')
  })

  test('adds the time to load each transformer once', () => {
    expect(lineOf([4, 2], 10_000, 700)).toBe(
      'transforms 6.0 ms (all cache hits): babel-jest .0 4.0 ms · babel-jest .1 2.0 ms · ' +
        'loading the transformer babel-jest 1.40 s',
    )
  })
})

test('The place of a test is its position in its file, or the other file that defines it', () => {
  const style = textStyle({ longestName: 100, mostItems: 1, toShown: path => `./${path}` })
  const placeOf = (given: Parameters<typeof testReport>[0]) => {
    const test = testReport(given)
    const file = fileReport({ path: 'test/a.test.js', tests: [test] })
    return cellText(testPlaceCell({ file, test, rows: [test] }), style)
  }
  expect(placeOf({ line: 3, column: 7 })).toBe('./test/a.test.js:3:7')
  const definedIn = { file: 'test/helper.js', line: 8, column: 5 }
  expect(placeOf({ line: 0, column: 0, definedIn })).toBe('./test/a.test.js, defined at ./test/helper.js:8:5')
})

describe('The headline of a part of a run', () => {
  const report = ordinaryReport()
  const partOf = (selection: { file?: string; test?: string }) => ({
    ...report,
    run: { ...report.run, workers: 7, selection },
  })

  test('omits values of the whole run', () => {
    const part = partOf({ file: 'a' })
    expect(scopeText(part)).toBe('3 files · 5 tests')
    expect(timeText(part)).not.toContain(`wall ${report.totals.wallMs}`)
    expect(scheduleText(report)).toContain('workers busy')
    expect(scheduleText(partOf({ file: 'a' }))).toBe('')
  })

  test('says that the profiler overhead is that of whole files', () => {
    expect(qualityText(partOf({ file: 'a' }))).toContain('profiler overhead: ')
    expect(qualityText(partOf({ file: 'a', test: 'b' }))).toContain(
      'profiler overhead (of the whole files): ',
    )
  })
})
