import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { toTerminal } from '../../../src/formats/terminal/terminal.js'
import { parseOptions } from '../../../src/options/options.js'
import type { Report } from '../../../src/report/report.js'
import { budgetReport, excess } from '../../support/budgets.js'
import { fewTestsReport, hostileReport, largeReport, ordinaryReport } from '../../support/drawn-reports.js'
import { expectGolden } from '../../support/golden.js'
import { reportOf } from '../../support/run-record.js'

const { topN } = parseOptions({}, { base: '/project', where: '' })
const reportPath = '.jest-profiler/latest/report.md'
const options = {
  topN,
  columns: 120,
  colors: false,
  links: false,
  cwd: '/project',
  reportPath,
  toShown: (path: string) => path,
}

/** Control characters other than the line feed, and those that change the direction of text. */
const ORDERS = /[^\P{Cc}\n]|\p{Bidi_Control}/u

describe('toTerminal', () => {
  test('shows where the time went on one screen', () => {
    expectGolden('ordinary.txt', toTerminal(ordinaryReport(), options))
  })

  test('starts with a breakdown of each test if there are few tests', () => {
    const text = toTerminal(fewTestsReport(), options)
    expectGolden('few-tests.txt', text)
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
  })

  test('reports that nothing was sampled and nothing was written', () => {
    expectGolden('nothing.txt', toTerminal(reportOf([]), { ...options, reportPath: undefined }))
  })

  test('starts with what makes these values untypical', () => {
    const report = ordinaryReport()
    const caveats = ['CPU contention: a caveat', 'The cache was cold: another caveat']
    const lines = toTerminal({ ...report, caveats }, options).split('\n')
    expect(lines.slice(3, 5).map(line => line.trim())).toEqual(caveats)
  })

  test('reports the time of the whole command and its considerable parts', () => {
    const shownWith = (command: Report['command']) => {
      const lines = toTerminal({ ...ordinaryReport(), command }, { ...options, columns: 200 }).split('\n')
      return lines.filter(line => line.includes('whole command')).map(line => line.trim())
    }
    const after = {
      ...{ wallMs: 2000, coverageMs: 1000, reportersMs: 199, reporters: [], profilerMs: 200 },
      ...{ globalTeardownMs: 600, exitMs: null },
    }
    const startUp = { wallMs: 2000, fileMapMs: 120, findTestsMs: 10, globalSetupMs: 1500 }
    expect(shownWith({ wallMs: 10_000, startUp, running: { wallMs: 6000 }, after })).toEqual([
      'whole command 10.0 s: startup 2.00 s (globalSetup 1.50 s) · test files 6.00 s · ' +
        'after tests 2.00 s (coverage 1.00 s, this report 200 ms, globalTeardown 600 ms)',
    ])
    expect(shownWith(null)).toEqual([])
  })

  test('prints at most 40 lines with default options, even for a large suite', () => {
    const lines = toTerminal(largeReport(), options).trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
  })

  test('prints as many rows as requested', () => {
    const rowsWith = (rows: number) =>
      toTerminal(largeReport(), { ...options, topN: rows }).match(/^ .*CPU .* test \d+ +test\//gm)?.length
    // From 11 rows on, the number of lines is not limited.
    expect([1, 4, 11, 50].map(rowsWith)).toEqual([1, 4, 11, 50])
  })

  test('lists all exceeded budgets first, in addition to its limit of lines', () => {
    const excesses = Array.from({ length: 50 }, (_, index) => excess({ line: index + 1, cause: null }))
    const within = excess({ verdict: 'within uncertainty', line: 0, figureMs: 201 })
    const budgets = [budgetReport({ exceeded: 50, withinUncertainty: 1, excesses: [within, ...excesses] })]
    const lines = toTerminal({ ...largeReport(), budgets }, options)
      .trimEnd()
      .split('\n')
    const first = lines.findIndex(line => line.startsWith(' Budgets '))
    expect(lines[first]).toBe(
      ' Budgets   50 limits exceeded (run fails) · 1 over the limit but within measurement error (warning)',
    )
    expect(lines.slice(first + 1, first + 51).filter(line => !line.includes('test/cart.test.ts:'))).toEqual(
      [],
    )
    expect(lines.slice(first + 51, first + 53)).toEqual([
      '   201 ms ±3.0 ms  > 200 ms (warning)  testWallMs  cart › adds up  test/cart.test.ts',
      '             → total src/cart.ts:3:5 (400 ms)',
    ])
    expect(lines.findIndex(line => line.includes('What to change'))).toBe(-1)
    expect(lines.length).toBeLessThanOrEqual(40 + 53 + 1)
  })

  test('limits a long list of exceeded budgets and reports their number', () => {
    const excesses = Array.from({ length: 150 }, () => excess({ cause: null }))
    const text = toTerminal(
      { ...largeReport(), budgets: [budgetReport({ exceeded: 150, excesses })] },
      options,
    )
    expect(text).toContain('150 limits exceeded (run fails) · 100 shown here, all in report.json')
    expect(text.match(/> 200 ms/g)).toHaveLength(100)
  })

  test('prints at most 40 lines for a coding agent, whatever is asked for and exceeded', () => {
    const excesses = Array.from({ length: 50 }, () => excess({}))
    const budgets = [budgetReport({ exceeded: 50, excesses })]
    const text = toTerminal({ ...largeReport(), budgets }, { ...options, topN: 50, isAgent: true })
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40)
    expect(text).toMatch(
      / Budgets {3}50 limits exceeded \(run fails\) · \d+ shown here, all in report\.json\n/,
    )
    expect(text).toContain(' Slowest tests\n')
  })

  test('lists budgets that could not be checked even if none is exceeded', () => {
    const budget = budgetReport({ limits: { testCpuMs: 20 }, tests: 'cart', notes: ['Nothing matched.'] })
    const text = toTerminal({ ...largeReport(), budgets: [budget] }, options)
    expect(text).toContain(
      ' Budgets that could not be checked\n   budgets[0] (testCpuMs 20 ms, tests cart): Nothing matched.\n',
    )
    expect(text).not.toContain(' Budgets   ')
  })

  test('keeps tables within the terminal’s width', () => {
    const text = toTerminal(ordinaryReport(), { ...options, columns: 60 })
    const rows = text.split('\n').filter(line => line.startsWith('   ') && !line.includes('samples:'))
    const tables = rows.filter(line => !line.includes('legacy.test.ts:'))
    expect(tables.length).toBeGreaterThan(5)
    expect(tables.filter(line => line.length > 60)).toEqual([])
  })

  test('wraps what to do instead of cutting it, and keeps the end of paths', () => {
    const report = ordinaryReport()
    const remedy = `Use fake timers ${'and nothing else '.repeat(10)}here.`
    const findings = report.findings.map(finding => ({ ...finding, remedy }))
    const text = toTerminal({ ...report, findings }, { ...options, columns: 80 })
    expect(text.replaceAll(/\n +/g, ' ')).toContain(`→ ${remedy}`)
    expect(text).toMatch(/\S+…\S*src\/price\.js:14:3|src\/price\.js:14:3/)
  })

  test('links paths that are cut, and the report, where the terminal shows links', () => {
    const long = 'packages/shop/src/a-folder-with-a-long-name/another-folder/price-of-everything.js'
    const report = ordinaryReport()
    const hotspots = report.hotspots.map(row => ({ ...row, file: long, line: 7, column: 3 }))
    const text = toTerminal({ ...report, hotspots }, { ...options, columns: 80, links: true })
    expect(text).toContain(`\u001b]8;;file:///project/${long}\u001b\\`)
    expect(text).toContain('\u001b]8;;file:///project/.jest-profiler/latest/report.md\u001b\\')
    const plain = toTerminal({ ...report, hotspots }, { ...options, columns: 80 })
    expect(stripVTControlCharacters(text)).toBe(plain)
    expect(plain).toMatch(/packages\S*…\S*thing\.js:7:3/)
  })

  test('removes control characters and line breaks from names of tests and functions', () => {
    const text = toTerminal({ ...hostileReport(), missing: [] }, { ...options, columns: 200 })
    expect(text).not.toMatch(ORDERS)
    expectGolden('hostile.txt', text)
  })

  test('removes control characters from the reasons for missing files', () => {
    const text = toTerminal(hostileReport(), options)
    expect(text).not.toMatch(ORDERS)
    expect(text.split('\n').filter(line => line.includes('red'))).not.toEqual([])
    expect(text.split('\n').filter(line => line !== '' && !line.startsWith(' '))).toEqual([])
  })

  test('styles its titles with colours enabled, and prints the same text', () => {
    const colored = toTerminal(ordinaryReport(), { ...options, colors: true })
    expect(colored).toContain('\u001b[1mSlowest tests\u001b[22m')
    expect(stripVTControlCharacters(colored)).toBe(toTerminal(ordinaryReport(), options))
  })
})
