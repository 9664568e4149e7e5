import { describe, expect, test } from '@jest/globals'
import { compareRuns } from '../../src/compare/compare-runs.js'
import {
  type Comparison,
  type ComparisonRow,
  type Entity,
  TABLES,
  type Table,
} from '../../src/compare/comparison.js'
import type { Figure, RunFigures } from '../../src/compare/run-figures.js'
import { drawnFigures, figure, runOfSuite, seeded } from '../support/drawn-figures.js'

const work: Partial<Entity> = { name: ['work'], file: 'src/a.ts', line: 3, category: 'source' }

/** Runs with these self times of one function, or without the function where the time is undefined. */
function runsOf(times: (number | undefined)[], control: (run: number) => number = () => 100): RunFigures[] {
  return times.map((self, run) =>
    drawnFigures({
      id: `run ${run}`,
      startedAtMs: run,
      framework: [{ file: 'a.test.ts', cpuMs: control(run) }],
      tables: { functions: self === undefined ? [] : [figure(work, { self })] },
    }),
  )
}

const between = (low: number, count = 10) => Array.from({ length: count }, (_, run) => low + run)
const only = ({ tables }: Comparison, table: Table = 'functions') => tables[table][0] as ComparisonRow

describe('With four or more runs per side, compareRuns', () => {
  test('reports a function as slower, with interval and p, if all its runs are slower', () => {
    const row = only(compareRuns(runsOf(between(100)), runsOf(between(150))))
    expect(row).toMatchObject({
      base: { medianMs: 104.5 },
      head: { medianMs: 154.5, values: between(150) },
      changeMs: 50,
      interval95Ms: [47, 53],
      verdict: 'slower',
    })
    expect(row.changePercent).toBeCloseTo(47.85, 2)
    expect(row.p).toBeCloseTo(2 / 184_756, 9)
    expect(only(compareRuns(runsOf(between(150)), runsOf(between(100)))).verdict).toBe('faster')
  })

  test('reports a function without samples in base as slower from 0, without a percentage', () => {
    const unseen = Array.from({ length: 10 }, () => undefined)
    expect(only(compareRuns(runsOf(unseen), runsOf(between(150))))).toMatchObject({
      base: { medianMs: 0, values: Array.from({ length: 10 }, () => 0) },
      changePercent: null,
      verdict: 'slower',
    })
  })

  test('merges a function whose category differs between runs', () => {
    const runs = runsOf(between(100)).map((run, index) => {
      const category = index % 2 === 0 ? 'jest' : 'transform'
      return { ...run, tables: { ...run.tables, functions: [figure({ ...work, category }, { self: 100 })] } }
    })
    expect(compareRuns(runs, runsOf(between(100))).tables.functions).toHaveLength(1)
  })

  test('reports neither overlapping runs nor a certain change of 2 % as significant', () => {
    const mixed = [90, 130, 100, 140, 95, 135, 105, 145, 98, 138]
    expect(only(compareRuns(runsOf(mixed), runsOf(mixed.map(ms => ms + 5)))).verdict).toBe('no change shown')
    expect(only(compareRuns(runsOf(between(1000)), runsOf(between(1020)))).verdict).toBe('no change shown')
  })

  test('reports no change below the sampling interval as significant', () => {
    expect(only(compareRuns(runsOf(between(50)), runsOf(between(59.5)))).verdict).toBe('no change shown')
    expect(only(compareRuns(runsOf(between(50)), runsOf(between(60)))).verdict).toBe('slower')
  })

  test('claims nothing and has no p if one side has three runs', () => {
    const { tables, method, drift } = compareRuns(runsOf(between(100, 3)), runsOf(between(500)))
    expect(drift).toBeNull()
    expect(tables.functions[0]).toMatchObject({ verdict: 'too few runs', p: null, pAdjusted: null })
    expect(tables.functions[0]?.interval95Ms).toBeNull()
    expect(method).toMatchObject({ kind: 'ranges', tested: 0, runsNeeded: 4 })
  })

  test('can prove one change with four runs, and reports how many runs the others need', () => {
    const runs = (low: number) =>
      between(low, 4).map((ms, run) => {
        const two = [figure(work, { self: 3 * ms }), figure({ ...work, name: ['rest'] }, { self: ms })]
        return drawnFigures({ id: `${run}`, startedAtMs: run, tables: { functions: two } })
      })
    const { method, tables } = compareRuns(runs(100), runs(200))
    expect(tables.functions.map(({ verdict }) => verdict)).toEqual(['slower', 'not tested'])
    expect(method).toMatchObject({ tested: 1, testable: 2, runsNeeded: 6 })
    expect(method.sentences.join(' ')).toContain('1 more metric cannot be separated from noise')
  })

  test('does not judge a test that ran in too few runs, and reports that totals are not comparable', () => {
    const runs = (low: number, ran: number) =>
      between(low).map((wall, run) => {
        const tests = run < ran ? [figure({ file: 'a.test.ts', name: ['adds'] }, { wall })] : []
        return drawnFigures({ id: `${run}`, startedAtMs: run, tables: { tests } })
      })
    const comparison = compareRuns(runs(100, 3), runs(500, 10))
    expect(only(comparison, 'tests')).toMatchObject({
      interval95Ms: null,
      verdict: 'too few runs',
      base: { values: [100, 101, 102, null, null, null, null, null, null, null] },
    })
    expect(comparison.notes.join(' ')).toContain('Not in every run of base: 0 test files and 1 test.')
  })

  test('reports a test on one side only as added or removed, not compared with 0', () => {
    const runs = (tests: Figure[]) =>
      between(1).map(run => drawnFigures({ id: `${run}`, startedAtMs: run, tables: { tests } }))
    const adds = figure({ file: 'a.test.ts', name: ['adds'] }, { wall: 50 })
    expect(only(compareRuns(runs([]), runs([adds])), 'tests')).toMatchObject({
      verdict: 'added',
      changeMs: null,
      base: null,
    })
    expect(only(compareRuns(runs([adds]), runs([])), 'tests').verdict).toBe('removed')
  })
})

