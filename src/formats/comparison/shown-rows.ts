// Selects the rows of a comparison that are worth showing.

import { descending, group } from 'd3-array'
import {
  type Comparison,
  type ComparisonRow,
  type Entity,
  type Measure,
  TABLES,
  type Table,
} from '../../compare/comparison.js'
import { fileKey } from '../../profile/paths.js'
import { duration } from '../../report/views/figures.js'
import { changeText, relativeText } from './wording.js'

/** Tables in the order in which their rows explain a change: causes before what they are part of. */
export const TELLING: readonly Table[] = [
  'functions',
  'packages',
  'modules',
  'hooks',
  'tests',
  'files',
  'phases',
  'run',
]

/** A comparison, possibly with extended rows. */
export interface RankedTables<Row extends ComparisonRow> extends Pick<Comparison, 'method'> {
  readonly tables: Readonly<Record<Table, Row[]>>
}

export interface ShownRows {
  /** Most rows of each table. */
  readonly topN: number
  /** The tables to show, with what may be noise, too; left out: what changed, of all of them. */
  readonly tables?: readonly Table[]
}

/** The tables that have something to show, with these rows. */
export function shownTables<Row extends ComparisonRow>(
  comparison: RankedTables<Row>,
  { topN, tables }: ShownRows,
): { table: Table; rows: FoldedRow<Row>[] }[] {
  return (tables ?? TABLES)
    .map(table => {
      const all = foldedRows(comparison.tables[table])
      const rows = tables === undefined ? tellingRows(all, table, comparison) : all
      return { table, rows: rows.slice(0, topN) }
    })
    .filter(({ rows }) => rows.length > 0)
}

/** A row that also represents rows of the same entity with the same text, such as wall time that was all CPU. */
export type FoldedRow<Row extends ComparisonRow> = Row & { readonly sameMeasures: readonly Measure[] }

/** One row for each group of equal texts, in the order of their first rows. */
export function foldedRows<Row extends ComparisonRow>(rows: readonly Row[]): FoldedRow<Row>[] {
  const ofThings = group(rows, ({ entity }) => entity)
  return rows.flatMap((row): FoldedRow<Row>[] => {
    const equal = (ofThings.get(row.entity) ?? []).filter(other => rowSignature(other) === rowSignature(row))
    if (equal[0] !== row) return []
    const shown = equal.reduce((a, b) => (isMoreCautious(b, a) ? b : a))
    return [{ ...shown, sameMeasures: equal.filter(other => other !== shown).map(({ measure }) => measure) }]
  })
}

/** Whether `a` has the weaker evidence, which then holds for both rows. Wall time wins a draw, because it is measured directly. */
function isMoreCautious(a: ComparisonRow, b: ComparisonRow): boolean {
  const [pOfA, pOfB] = [a.pAdjusted ?? 0, b.pAdjusted ?? 0]
  return pOfA > pOfB || (pOfA === pOfB && a.measure === 'wall')
}

function rowSignature(row: ComparisonRow): string {
  const medians = [row.base, row.head].map(side => (side === null ? '' : duration(side.medianMs)))
  return [row.verdict, changeText(row), relativeText(row), ...medians].join('\0')
}

/**
 * All rows of the run and its phases, and the first change of each other entity. With one run per side, noise is
 * unknown: then changes count that are large and beyond sampling error.
 */
function tellingRows<Row extends ComparisonRow>(
  rows: Row[],
  table: Table,
  { method, tables }: RankedTables<ComparisonRow>,
): Row[] {
  if (table === 'run' || table === 'phases') return rows
  const whole = tables.run.find(
    ({ entity, measure }) => entity.name[0] === 'test files' && measure === 'wall',
  )
  const least = LEAST_OF_RUN * (whole?.base?.medianMs ?? 0)
  const isTelling = ({ certainty, verdict, changeMs }: ComparisonRow) =>
    certainty !== 'unclear' ||
    (method.kind === 'sampling error' &&
      verdict === 'beyond sampling error' &&
      Math.abs(changeMs ?? 0) >= least)
  const entities = new Set<Entity>()
  return rows.filter(row => isTelling(row) && !entities.has(row.entity) && entities.add(row.entity))
}

/** A share of the test files' time in base. */
const LEAST_OF_RUN = 0.02

/** Rows of one side only, the most expensive first. A test file represents its tests and hooks. */
export function oneSidedRows<Row extends ComparisonRow>({
  tables,
}: Pick<RankedTables<Row>, 'tables'>): Row[] {
  const isOneSided = ({ verdict }: ComparisonRow) => verdict === 'added' || verdict === 'removed'
  // Tests have a project, but hooks and code do not.
  const files = new Set(
    tables.files
      .filter(isOneSided)
      .flatMap(({ entity }) => [fileKey(entity), fileKey({ ...entity, project: '' })]),
  )
  return TABLES.flatMap(table =>
    tables[table].filter(row => table === 'files' || !files.has(fileKey(row.entity))),
  )
    .filter(row => isOneSided(row) && row.measure !== 'cpu')
    .toSorted((a, b) => descending((a.head ?? a.base)?.medianMs, (b.head ?? b.base)?.medianMs))
}
