import { describe, expect, test } from '@jest/globals'
import { toMarkdown } from '../../../src/formats/markdown/markdown.js'
import {
  fewTestsReport,
  hostileCalls,
  hostileReport,
  largeReport,
  ordinaryReport,
} from '../../support/drawn-reports.js'
import { expectGolden } from '../../support/golden.js'
import { reportOf } from '../../support/run-record.js'

describe('toMarkdown', () => {
  test('shows suggestions, where the time went, and limitations', () => {
    expectGolden('ordinary.md', toMarkdown(ordinaryReport(), { topN: 10 }))
  })

  test('starts with a breakdown of each test if there are few tests', () => {
    expectGolden('few-tests.md', toMarkdown(fewTestsReport(), { topN: 10 }))
  })

  test('shows only the headline for a run without samples', () => {
    expectGolden('nothing.md', toMarkdown(reportOf([]), { topN: 10 }))
  })

  test('writes names of tests and functions as text, never as markup, within their cells', () => {
    const text = toMarkdown({ ...hostileReport(), calls: hostileCalls() }, { topN: 10 })
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
    expectGolden('hostile.md', text)
  })

  test('gives every row of a table as many cells as its header', () => {
    for (const report of [ordinaryReport(), hostileReport(), largeReport()]) {
      const tables = toMarkdown(report, { topN: 3 })
        .split('\n\n')
        .filter(part => part.startsWith('|'))
      const widths = tables.map(table => new Set(table.trim().split('\n').map(cellsOf)))
      expect(widths.map(({ size }) => size)).toEqual(widths.map(() => 1))
      expect(widths.length).toBeGreaterThan(3)
    }
  })

  test('shows as many rows as requested, and counts the omitted missing files', () => {
    const large = largeReport()
    const missing = large.missing.map((entry, index) => ({ ...entry, reason: `fault ${index}` }))
    const text = toMarkdown({ ...large, missing }, { topN: 2 })
    const [, section = ''] = text.split('## Slowest files, by phase\n\n')
    expect(section.split('\n\n')[0]?.match(/\| 20 \| `test\/part-\d+\.test\.ts` \|/g)).toHaveLength(2)
    expect(text).toContain('12 files, 2 of them here.')
  })

  test('lists the tables truncated in report.json', () => {
    const truncated = [{ table: 'tests', kept: 20_000, total: 30_000 }]
    expect(toMarkdown({ ...ordinaryReport(), truncated }, { topN: 1 })).toContain(
      '## Cut in report.json\n\n- tests: the first 20,000 of 30,000 rows; the run’s recordings contain all\n',
    )
  })

  test('marks positions that have no source map', () => {
    const report = ordinaryReport()
    const hotspots = report.hotspots.map(hotspot => ({ ...hotspot, generated: true as const }))
    expect(toMarkdown({ ...report, hotspots }, { topN: 1 })).toContain('(no source map)')
  })
})

// A pipe ends a cell unless a backslash stands before it, in code spans too: https://github.github.com/gfm/#example-200
function cellsOf(row: string): number {
  return row.replaceAll(/\\[\\|]/g, pair => (pair === '\\|' ? '' : pair)).split('|').length
}
