// Which figures are tested, and the share of the error rate of 5 % that each gets. A suite has thousands of figures, and ten
// runs per side can show a change in some hundreds at most: the shares are proportional to the time.
//
// Weights must not depend on the side of a run, or the tests would not be valid: they are the means over all runs of both
// sides. The median of a function that only one side has may be 0, the mean is not.

import { mean, rollup, sum } from 'd3-array'
import { isOwnCode } from '../profile/own-code.js'
import type { Table } from './comparison.js'
import { compareRows, type Measured } from './rows.js'
import { leastP } from './statistics/mann-whitney.js'

/** The family-wise error rate. */
export const ALPHA = 0.05
/** Fewer runs per side cannot show anything: with three and three, the smallest p is 0.1. */
export const LEAST_RUNS = 4

/** Figures with a smaller share of the test files' time are not tested. */
const LEAST_SHARE = 0.001

/** The share of each table in the error rate. Own functions have the largest share, because users can change them. */
const CHANCE: Readonly<Record<Table | 'library functions', number>> = {
  run: 0.15,
  phases: 0.1,
  functions: 0.35,
  tests: 0.15,
  files: 0.1,
  modules: 0.05,
  packages: 0.04,
  hooks: 0.04,
  'library functions': 0.02,
}

export interface Hypotheses {
  /** The weights of the tested rows. */
  readonly tested: ReadonlyMap<Measured, number>
  /** The number of figures that are large enough for a test, including the tested ones. */
  readonly testable: number
  /** The runs per side that testing all of them needs; null: there are enough. */
  readonly runsNeeded: number | null
}

export type RunCounts = Readonly<Record<'base' | 'head', number>>

/** `wholeMs`: the test files' time. */
export function chooseHypotheses(
  rows: readonly Measured[],
  { runs, wholeMs }: { runs: RunCounts; wholeMs: number },
): Hypotheses {
  const testable = weighted(
    // Time without a core depends on the machine.
    rows.filter(
      row => row.measure !== 'ready' && isComplete(row) && pooledMean(row) >= LEAST_SHARE * wholeMs,
    ),
  )
  const weights = testable.map(({ weight }) => weight)
  const amount = mostTested(weights, runs)
  const tested = new Map(testable.slice(0, amount).map(({ row, weight }) => [row, weight]))
  return {
    tested,
    testable: testable.length,
    runsNeeded: amount === testable.length ? null : runsNeeded(weights),
  }
}

/** The largest weight first. */
function weighted(rows: readonly Measured[]): { row: Measured; weight: number }[] {
  const totals = rollup(rows, ofChance => sum(ofChance, pooledMean), chanceOf)
  return rows
    .map(row => {
      const chance = chanceOf(row)
      return { row, weight: (CHANCE[chance] * pooledMean(row)) / (totals.get(chance) ?? 1) }
    })
    .toSorted((a, b) => b.weight - a.weight || compareRows(a.row, b.row))
}

/**
 * How many of the falling `weights` can be tested so that each figure can still be significant with one pair of runs in the
 * wrong order, when p is twice the smallest. More figures would only take error rate from the others.
 */
function mostTested(weights: readonly number[], { base, head }: RunCounts): number {
  const least = leastP(base, head)
  if (Math.min(base, head) < LEAST_RUNS || least > ALPHA) return 0
  let [amount, total] = [0, 0]
  for (const weight of weights) {
    total += weight
    if (ALPHA * weight < 2 * least * total) break
    amount++
  }
  // With four and four runs, a single figure can be shown if all pairs are in order.
  return Math.max(amount, Math.min(1, weights.length))
}

function runsNeeded(weights: readonly number[]): number {
  let runs = LEAST_RUNS
  while (mostTested(weights, { base: runs, head: runs }) < weights.length) runs++
  return runs
}

function isComplete({ base, head }: Measured): boolean {
  return [base, head].every(side => side !== null && known(side.values).length >= LEAST_RUNS)
}

/** Functions of libraries have a small share, because packages are tested, too. */
function chanceOf({ table, entity }: Measured): keyof typeof CHANCE {
  const isLibrary = table === 'functions' && !isOwnCode(entity)
  return isLibrary ? 'library functions' : table
}

function pooledMean({ base, head }: Measured): number {
  return mean([...known(base?.values ?? []), ...known(head?.values ?? [])]) ?? 0
}

export function known(values: readonly (number | null)[]): number[] {
  return values.filter(value => value !== null)
}
