import { describe, expect, test } from '@jest/globals'
import { compareRuns } from '../../src/compare/compare-runs.js'
import type { ComparisonRow, SideFigures, Verdict } from '../../src/compare/comparison.js'
import { certaintyOf } from '../../src/compare/judge/judgement.js'
import { verdictSentence } from '../../src/formats/comparison/wording.js'
import { drawnFigures, entity, figure } from '../support/drawn-figures.js'

const INTERVAL = 1

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

function side(values: (number | null)[]): SideFigures {
  const known = values.filter(value => value !== null)
  return { medianMs: middle(known), values, errorMs: null, totalMs: null }
}

function certainty(
  base: (number | null)[] | null,
  head: (number | null)[] | null,
  verdict: Verdict = 'too few runs',
): ComparisonRow['certainty'] {
  const sides = { base: base && side(base), head: head && side(head) }
  const changeMs = sides.base && sides.head && sides.head.medianMs - sides.base.medianMs
  const changePercent =
    sides.base?.medianMs && changeMs !== null ? (100 * changeMs) / sides.base.medianMs : null
  const row = { table: 'functions', measure: 'self', entity: entity({}), was: null } as const
  return certaintyOf(
    { ...row, ...sides, changeMs, changePercent, interval95Ms: null, p: null, pAdjusted: null, verdict },
    INTERVAL,
  )
}

describe('The certainty of a change', () => {
  test.each(['slower', 'faster'] as const)('is proven if it was tested and is %s', verdict => {
    expect(certainty([100, 110], [105, 200], verdict)).toBe('proven')
  })

  test.each<[string, (number | null)[], (number | null)[]]>([
    ['the gap between the sides is as large as the spread within a side', [100, 110], [120, 125]],
    ['the function became faster', [200, 210], [100, 104]],
    ['the function took no time before', [0, 0], [5, 6]],
    ['some runs lack the function', [100, null, 101], [null, 150, 151]],
  ])('is clear if %s', (_why, base, head) => {
    expect(certainty(base, head)).toBe('clear')
    expect(certainty(base, head, 'no change shown')).toBe('clear')
  })

  test.each<[string, (number | null)[] | null, (number | null)[] | null]>([
    ['the runs of both sides overlap', [100, 121], [120, 140]],
    ['the sides are equal', [100, 100], [100, 100]],
    ['the gap between the sides is smaller than the spread within a side', [100, 110], [119, 130]],
    ['the change is below 3 %', [1000, 1001], [1025, 1026]],
    ['the change is below the sampling interval', [10, 10], [10.9, 10.9]],
    ['a side has one run', [100], [500, 501]],
    ['only one run of a side has the function', [100, null], [500, 501]],
    ['the function is only in head', null, [500, 501]],
    ['the function is only in base', [500, 501], null],
  ])('is unclear if %s', (_why, base, head) => {
    expect(certainty(base, head)).toBe('unclear')
  })

  test('is unclear if the machine changed as much, even if the runs are far apart', () => {
    expect(certainty([100, 101], [200, 201], 'within drift')).toBe('unclear')
  })
})

describe('A hook that went from 207 ms to 2.4 ms in four runs per side', () => {
  const PLACE = { file: 'a.test.ts', line: 3, column: 3 }

  /** Four runs with a hook of that duration, and noise in everything else. */
  const runsOf = (hookMs: number) =>
    [0, 1, 2, 3].map(run => {
      const noise = ((run * 7) % 4) * 3
      return drawnFigures({
        ...{ id: `run ${run}`, startedAtMs: run, samplingIntervalMs: 1, fileWallMs: 1000 + hookMs + noise },
        tables: {
          run: [
            figure({ name: ['run'] }, { wall: 1200 + hookMs + noise }),
            figure({ name: ['test files'] }, { wall: 1000 + hookMs + noise }),
          ],
          phases: [figure({ name: ['hooks'] }, { wall: hookMs + noise / 10 })],
          functions: [
            figure(
              { name: ['busy'], file: 'src/busy.ts', line: 1, category: 'source' },
              { self: 700 + noise },
            ),
          ],
          hooks: [
            figure({ ...PLACE, line: 30, name: ['cart', 'afterEach'] }, { wall: 400 + noise }),
            figure({ ...PLACE, name: ['cart', 'beforeEach'] }, { wall: hookMs + run / 10 }),
          ],
        },
      })
    })
  const comparison = compareRuns(runsOf(207), runsOf(2.4))

  test('is the first row of its table', () => {
    const [first, second] = comparison.tables.hooks
    expect(first?.entity.name).toEqual(['cart', 'beforeEach'])
    expect(first?.certainty).not.toBe('unclear')
    expect(second).toMatchObject({ entity: { name: ['cart', 'afterEach'] }, certainty: 'unclear' })
  })

  test('is named in the verdict together with the time of the command before and after', () => {
    expect(verdictSentence(comparison)).toMatch(
      /^The command took 1\.41 s before and 1\.21 s after \(−205 ms, −14 %, (?:proven|clear)\)\. Most of it: beforeEach of cart a\.test\.ts:3:3 −205 ms, −99 % \((?:proven|clear)\)\.$/,
    )
  })

  test('is named even if noise hides it in the whole run', () => {
    const noisy = (hookMs: number) =>
      runsOf(hookMs).map((run, index) => ({
        ...run,
        tables: { ...run.tables, run: [figure({ name: ['run'] }, { wall: 5000 + index * 900 })] },
      }))
    expect(verdictSentence(compareRuns(noisy(207), noisy(2.4)))).toMatch(
      /unclear\)\. What changed: beforeEach of cart a\.test\.ts:3:3 −205 ms/,
    )
  })
})
