import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { suggestCommands } from '../../src/cli/next-commands.js'
import { toTableJson, toTableText } from '../../src/formats/shown-table.js'
import { textStyle } from '../../src/formats/wording.js'
import type { Report } from '../../src/report/report.js'
import { figureOf } from '../../src/tables/cell.js'
import { cellText } from '../../src/tables/cell-text.js'
import { amount } from '../../src/tables/columns.js'
import { type ShownTable, shownTable } from '../../src/tables/shown-table.js'
import { MOST_OTHER_LINES, TABLE_NAMES, type TableName } from '../../src/tables/table.js'
import { LONG_WAITS } from '../../src/tables/time-tables.js'
import { waitReport } from '../support/account-rows.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { HOSTILE, hostileReport } from '../support/drawn-reports.js'
import { drawnRun } from '../support/drawn-run.js'
import { factsOf } from '../support/facts.js'
import { largeRun } from '../support/large-run.js'
import { modulesOf, script } from '../support/modules.js'
import { resolvedFromText, span } from '../support/recording.js'

const { profile, report } = drawnRun()
const tableOf = (by: TableName) => shownTable(by, { profile, report })

/** The values that a person sees, without ids. */
function shown(by: TableName): string[] {
  const table = tableOf(by)
  return table.rows.map(row => table.columns.map(({ key }) => row[key]).join(' '))
}

function textOf(table: ShownTable, of: Report, top = 10): string {
  const asked = {
    run: undefined,
    flags: {},
    report: of,
    isFilled: () => true,
    toShown: (path: string) => path,
  }
  const next = suggestCommands(table, asked)
  return toTableText(table, of, { top, columns: 200, colors: false, next })
}

describe('Tables of a saved run', () => {
  test('rank functions by self time, then by name', () => {
    expect(shown('function')).toEqual([
      ...['40 40 1 source price src/price.js', '40 40 1 source send src/send.js'],
      ...['20 20 1 dependency add node_modules/lodash/index.js', '18.5 18.5 2 jest load src/load.js'],
      '9.5 29.5 1 source total src/total.js',
    ])
  })

  test.each(TABLE_NAMES)('by %s have a unique id per row, which is the same in another run', by => {
    const [rows, again] = [tableOf(by).rows, shownTable(by, drawnRun()).rows]
    const ids = rows.map(({ id }) => id)
    expect(ids).toEqual(again.map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z]+-[0-9a-f]{8}$/)
  })

  test('have a column for attempts if a test was retried', () => {
    const of = (attempts: number) => {
      const name = ['fails at first']
      const tries = Array.from({ length: attempts }, (_, index) =>
        span({ index: 0, name, attempt: index + 1, start: 1000 * index, end: 1000 * index + 900 - index }),
      )
      const recording = resolvedFromText('0 1000\nA B', { tests: tries, header: { wallMicros: 3000 } })
      return shownTable('test', drawnRun([recording]))
    }
    const { rows, columns, title } = of(2)
    expect(rows.map(({ attempt, attempts }) => [attempt, attempts])).toEqual([
      [1, 2],
      [2, 2],
    ])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
    expect(columns.map(({ key }) => key)).toContain('attempt')
    expect(title).toContain('per attempt')
    expect(of(1).columns.map(({ key }) => key)).not.toContain('attempt')
    expect(of(1).title).not.toContain('attempt')
  })

  test('of a selected test keep its id of the whole run, even if an earlier test has the same name', () => {
    const twins = resolvedFromText('0 1000\nA B', {
      tests: [0, 1].map(index =>
        span({ index, name: ['twin'], start: 1000 * index, end: 1000 * index + 900 }),
      ),
    })
    const whole = drawnRun([twins])
    const files = whole.report.files.map(file => ({
      ...file,
      tests: file.tests.filter(({ index }) => index === 1),
    }))
    const ids = ({ rows }: ShownTable) => new Map(rows.map(row => [row.index, row.id]))
    const selected = shownTable('test', { ...whole, report: { ...whole.report, files } })
    expect(ids(selected).get(1)).toBe(ids(shownTable('test', whole)).get(1))
  })

  test('list the loading of a transformer apart from the module with the same path', () => {
    const modules = modulesOf([
      script('test', [0, 900], [script('t', [0, 100]), script('t-again', [200, 600])]),
    ])
    const path = modules.path.map(file => file.replace('t-again', 't'))
    const loads = { ...modules.loads, importer: [-1, 0, -1] }
    const edges = { from: [0], to: [1] }
    const recording = resolvedFromText('0\nA', {
      modules: { path, transformers: [2], loads, edges },
      header: { wallMicros: 1000 },
    })
    const { rows } = shownTable('import', drawnRun([recording]))
    expect(rows.map(({ name, savedMs }) => [name, savedMs])).toEqual([
      ['a.test.js', 0.5],
      ['loading the transformer src/t.js', 0.4],
      ['src/t.js', 0.1],
    ])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(3)
  })

  test('name a wait without calls of the project after its innermost other call', () => {
    const recording = resolvedFromText(
      '0\nJ[jest]\nT[transform:esbuild]\nspawnSync[transform:node:child_process]',
    )
    expect(shownTable('wait', drawnRun([recording])).rows).toMatchObject([
      { function: 'T', file: 'node_modules/esbuild/index.js', line: 1 },
    ])
  })

  test('do not depend on the order of recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([one, other]) => {
        for (const by of TABLE_NAMES)
          expect(shownTable(by, drawnRun(other)).rows).toEqual(shownTable(by, drawnRun(one)).rows)
      }),
      { numRuns: 20 },
    )
  })

  test('of phases, categories and test files add up to the totals', () => {
    const sum = (by: TableName, key: string) =>
      tableOf(by).rows.reduce((total, row) => total + Number(row[key]), 0)
    expect(sum('phase', 'wallMs')).toBeCloseTo(report.totals.fileWallMs, 6)
    expect(sum('test-file', 'wallMs')).toBeCloseTo(report.totals.fileWallMs, 6)
    expect(sum('function', 'selfMs')).toBeLessThanOrEqual(sum('category', 'selfMs'))
    expect(sum('wait', 'totalMs')).toBeCloseTo(report.totals.idleMs + report.totals.blockedMs, 6)
  })
})

