import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { toTerminal } from '../../../src/formats/terminal/terminal.js'
import { parseOptions } from '../../../src/options.js'
import { fewTestsReport, hostileReport, largeReport, ordinaryReport } from '../../support/drawn-reports.js'
import { expectGolden } from '../../support/golden.js'
import { reportOf } from '../../support/run-record.js'

const { topN } = parseOptions({}, { rootDir: '/project', where: '' })
const reportPath = '.jest-profiler/latest/report.md'
const options = { topN, columns: 120, colors: false, reportPath, toShown: (path: string) => path }

/** Control characters but for the line's end, and what turns the direction of text. */
const ORDERS = /[^\P{Cc}\n]|\p{Bidi_Control}/u

describe('toTerminal', () => {
  test('shows where the time went, on one screen', () => {
    expectGolden('ordinary.txt', toTerminal(ordinaryReport(), options))
  })

  test('of a few tests first tells what each one’s time went to', () => {
    const text = toTerminal(fewTestsReport(), options)
    expectGolden('few-tests.txt', text)
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  })

  test('says so when nothing was sampled and nothing was written', () => {
    expectGolden('nothing.txt', toTerminal(reportOf([]), { ...options, reportPath: undefined }))
  })

  test('takes no more than 40 lines with default options, however large the suite', () => {
    const lines = toTerminal(largeReport(), options).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
  })

  test('has as many rows as were asked for', () => {
    const rowsWith = (rows: number) =>
      toTerminal(largeReport(), { ...options, topN: rows }).match(/^ .*CPU .* test \d+ +test\//gm)?.length
    expect([rowsWith(1), rowsWith(4)]).toEqual([1, 4])
  })

  test('its tables are no wider than the terminal', () => {
    const text = toTerminal(ordinaryReport(), { ...options, columns: 60 })
    const rows = text.split('\n').filter(line => line.startsWith('   ') && !line.includes('samples:'))
    const tables = rows.filter(line => !line.includes('legacy.test.ts:'))
    expect(tables.length).toBeGreaterThan(5)
    expect(tables.filter(line => line.length > 60)).toEqual([])
  })

  test('names from tests and code cannot give orders to the terminal or break its lines', () => {
    const text = toTerminal({ ...hostileReport(), missing: [] }, { ...options, columns: 200 })
    expect(text).not.toMatch(ORDERS)
    expectGolden('hostile.txt', text)
  })

  test('nor can what the reason for a missing file quotes', () => {
    const text = toTerminal(hostileReport(), options)
    expect(text).not.toMatch(ORDERS)
    expect(text.split('\n').filter(line => line.includes('red'))).not.toEqual([])
    expect(text.split('\n').filter(line => line !== '' && !line.startsWith(' '))).toEqual([])
  })

  test('styles its titles when colours are asked for, and says the same', () => {
    const colored = toTerminal(ordinaryReport(), { ...options, colors: true })
    expect(colored).toContain('\u001b[1mSlowest tests\u001b[22m')
    expect(stripVTControlCharacters(colored)).toBe(toTerminal(ordinaryReport(), options))
  })
})
