import { describe, expect, test } from '@jest/globals'
import { toTableText } from '../../../src/formats/shown-table.js'
import type { Cell } from '../../../src/tables/cell.js'
import { column } from '../../../src/tables/columns.js'
import { type ShownTable, shownTable } from '../../../src/tables/shown-table.js'
import { MOST_OTHER_LINES, TABLE_NAMES } from '../../../src/tables/table.js'
import { hostileReport, largeReport, ordinaryReport } from '../../support/drawn-reports.js'
import { drawnRun } from '../../support/drawn-run.js'

const { profile } = drawnRun()
const options = { top: 10, columns: 200, colors: false, next: ['npx jest-profiler show'] }

const durationOf = (row: unknown): Cell => ({ kind: 'duration', ms: Number(row) })

/** A table with the given number of rows, none of them cut. */
function tableOf(rows: number): ShownTable {
  return {
    by: 'phase',
    title: 'things',
    columns: [column('wallMs', 'wall', durationOf)],
    rows: Array.from({ length: rows }, (_, index) => ({ id: `row-${index}`, wallMs: index })),
    cellsOf: row => [durationOf(row)],
    leftOut: 0,
    noteOf: () => '',
  }
}

describe('The text of a table', () => {
  test.each([
    [5, 10, 'all 5'],
    [50, 10, '10 of 50, all with --top 50'],
    [100, 10, '10 of 100, all with --top 100'],
    [1500, 10, '10 of 1,500, more with --top 100'],
  ])('of %d rows, limited to %d, says how to see more', (rows, top, range) => {
    const text = toTableText(tableOf(rows), ordinaryReport(), { ...options, top })
    expect(text).toContain(`things   ${range}\n`)
  })

  test.each(TABLE_NAMES)('by %s stays within its limits for any names', by => {
    for (const report of [largeReport(), hostileReport()]) {
      const selected = { ...report, run: { ...report.run, selection: { test: 'a', file: 'b' } } }
      const lines = toTableText(shownTable(by, { report: selected, profile }), selected, options).split('\n')
      expect(lines.length - 1).toBeLessThanOrEqual(options.top + MOST_OTHER_LINES)
      expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(200)
      expect(lines.join('\n')).not.toMatch(/\p{Cc}(?<!\n)|undefined|NaN/u)
    }
  })

  test('of a part of a run has the time of that part, and names it', () => {
    const report = ordinaryReport()
    const part = { ...report, run: { ...report.run, selection: { file: 'a.test.ts' } } }
    const text = toTableText(tableOf(1), part, options)
    expect(text).toContain('Only file "a.test.ts": all values are for that part of the run.\n')
    const wallOf = (shown: string) => /^wall (\S+ \S+)/m.exec(shown)?.[1]
    const whole = { ...report, totals: { ...report.totals, wallMs: report.totals.fileWallMs } }
    expect(wallOf(text)).toBe(wallOf(toTableText(tableOf(1), whole, options)))
  })

  test('of tests names projects if there are several', () => {
    const report = ordinaryReport()
    const inProjects = {
      ...report,
      files: report.files.map((file, index) => ({ ...file, project: `project ${index}` })),
    }
    const textOf = (given: typeof report) =>
      toTableText(shownTable('test', { report: given, profile }), given, options)
    expect(textOf(inProjects)).toMatch(/test\/cart\.test\.ts:8:1 \(project \d\)/)
    expect(textOf(report)).not.toContain('(project')
  })
})