describe('The text of a table', () => {
  const large = drawnRun(
    largeRun({ files: 40, testsOfEach: 30, samplesOfEach: 50, stacksOfEach: 20, workers: 2 }),
  )

  test.each(TABLE_NAMES)('by %s stays within the limits that the help states', by => {
    for (const top of [1, 10, 1000]) {
      const lines = textOf(shownTable(by, large), large.report, top).split('\n').slice(0, -1)
      expect(lines.length).toBeLessThanOrEqual(top + MOST_OTHER_LINES)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(200)
    }
  })

  test('reports the number of rows and how to see the rest', () => {
    expect(textOf(tableOf('function'), report, 2)).toContain(
      'functions by self time   2 of 5, all with --top 5\n',
    )
    expect(textOf(tableOf('function'), report)).toContain('functions by self time   all 5\n')
  })

  test('ends with commands that show more detail', () => {
    const [test] = tableOf('test').rows
    expect(textOf(tableOf('test'), report)).toContain(
      `\nNext:\n  npx jest-profiler show --test ${test?.id}\n`,
    )
  })

  test('reports that there are no rows', () => {
    const nothing = drawnRun([])
    expect(textOf(shownTable('hook', nothing), nothing.report)).toContain('hooks by wall time: none\n')
  })

  test('removes control characters from names', () => {
    const hostile = { profile, report: hostileReport() }
    for (const by of TABLE_NAMES) {
      const text = textOf(shownTable(by, hostile), hostile.report)
      expect(stripVTControlCharacters(text)).toBe(text)
    }
    expect(HOSTILE).toContain('\u001b')
  })
})

describe('The JSON of a table', () => {
  test('contains complete rows and their number', () => {
    const json = JSON.parse(toTableJson(tableOf('test'), report, 1))
    expect(json).toMatchObject({ schemaVersion: 1, run: report.run.id, by: 'test', total: 4 })
    expect(json.rows).toEqual([tableOf('test').rows[0]])
    expect(json).not.toHaveProperty('selection')
  })

  test('contains the selection', () => {
    const selected = { ...report, run: { ...report.run, selection: { test: 'adds up' } } }
    expect(JSON.parse(toTableJson(tableOf('test'), selected, 1)).selection).toEqual({ test: 'adds up' })
    expect(textOf(tableOf('test'), selected)).toContain(
      'Only test "adds up": all values are for that part of the run.',
    )
  })
})

test('A column of bytes shows values in bytes', () => {
  const { cell } = amount<{ allocated: number | null }>('allocated', 'allocated', 'bytes')
  const cells = [2_500_000, 40, null].map(allocated => cell({ allocated }))
  expect(
    cells.map(entry => cellText(entry, textStyle({ longestName: 60, mostItems: 1, toShown: String }))),
  ).toEqual(['2.5 MB', '40 B', '–'])
  expect(cells.map(figureOf)).toEqual([2_500_000, 40, null])
})

test('a summary leaves out waits that are short, or a small share of a long run in which a core was free', () => {
  const { report } = factsOf({})
  const waits = [30, 9].map(totalMs => waitReport({ totalMs }))
  const rowsOf = (totals: Partial<Report['totals']>) =>
    LONG_WAITS.rows({ ...report, waits, totals: { ...report.totals, ...totals } }).map(
      ({ totalMs }) => totalMs,
    )
  expect(rowsOf({ fileWallMs: 10_000 })).toEqual([30])
  expect(rowsOf({ fileWallMs: 20_000 })).toEqual([])
  expect(rowsOf({ fileWallMs: 20_000, readyMs: 8000 })).toEqual([30])
})