describe('A machine that was slower for all of head', () => {
  const slower = (factor: number) => (run: number) => 100 * factor + run

  test('is detected by Jest’s framework phase and reported', () => {
    const { drift, notes } = compareRuns(runsOf(between(100)), runsOf(between(110), slower(1.1)))
    expect(drift?.ratio).toBeCloseTo(1.15, 1)
    expect(notes[0]).toMatch(
      /^The speed of the machine differed: Jest's framework phase.* changed by \+14 % \(95 % CI: \+12 % to \+17 %\)/,
    )
  })

  test('makes no metric slower that changed no more than the machine', () => {
    const sides = [runsOf(between(1000), slower(1)), runsOf(between(1080), slower(1.1))] as const
    expect(only(compareRuns(...sides)).verdict).not.toBe('slower')
    const still = [runsOf(between(1000), slower(1)), runsOf(between(1080), slower(1))] as const
    expect(only(compareRuns(...still)).verdict).toBe('slower')
  })

  test('hides no change if single runs of both sides were slower by chance', () => {
    const factors = [0.8, 1.2, 0.9, 1.1, 1, 0.85, 1.15, 0.95, 1.05, 0.98]
    const times = (ms: number) => factors.map(factor => Math.round(ms * factor))
    const control = (run: number) => 100 * (factors[run] ?? 1)
    const complete = 2 / 184_756
    expect(only(compareRuns(runsOf(times(1000), control), runsOf(times(1400), control))).p).toBeCloseTo(
      complete,
      9,
    )
    expect(only(compareRuns(runsOf(times(1000)), runsOf(times(1400)))).p).toBeGreaterThan(2 * complete)
  })

  test('makes no metric faster that it did not slow down', () => {
    const sides = [runsOf(between(1000), slower(1)), runsOf(between(1000), slower(1.5))] as const
    expect(only(compareRuns(...sides)).verdict).toBe('no change shown')
  })

  test('hides no change that is much larger', () => {
    expect(
      only(compareRuns(runsOf(between(1000), slower(1)), runsOf(between(1500), slower(1.1)))).verdict,
    ).toBe('slower')
  })
})

