// Matched things → rows with the figures of both sides, not judged yet.

import { median } from 'd3-array'
import { roundMs } from '../report/rounding.js'
import type { ComparisonRow, Entity, Measure, SideFigures, Table } from './comparison.js'
import type { Pairing } from './match/pairing.js'
import type { Series, Side } from './sides.js'
import { samplingError } from './statistics/normal-distribution.js'

/** A row whose two sides both have figures, or that one side alone has. */
export type Measured = Omit<ComparisonRow, 'interval95Ms' | 'p' | 'pAdjusted' | 'verdict' | 'certainty'>

const MEASURES: readonly Measure[] = ['wall', 'cpu', 'ready', 'blocked', 'idle', 'gc', 'self']

/**
 * What a sampler did not see in a run took next to nothing there: 0. So did a module that was not loaded, and a phase that
 * did not come. A test, hook or file that did not run has no time at all: it is missing.
 */
const NOTHING_IS_ZERO: ReadonlySet<Table> = new Set(['functions', 'packages', 'modules', 'phases'])
/** What may be there and not be seen. */
const SAMPLED: ReadonlySet<Table> = new Set(['functions', 'packages'])

interface Sides {
  base: Side
  head: Side
}

export function rowsOf(table: Table, { matched, onlyBase, onlyHead }: Pairing, sides: Sides): Measured[] {
  const isSampled = SAMPLED.has(table)
  return [
    ...matched.flatMap(([base, head]) => rowsOfPair(table, base, head)),
    ...onlyBase.flatMap(base =>
      isSampled ? rowsOfPair(table, base, unseen(base, sides.head)) : rowsOfOne(table, base, 'base'),
    ),
    ...onlyHead.flatMap(head =>
      isSampled ? rowsOfPair(table, unseen(head, sides.base), head) : rowsOfOne(table, head, 'head'),
    ),
  ]
}

/** As each run of a side had it that did not see it. */
function unseen({ entity }: Series, { runs }: Side): Series {
  const figures = runs.map(({ samplingIntervalMs }) => ({
    entity,
    times: { self: { ms: 0, errorMs: samplingError(0, 0, samplingIntervalMs) } },
    totalMs: 0,
  }))
  return { entity, figures }
}

function rowsOfPair(table: Table, base: Series, head: Series): Measured[] {
  return MEASURES.flatMap(measure => {
    if (!hasTime(base, measure) && !hasTime(head, measure)) return []
    const [ofBase, ofHead] = [sideFigures(table, base, measure), sideFigures(table, head, measure)]
    if (ofBase === null || ofHead === null) return []
    const changeMs = roundMs(ofHead.medianMs - ofBase.medianMs)
    return [
      {
        table,
        measure,
        entity: head.entity,
        was: readsAlike(base.entity, head.entity) ? null : base.entity,
        base: ofBase,
        head: ofHead,
        changeMs,
        changePercent: ofBase.medianMs === 0 ? null : (100 * changeMs) / ofBase.medianMs,
      },
    ]
  })
}

function rowsOfOne(table: Table, series: Series, side: 'base' | 'head'): Measured[] {
  return MEASURES.flatMap(measure => {
    const figures = hasTime(series, measure) ? sideFigures(table, series, measure) : null
    if (figures === null) return []
    const sides = side === 'base' ? { base: figures, head: null } : { base: null, head: figures }
    const { entity } = series
    return [{ table, measure, entity, was: null, ...sides, changeMs: null, changePercent: null }]
  })
}

/** What never took any time, as a phase that does not come or a function that only calls others, is no row. */
function hasTime({ figures }: Series, measure: Measure): boolean {
  return figures.some(figure => (figure?.times[measure]?.ms ?? 0) > 0)
}

function sideFigures(table: Table, { figures }: Series, measure: Measure): SideFigures | null {
  const absent = NOTHING_IS_ZERO.has(table) ? 0 : null
  const values = figures.map(figure => figure?.times[measure]?.ms ?? absent)
  const medianMs = median(values.filter(value => value !== null))
  if (medianMs === undefined) return null
  const totals = figures.flatMap(figure => figure?.totalMs ?? [])
  return {
    medianMs: roundMs(medianMs),
    values,
    errorMs: figures.length === 1 ? (figures[0]?.times[measure]?.errorMs ?? null) : null,
    totalMs: totals.length === 0 ? null : roundMs(median(totals) ?? 0),
  }
}

function readsAlike(a: Entity, b: Entity): boolean {
  const isSamePlace = a.file === b.file && a.line === b.line && a.column === b.column
  return isSamePlace && a.project === b.project && a.name.join('\0') === b.name.join('\0')
}
