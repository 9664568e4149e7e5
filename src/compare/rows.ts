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
    ...matched.flatMap(([base, head]) => rowsOfThing(table, base, head)),
    ...onlyBase.flatMap(base => rowsOfThing(table, base, isSampled ? unseen(base, sides.head) : null)),
    ...onlyHead.flatMap(head => rowsOfThing(table, isSampled ? unseen(head, sides.base) : null, head)),
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

/** Null: it is not on that side. */
function rowsOfThing(table: Table, base: Series | null, head: Series | null): Measured[] {
  const entity = head?.entity ?? base?.entity
  if (entity === undefined) return []
  return MEASURES.flatMap(measure => {
    if (!hasTime(base, measure) && !hasTime(head, measure)) return []
    const ofBase = base && sideFigures(table, base, measure)
    const ofHead = head && sideFigures(table, head, measure)
    if ((base !== null && ofBase === null) || (head !== null && ofHead === null)) return []
    const changeMs = ofBase && ofHead && roundMs(ofHead.medianMs - ofBase.medianMs)
    const changePercent = changeMs === null || !ofBase?.medianMs ? null : (100 * changeMs) / ofBase.medianMs
    const was = base === null || readsAlike(base.entity, entity) ? null : base.entity
    return [{ table, measure, entity, was, base: ofBase, head: ofHead, changeMs, changePercent }]
  })
}

/** What never took any time, as a phase that does not come or a function that only calls others, is no row. */
function hasTime(series: Series | null, measure: Measure): boolean {
  return series?.figures.some(figure => (figure?.times[measure]?.ms ?? 0) > 0) === true
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
