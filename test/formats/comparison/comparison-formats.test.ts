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
  test('shows environment differences, then the verdict, then the tables', () => {
    expectGolden('comparison.txt', comparisonToTerminal(comparison, options))
  })

  test('shows an unchanged suite as one sentence with only the rows of the run and its phases', () => {
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
  ])('claims no proof and prints no p-value with %d runs per side', (runs, sentence, certainty) => {
    const text = comparisonToTerminal(ordinaryComparison({ runs }), options)
    expect(text).toContain(sentence)
    // The word "proven" occurs only in its own explanation.
    expect(text).not.toMatch(/p[=<]\d|slower|faster|shown|proven(?!: significant)/)
    expect(text).toMatch(new RegExp(`\\+210 ms .* ${certainty} .*priceOf +src/price\\.ts`))
  })

  test('with one run per side lists changes beyond sampling error that are at least 2 % of the run', () => {
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

  test('keeps tables within the terminal’s width and the number of rows requested', () => {
    const lines = comparisonToTerminal(comparison, { ...options, topN: 1, columns: 80 }).split('\n')
    const rows = lines.filter(line => line.startsWith('   '))
    expect(rows.length).toBeGreaterThan(4)
    expect(rows.filter(line => line.length > 80)).toEqual([])
    expect(rows.filter(line => line.includes(' proven ')).length).toBeLessThanOrEqual(5)
  })

  test('shows all rows of a selected table, and no other table', () => {
    const text = comparisonToTerminal(comparison, { ...options, tables: ['functions'] })
    expect(text).toMatch(/ unclear .*total +src\/cart\.ts:4:8/)
    expect(text).not.toContain('Phases')
  })

  test('shows unmatched functions only together with the table of functions', () => {
    const [row] = comparison.tables.functions
    if (row === undefined) throw new Error('nothing was drawn')
    const withOne = { ...comparison, unmatched: [{ side: 'base' as const, entity: row.entity, medianMs: 9 }] }
    for (const format of [comparisonToTerminal, comparisonToMarkdown]) {
      const shows = (tables: ('functions' | 'tests')[] | undefined) =>
        format(withOne, { ...options, ...(tables && { tables }) }).includes('cannot be matched')
      expect([shows(undefined), shows(['functions']), shows(['tests'])]).toEqual([true, true, false])
    }
  })

  test('removes control characters and line breaks from names of tests and functions', () => {
    const text = comparisonToTerminal(hostileComparison(), options)
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
    expect(text.split('\n').filter(line => line !== '' && !line.startsWith(' '))).toEqual([])
  })

  test('prints the same text with colours', () => {
    const colored = comparisonToTerminal(comparison, { ...options, colors: true })
    expect(colored).toContain('\u001b[1mFunctions\u001b[22m')
    expect(stripVTControlCharacters(colored)).toBe(comparisonToTerminal(comparison, options))
  })
})

describe('The rows shown', () => {
  const lines = (text: string, part: string) => text.split('\n').filter(line => line.includes(part))
  const inTests = { ...options, tables: ['tests', 'phases'] as const }

  test('merge wall and CPU time into one row, labelled with both, if they read the same', () => {
    const text = comparisonToTerminal(comparison, inTests)
    expect(lines(text, 'cart › adds up')).toEqual([
      expect.stringMatching(/\+210 ms +\+98 % +wall, CPU +proven +215 ms → 425 ms/),
    ])
    expect(lines(text, '350 ms → 560 ms')).toHaveLength(1)
    expect(comparisonToMarkdown(comparison, inTests)).toMatch(
      /\| wall, CPU +\| proven +\| 215 ms → 425 ms +\| `cart › adds up`/,
    )
  })

  test('keep wall and CPU time apart if they read differently', () => {
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

  test('have the weakest evidence among the rows that they merge', () => {
    const [row] = comparison.tables.phases
    if (row === undefined) throw new Error('nothing was drawn')
    const rows = foldedRows([
      { ...row, measure: 'cpu', pAdjusted: 0.001 },
      { ...row, measure: 'wall', pAdjusted: 0.03 },
    ])
    expect(rows).toMatchObject([{ measure: 'wall', sameMeasures: ['cpu'], pAdjusted: 0.03 }])
  })

  test('include a test that is new in one project even if its file is new in another', () => {
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
      expect.stringMatching(/test file +a\.test\.ts +\(dom\)/),
      expect.stringMatching(/test +other/),
    ])
  })
})

describe('comparisonToMarkdown', () => {
  test('starts with the verdict and folds its tables', () => {
    expectGolden('comparison.md', comparisonToMarkdown(comparison, { topN: 10 }))
  })

  test('writes names as text, never as markup', () => {
    const text = comparisonToMarkdown(hostileComparison(), { topN: 10 })
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
    expect(text.replace(/(`+).*?\1/g, '')).not.toContain('<img')
    const tables = text.split('\n').filter(line => line.startsWith('|') && !/^\|[ :|-]+$/.test(line))
    expect(tables.length).toBeGreaterThan(5)
    expect(new Set(tables.map(line => line.match(/(?<!\\)\|/g)?.length))).toEqual(new Set([10, 9, 5]))
  })
})

test('comparisonToJson writes the comparison unchanged', () => {
  expect(JSON.parse(comparisonToJson(comparison))).toEqual(comparison)
})
