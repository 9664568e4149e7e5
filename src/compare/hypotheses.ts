// Which figures are tested, and how much of the 5 % chance of a false claim each is given. A suite has thousands of figures,
// and ten runs a side can show a change in some hundreds at most: the chance goes where the time goes.
//
// Weights must not depend on which side a run is on, or the tests would not be tests: they go by the mean over all runs of
// both sides. A mean, because the median of a function that only one of two sides has may be 0.

import { mean, rollup, sum } from 'd3-array'
import { compareText } from '../profile/order.js'
import { isOwnCode } from '../profile/own-code.js'
import type { Table } from './comparison.js'
import { entityText } from './entity.js'
import type { Measured } from './rows.js'
import { leastP } from './statistics/mann-whitney.js'

/** The chance of any false claim, over everything that is tested. */
export const ALPHA = 0.05
/** Runs a side below which nothing can be shown: of three and three, the least p is 0.1. */
export const LEAST_RUNS = 4

/** A share of the test files' time: what is less is not worth a test. */
const LEAST_SHARE = 0.001

/** What each table has of the chance; within a table it goes by time. The most for what can be changed: own functions. */
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
  /** With their weights. */
  readonly tested: ReadonlyMap<Measured, number>
  /** Figures that are worth a test, those among them. */
  readonly testable: number
  /** Runs a side that testing all of them takes; null: no more than there are. */
  readonly runsNeeded: number | null
}

export interface RunCounts {
  readonly base: number
  readonly head: number
}

/** `wholeMs`: the test files' time. */
export function chooseHypotheses(
  rows: readonly Measured[],
  { runs, wholeMs }: { runs: RunCounts; wholeMs: number },
): Hypotheses {
  const testable = weighted(
    // Time without a core is the machine's.
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

/** The weightiest first. */
function weighted(rows: readonly Measured[]): { row: Measured; weight: number }[] {
  const totals = rollup(rows, ofChance => sum(ofChance, pooledMean), chanceOf)
  return rows
    .map(row => {
      const chance = chanceOf(row)
      return { row, weight: (CHANCE[chance] * pooledMean(row)) / (totals.get(chance) ?? 1) }
    })
    .toSorted(
      (a, b) =>
        b.weight - a.weight ||
        compareText(entityText(a.row.entity), entityText(b.row.entity)) ||
        compareText(a.row.measure, b.row.measure),
    )
}

/**
 * As many of the weightiest as leave each a chance to be shown, even with one pair of runs in the wrong order: its p is
 * twice the least. What has none would only take from the others. `weights` fall.
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
  // With four and four runs, one alone can be shown, with all pairs in order.
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

/** Libraries are tested as packages, too. */
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
