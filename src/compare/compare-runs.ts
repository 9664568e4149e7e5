// The runs of two sides → Comparison. The order of the runs does not matter.

import { median } from 'd3-array'
import { compareText } from '../profile/order.js'
import {
  COMPARISON_VERSION,
  type Comparison,
  type ComparisonRow,
  TABLES,
  type UnmatchedFunction,
} from './comparison.js'
import { contextDifferences } from './context.js'
import { findMachine, type MachineDrift } from './drift.js'
import { chooseHypotheses, type Hypotheses, LEAST_RUNS } from './hypotheses.js'
import { judgeByStatistics } from './judge/by-statistics.js'
import { certaintyOf, type Judgement, judgeBySamplingError, oneSided, unjudged } from './judge/judgement.js'
import { type Matching, matchSides } from './match/match-sides.js'
import { methodOf } from './method.js'
import { notesOn } from './notes.js'
import { PROFILED_NOTES, profiledRuns, withoutProfile } from './profiled-figures.js'
import { compareRows, entityText, type Measured, rowsOf } from './rows.js'
import type { RunFigures } from './run-figures.js'
import { type Series, type Sides, sideOf } from './sides.js'

/** Each side must have at least one run. */
export function compareRuns(baseRuns: readonly RunFigures[], headRuns: readonly RunFigures[]): Comparison {
  const profiled = profiledRuns([...baseRuns, ...headRuns])
  const comparable = (given: readonly RunFigures[]) =>
    profiled === 'some' ? given.map(withoutProfile) : given
  const sides = { base: sideOf(comparable(baseRuns)), head: sideOf(comparable(headRuns)) }
  const { base, head } = sides
  const runs = { base: base.runs.length, head: head.runs.length }
  const matching = matchSides(base, head)
  const rows = TABLES.flatMap(table => rowsOf(table, matching.tables[table], sides))
  // Profiling takes part of the framework's time, too.
  const machine = profiled === 'some' ? null : findMachine(base, head)
  const drift = machine?.drift ?? null
  const hypotheses = chooseHypotheses(rows, { runs, wholeMs: wholeMs(sides) })
  const judgements = judge(rows, { ...sides, machine, hypotheses })
  const intervalMs = coarsestInterval(sides)
  const judged = rows.map((row): ComparisonRow => {
    const known = { ...row, ...(judgements.get(row) ?? unjudged('too few runs')) }
    return { ...known, certainty: certaintyOf(known, intervalMs) }
  })
  const tables = Object.fromEntries(
    TABLES.map(table => [table, judged.filter(row => row.table === table).toSorted(byRank)]),
  ) as Comparison['tables']
  return {
    schemaVersion: COMPARISON_VERSION,
    base: { runs: base.runs.map(({ id }) => id) },
    head: { runs: head.runs.map(({ id }) => id) },
    context: contextDifferences(
      base.runs.map(({ context }) => context),
      head.runs.map(({ context }) => context),
    ),
    method: methodOf(runs, hypotheses),
    drift,
    tables,
    unmatched: unmatchedFunctions(matching),
    profiled,
    notes: [...PROFILED_NOTES[profiled], ...notesOn(sides, { tables, drift })],
  }
}

function judge(
  rows: readonly Measured[],
  { base, head, machine, hypotheses }: Sides & { machine: MachineDrift | null; hypotheses: Hypotheses },
): Map<Measured, Judgement> {
  const [most, least] = [base.runs.length, head.runs.length].toSorted((a, b) => b - a)
  if (least !== undefined && least >= LEAST_RUNS) {
    const intervalMs = coarsestInterval({ base, head })
    return judgeByStatistics(rows, { tested: hypotheses.tested, machine, intervalMs })
  }
  if (most === 1) return judgeBySamplingError(rows)
  return new Map(rows.map(row => [row, oneSided(row) ?? unjudged('too few runs')]))
}

/** The median wall time of all test files, over the runs of both sides. */
function wholeMs({ base, head }: Sides): number {
  return median([...base.runs, ...head.runs], ({ fileWallMs }) => fileWallMs) ?? 0
}

function coarsestInterval({ base, head }: Sides): number {
  return Math.max(...[...base.runs, ...head.runs].map(({ samplingIntervalMs }) => samplingIntervalMs))
}

/** Changes beyond noise first, then by the size of the change, or by the time of what is on one side only. */
function byRank(a: ComparisonRow, b: ComparisonRow): number {
  const weight = ({ changeMs, base, head }: ComparisonRow) =>
    Math.abs(changeMs ?? head?.medianMs ?? base?.medianMs ?? 0)
  return (
    Number(a.certainty === 'unclear') - Number(b.certainty === 'unclear') ||
    weight(b) - weight(a) ||
    compareRows(a, b)
  )
}

function unmatchedFunctions({ uncertain }: Matching): UnmatchedFunction[] {
  const listed = (side: UnmatchedFunction['side'], series: readonly Series[]) =>
    series.map(({ entity, figures }) => ({
      side,
      entity,
      medianMs: median(figures.map(figure => figure?.times.self?.ms ?? 0)) ?? 0,
    }))
  return [...listed('base', uncertain.base), ...listed('head', uncertain.head)]
    .filter(({ medianMs }) => medianMs > 0)
    .toSorted(
      (a, b) =>
        b.medianMs - a.medianMs ||
        compareText(entityText(a.entity), entityText(b.entity)) ||
        compareText(a.side, b.side),
    )
}