describe('With one run per side, compareRuns', () => {
  test('compares a change with the sampling error and claims nothing', () => {
    const { tables, method } = compareRuns(runsOf([400]), runsOf([1000]))
    const error = 1.96 * 10 * Math.sqrt(40 + 100)
    expect(tables.functions[0]).toMatchObject({ verdict: 'beyond sampling error', p: null })
    expect(tables.functions[0]?.interval95Ms?.[0]).toBeCloseTo(600 - error, 3)
    expect(only(compareRuns(runsOf([400]), runsOf([450]))).verdict).toBe('within sampling error')
    expect(method.sentences.join(' ')).toContain('not how runs differ from each other')
  })

  test('treats a single sample on one side as within the sampling error', () => {
    expect(only(compareRuns(runsOf([undefined]), runsOf([10])))).toMatchObject({
      base: { medianMs: 0, errorMs: 19.6 },
      verdict: 'within sampling error',
    })
  })

  test('does not judge wall time, which has no sampling error', () => {
    const run = (wall: number) => [drawnFigures({ tables: { run: [figure({ name: ['run'] }, { wall })] } })]
    expect(only(compareRuns(run(100), run(200)), 'run')).toMatchObject({
      verdict: 'too few runs',
      interval95Ms: null,
    })
  })
})

test('compareRuns does not depend on the order of runs and rows', () => {
  const random = seeded(5)
  const runs = (label: string) =>
    between(0, 5).map(run => ({ ...runOfSmall(random, `${label}${run}`), startedAtMs: run }))
  const [base, head] = [runs('a'), runs('b')]
  const turned = (side: RunFigures[]) => side.toReversed()
  expect(compareRuns(turned(base), turned(head))).toEqual(compareRuns(base, head))
})

function runOfSmall(random: () => number, id: string): RunFigures {
  const functions = between(0, 8).map(line =>
    figure({ ...work, line }, { self: 10 * Math.floor(9 * random()) }),
  )
  return drawnFigures({ id, tables: { functions } })
}

test('compareRuns turns slower into faster, with the same evidence, if the sides are swapped', () => {
  const random = seeded(9)
  const suite = { files: 6, testsOfEach: 4, functions: 12, machineNoise: 0.02, fileNoise: 0.02 }
  const side = (factor: number) =>
    between(0).map(run => runOfSuite(suite, { random, id: `${run}`, slowed: { function: 1, factor } }))
  const [base, head] = [side(1), side(2)]
  const claims = (comparison: Comparison, verdict: ComparisonRow['verdict']) =>
    TABLES.flatMap(table => comparison.tables[table])
      .filter(row => row.verdict === verdict)
      .map(({ entity, p, pAdjusted }) => [entity.name, p, pAdjusted?.toFixed(9)])
  const slower = claims(compareRuns(base, head), 'slower')
  expect(slower.map(([name]) => name)).toEqual([['work1']])
  expect(claims(compareRuns(head, base), 'faster')).toEqual(slower)
})

test('compareRuns lists functions with ambiguous matches separately, not as changes', () => {
  const runs = (line: number, after: number) =>
    between(0, 5).map(run => {
      const places = [
        { name: ['first'], line: 1 },
        { name: [''], line },
        { name: ['last'], line: after },
      ]
      const functions = places.map(place => figure({ ...work, ...place }, { self: 100 + run }))
      return drawnFigures({ id: `${run}`, startedAtMs: run, tables: { functions } })
    })
  const { unmatched, tables } = compareRuns(runs(5, 20), runs(6, 24))
  expect(unmatched.map(({ side, entity: { line }, medianMs }) => [side, line, medianMs])).toEqual([
    ['base', 5, 102],
    ['head', 6, 102],
  ])
  expect(tables.functions.map(({ entity: { name } }) => name[0])).toEqual(['first', 'last'])
})

test('compareRuns returns every table, and every row in its own table', () => {
  const { tables } = compareRuns(runsOf([1]), runsOf([2]))
  expect(Object.keys(tables)).toEqual([...TABLES])
  expect(tables.functions.map(({ table }) => table)).toEqual(['functions'])
})
