import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { comparisonToJson } from '../../../src/formats/comparison/json.js'
import { comparisonToMarkdown } from '../../../src/formats/comparison/markdown.js'
import { comparisonToTerminal } from '../../../src/formats/comparison/terminal.js'
import { expectGolden } from '../../support/golden.js'
import { hostileComparison, ordinaryComparison, unchangedComparison } from './comparisons.js'

const options = { topN: 10, columns: 160, colors: false }
const comparison = ordinaryComparison({ runs: 10 })

describe('comparisonToTerminal', () => {
  test('says what differs, then the answer, then its figures', () => {
    expectGolden('comparison.txt', comparisonToTerminal(comparison, options))
  })

  test('has one sentence for a suite that did not change, and no row but the run’s and its phases’', () => {
    const text = comparisonToTerminal(unchangedComparison(), options)
    expect(text).toMatch(
      /not shown to be slower than base: none of \d+ figures tested changed by more than noise\./,
    )
    expect(text).not.toContain('Functions')
    expect(text.match(/ ~ /g)?.length).toBe(5)
  })

  test.each([1, 3])('claims nothing and prints no p with %d runs a side', runs => {
    const text = comparisonToTerminal(ordinaryComparison({ runs }), options)
    expect(text).toContain('No verdict')
    expect(text).not.toMatch(/p[=<]\d|slower|faster|shown/)
    expect(text).toContain('priceOf')
  })

  test('is no wider than the terminal in its tables, and as long as was asked for', () => {
    const lines = comparisonToTerminal(comparison, { ...options, topN: 1, columns: 80 }).split('\n')
    const rows = lines.filter(line => line.startsWith('   '))
    expect(rows.length).toBeGreaterThan(4)
    expect(rows.filter(line => line.length > 80)).toEqual([])
    expect(rows.filter(line => line.includes('n=10+10')).length).toBeLessThanOrEqual(5)
  })

  test('shows all of a table that was asked for, and no other', () => {
    const text = comparisonToTerminal(comparison, { ...options, tables: ['functions'] })
    expect(text).toMatch(/ ~ .*total +src\/cart\.ts:4:8/)
    expect(text).not.toContain('Phases')
  })

  test('names from tests and code cannot give orders to the terminal or break its lines', () => {
    const text = comparisonToTerminal(hostileComparison(), options)
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
    expect(text.split('\n').filter(line => line !== '' && !line.startsWith(' '))).toEqual([])
  })

  test('says the same in colours', () => {
    const colored = comparisonToTerminal(comparison, { ...options, colors: true })
    expect(colored).toContain('\u001b[1mFunctions\u001b[22m')
    expect(stripVTControlCharacters(colored)).toBe(comparisonToTerminal(comparison, options))
  })
})

describe('comparisonToMarkdown', () => {
  test('has the answer first, and its tables folded', () => {
    expectGolden('comparison.md', comparisonToMarkdown(comparison, { topN: 10 }))
  })

  test('names are text, never markup', () => {
    const text = comparisonToMarkdown(hostileComparison(), { topN: 10 })
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
    expect(text.replace(/(`+).*?\1/g, '')).not.toContain('<img')
    const tables = text.split('\n').filter(line => line.startsWith('|') && !/^\|[ :|-]+$/.test(line))
    expect(tables.length).toBeGreaterThan(5)
    expect(new Set(tables.map(line => line.match(/(?<!\\)\|/g)?.length))).toEqual(new Set([9, 6, 5]))
  })
})

test('comparisonToJson is the comparison itself', () => {
  expect(JSON.parse(comparisonToJson(comparison))).toEqual(comparison)
})
