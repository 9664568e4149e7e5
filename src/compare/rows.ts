// Matched entities → rows with the figures of both sides, not judged yet.

import { median } from 'd3-array'
import { compareText } from '../profile/order.js'
import { roundMs } from '../report/rounding.js'
import type { ComparisonRow, Entity, Measure, SideFigures, Table } from './comparison.js'
import type { Pairing } from './match/pairing.js'
import type { Series, Side, Sides } from './sides.js'
import { samplingError } from './statistics/normal-distribution.js'

/** A row before it is judged. */
export type Measured = Omit<ComparisonRow, 'interval95Ms' | 'p' | 'pAdjusted' | 'verdict' | 'certainty'>

const MEASURES: readonly Measure[] = ['wall', 'cpu', 'ready', 'blocked', 'idle', 'gc', 'self']

/**
 * A function or package without samples took almost no time: 0. So did a module that was not loaded, and a phase that did
 * not occur. A test, hook or file that did not run has no time: it is missing.
 */
const NOTHING_IS_ZERO: ReadonlySet<Table> = new Set(['functions', 'packages', 'modules', 'phases'])
/** Tables of entities that may have run without a sample. */
const SAMPLED: ReadonlySet<Table> = new Set(['functions', 'packages'])

export function rowsOf(table: Table, { matched, onlyBase, onlyHead }: Pairing, sides: Sides): Measured[] {
  const isSampled = SAMPLED.has(table)
  return [
    ...matched.flatMap(([base, head]) => rowsOfEntity(table, base, head)),
    ...onlyBase.flatMap(base => rowsOfEntity(table, base, isSampled ? unseen(base, sides.head) : null)),
    ...onlyHead.flatMap(head => rowsOfEntity(table, isSampled ? unseen(head, sides.base) : null, head)),
  ]
}

/** For totally ordered output: the same on every machine. */
export function compareRows(a: Pick<Measured, 'entity' | 'measure'>, b: typeof a): number {
  return compareText(entityText(a.entity), entityText(b.entity)) || compareText(a.measure, b.measure)
}

export function entityText({ file, project, line, column, name, category }: Entity): string {
  const position = [line, column].map(number => String(number).padStart(9, '0'))
  return [file, project, ...position, category ?? '', ...name].join('\0')
}

/** The figures of an entity in runs that have no sample of it. */
function unseen({ entity }: Series, { runs }: Side): Series {
  const figures = runs.map(({ samplingIntervalMs }) => ({
    entity,
    times: { self: { ms: 0, errorMs: samplingError(0, 0, samplingIntervalMs) } },
    totalMs: 0,
  }))
  return { entity, figures }
}

/** Null: the side does not have the entity. */
function rowsOfEntity(table: Table, base: Series | null, head: Series | null): Measured[] {
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

/** Without any time, such as a phase that does not occur or a function that only calls others, there is no row. */
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
