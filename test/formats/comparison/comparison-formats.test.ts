import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { compareRuns } from '../../../src/compare/compare-runs.js'
import { comparisonToJson } from '../../../src/formats/comparison/formats.js'
import { comparisonToMarkdown } from '../../../src/formats/comparison/markdown.js'
import { foldedRows } from '../../../src/formats/comparison/shown-rows.js'
import { comparisonToTerminal } from '../../../src/formats/comparison/terminal.js'
import { drawnFigures, figure } from '../../support/drawn-figures.js'
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
      /The command took 1\.11 s before and 1\.11 s after \(no change, unclear\)\. No significant change \(0 of \d+ metrics tested\)\./,
    )
    expect(text).not.toContain('Functions')
    expect(text.match(/ unclear {2}/g)?.length).toBe(4)
  })

  test.each([
    [1, 'Inconclusive: one run per side cannot separate change from noise.', 'unclear'],
    [3, 'Most of it: priceOf', 'clear'],
  ])('proves nothing and prints no p with %d runs a side', (runs, sentence, certainty) => {
    const text = comparisonToTerminal(ordinaryComparison({ runs }), options)
    expect(text).toContain(sentence)
    // All that is said of proof is what the word would mean.
    expect(text).not.toMatch(/p[=<]\d|slower|faster|shown|proven(?!: significant)/)
    expect(text).toMatch(new RegExp(`\\+210 ms .* ${certainty} .*priceOf +src/price\\.ts`))
  })

  test('with one run a side lists what is beyond sampling error and at least a fiftieth of the run', () => {
    const side = (tests: Record<string, number>) => [
      drawnFigures({
        tables: {
          run: [figure({ name: ['test files'] }, { wall: 10_000 })],
          functions: Object.entries(tests).map(([name, self]) =>
            figure({ name: [name], file: 'src/a.ts', category: 'source' }, { self }),
          ),
        },
      }),
    ]
    const base = side({ large: 100, small: 10, unsure: 3000 })
    const head = side({ large: 900, small: 190, unsure: 3210 })
    const rows = (text: string) => text.match(/(?<=^ {3}.*)\b(?:large|small|unsure)(?= +src)/gm)
    expect(rows(comparisonToTerminal(compareRuns(base, head), options))).toEqual(['large'])
    const asked = { ...options, tables: ['functions'] as const }
    expect(rows(comparisonToTerminal(compareRuns(base, head), asked))).toHaveLength(3)
  })

  test('is no wider than the terminal in its tables, and as long as was requested', () => {
    const lines = comparisonToTerminal(comparison, { ...options, topN: 1, columns: 80 }).split('\n')
    const rows = lines.filter(line => line.startsWith('   '))
    expect(rows.length).toBeGreaterThan(4)
    expect(rows.filter(line => line.length > 80)).toEqual([])
    expect(rows.filter(line => line.includes(' proven ')).length).toBeLessThanOrEqual(5)
  })

  test('shows all of a table that was requested, and no other', () => {
    const text = comparisonToTerminal(comparison, { ...options, tables: ['functions'] })
    expect(text).toMatch(/ unclear .*total +src\/cart\.ts:4:8/)
    expect(text).not.toContain('Phases')
  })

  test('has functions that cannot be matched beside functions alone', () => {
    const [row] = comparison.tables.functions
    if (row === undefined) throw new Error('nothing was drawn')
    const withOne = { ...comparison, unmatched: [{ side: 'base' as const, entity: row.entity, medianMs: 9 }] }
    for (const format of [comparisonToTerminal, comparisonToMarkdown]) {
      const shows = (tables: ('functions' | 'tests')[] | undefined) =>
        format(withOne, { ...options, ...(tables && { tables }) }).includes('cannot be matched')
      expect([shows(undefined), shows(['functions']), shows(['tests'])]).toEqual([true, true, false])
    }
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

describe('what is shown', () => {
  const lines = (text: string, part: string) => text.split('\n').filter(line => line.includes(part))
  const inTests = { ...options, tables: ['tests', 'phases'] as const }

  test('is one row for wall and CPU time that say the same, and says so', () => {
    const text = comparisonToTerminal(comparison, inTests)
    expect(lines(text, 'cart › adds up')).toEqual([
      expect.stringMatching(/\+210 ms +\+98 % +wall, CPU +proven +215 ms → 425 ms/),
    ])
    expect(lines(text, '350 ms → 560 ms')).toHaveLength(1)
    expect(comparisonToMarkdown(comparison, inTests)).toMatch(
      /\| wall, CPU +\| proven +\| 215 ms → 425 ms +\| cart › adds up/,
    )
  })

  test('is a row for each that reads differently', () => {
    const side = (cpu: number) =>
      [0, 1, 2, 3, 4].map(run =>
        drawnFigures({
          startedAtMs: run,
          tables: { tests: [figure({ name: ['works'], file: 'a.test.ts' }, { wall: 200, cpu: cpu + run })] },
        }),
      )
    const text = comparisonToTerminal(compareRuns(side(100), side(150)), inTests)
    expect(lines(text, ' works  ').map(line => /wall, CPU|wall|CPU/.exec(line)?.[0])).toEqual(['CPU', 'wall'])
  })

  test('has the evidence that holds for all that a row represents', () => {
    const [row] = comparison.tables.phases
    if (row === undefined) throw new Error('nothing was drawn')
    const rows = foldedRows([
      { ...row, measure: 'cpu', pAdjusted: 0.001 },
      { ...row, measure: 'wall', pAdjusted: 0.03 },
    ])
    expect(rows).toMatchObject([{ measure: 'wall', alike: ['cpu'], pAdjusted: 0.03 }])
  })

  test('of a test that is new in one project is shown though its file is new in another', () => {
    const file = 'a.test.ts'
    const inProject = (project: string, name: string) => figure({ project, file, name: [name] }, { wall: 50 })
    const ofProjects = (projects: string[]) =>
      projects.map(project => figure({ project, file }, { wall: 90 }))
    const text = comparisonToTerminal(
      compareRuns(
        [drawnFigures({ tables: { files: ofProjects(['node']), tests: [inProject('node', 'old')] } })],
        [
          drawnFigures({
            tables: {
              files: ofProjects(['node', 'dom']),
              tests: [inProject('node', 'old'), inProject('node', 'other'), inProject('dom', 'old')],
            },
          }),
        ],
      ),
      options,
    )
    expect(lines(text, ' added  ').map(line => line.trim())).toEqual([
      expect.stringMatching(/test files +a\.test\.ts +\(dom\)/),
      expect.stringMatching(/tests +other/),
    ])
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
    expect(new Set(tables.map(line => line.match(/(?<!\\)\|/g)?.length))).toEqual(new Set([10, 6, 5]))
  })
})

test('comparisonToJson is the comparison itself', () => {
  expect(JSON.parse(comparisonToJson(comparison))).toEqual(comparison)
})
