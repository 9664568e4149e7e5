// The comparison of whole suites rarely gives a false alarm, and finds a real change. The runs are generated from seeds,
// so these tests are deterministic.

import { describe, expect, test } from '@jest/globals'
import { compareRuns } from '../../src/compare/compare-runs.js'
import { type Comparison, TABLES } from '../../src/compare/comparison.js'
import { type RunOfSuite, runOfSuite, type Suite, seeded } from '../support/drawn-figures.js'

const SMALL: Suite = { files: 12, testsOfEach: 5, functions: 30, machineNoise: 0.04, fileNoise: 0.04 }
const LARGE: Suite = { files: 120, testsOfEach: 11, functions: 300, machineNoise: 0.03, fileNoise: 0.02 }
const RUNS = 10

interface Sides {
  suite: Suite
  seed: number
  head?: Pick<RunOfSuite, 'machine' | 'slowed'>
}

function comparisonOf({ suite, seed, head = {} }: Sides): Comparison {
  const random = seeded(seed)
  const side = (given: Pick<RunOfSuite, 'machine' | 'slowed'>) =>
    Array.from({ length: RUNS }, (_, run) => runOfSuite(suite, { random, id: `run ${run}`, ...given }))
  return compareRuns(side({}), side(head))
}

function claims({ tables }: Comparison): string[] {
  return TABLES.flatMap(table => tables[table])
    .filter(({ verdict }) => verdict === 'slower' || verdict === 'faster')
    .map(({ entity, verdict }) => `${entity.name.join(' ')} ${verdict}`)
}

describe('Comparisons of ten runs per side of an unchanged suite', () => {
  // If 1 comparison in 20 gave a false alarm, 5 or more of 30 would give one with a probability of about 1 in 60.
  const PLAUSIBLE = 4

  test.each([
    ['on the same machine', 1],
    ['on a machine that was 6 % slower for head', 1.06],
  ])('%s report no change in at least 19 of 20 cases', (_, machine) => {
    const comparisons = Array.from({ length: 30 }, (_unused, seed) =>
      comparisonOf({ suite: SMALL, seed, head: { machine } }),
    )
    expect(comparisons.every(({ method }) => method.tested > 50)).toBe(true)
    const alarms = comparisons.map(claims).filter(found => found.length > 0)
    expect(alarms.length).toBeLessThanOrEqual(PLAUSIBLE)
  })
})

describe('A comparison of ten runs per side of 120 files', () => {
  test('reports a function that became 20 % slower as its first and only change', () => {
    const comparison = comparisonOf({
      suite: LARGE,
      seed: 3,
      head: { slowed: { function: 0, factor: 1.2 } },
    })
    expect(comparison.tables.functions[0]).toMatchObject({ entity: { name: ['work0'] }, verdict: 'slower' })
    expect(claims(comparison)).toEqual(['work0 slower'])
  })
})
