import { describe, expect, test } from '@jest/globals'
import { toMarkdown } from '../../../src/formats/markdown/markdown.js'
import { fewTestsReport, hostileReport, largeReport, ordinaryReport } from '../../support/drawn-reports.js'
import { expectGolden } from '../../support/golden.js'
import { reportOf } from '../../support/run-record.js'

describe('toMarkdown', () => {
  test('shows what to change, where the time went, and what is missing', () => {
    expectGolden('ordinary.md', toMarkdown(ordinaryReport(), { topN: 10 }))
  })

  test('of a few tests first reports what each one’s time went to', () => {
    expectGolden('few-tests.md', toMarkdown(fewTestsReport(), { topN: 10 }))
  })

  test('of a run without samples is its headline', () => {
    expectGolden('nothing.md', toMarkdown(reportOf([]), { topN: 10 }))
  })

  test('names from tests and code are text, never markup, and stay in their cells', () => {
    const text = toMarkdown(hostileReport(), { topN: 10 })
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
    expectGolden('hostile.md', text)
  })

  test('every row of a table has as many cells as its head', () => {
    for (const report of [ordinaryReport(), hostileReport(), largeReport()]) {
      const tables = toMarkdown(report, { topN: 3 })
        .split('\n\n')
        .filter(part => part.startsWith('|'))
      const widths = tables.map(table => new Set(table.trim().split('\n').map(cellsOf)))
      expect(widths.map(({ size }) => size)).toEqual(widths.map(() => 1))
      expect(widths.length).toBeGreaterThan(3)
    }
  })

  test('has as many rows as were requested, and says what is left out of those missing', () => {
    const large = largeReport()
    const missing = large.missing.map((entry, index) => ({ ...entry, reason: `fault ${index}` }))
    const text = toMarkdown({ ...large, missing }, { topN: 2 })
    expect(text.match(/test\/part-\d+\.test\.ts` +\| +20 \|/g)).toHaveLength(2)
    expect(text).toContain('12 files, 2 of them here.')
  })

  test('says which tables are cut in report.json', () => {
    const truncated = [{ table: 'tests', kept: 20_000, total: 30_000 }]
    expect(toMarkdown({ ...ordinaryReport(), truncated }, { topN: 1 })).toContain(
      '## Cut in report.json\n\n- tests: the first 20,000 of 30,000 rows; the run’s recordings contain all\n',
    )
  })

  test('marks positions for which there was no source map', () => {
    const report = ordinaryReport()
    const hotspots = report.hotspots.map(hotspot => ({ ...hotspot, generated: true as const }))
    expect(toMarkdown({ ...report, hotspots }, { topN: 1 })).toContain('(no source map)')
  })
})

// A pipe ends a cell unless a backslash stands before it, in code spans too: https://github.github.com/gfm/#example-200
function cellsOf(row: string): number {
  return row.replaceAll(/\\[\\|]/g, pair => (pair === '\\|' ? '' : pair)).split('|').length
}
