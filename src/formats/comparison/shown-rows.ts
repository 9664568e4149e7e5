// Which rows of a comparison a person has to see. Needs no Node.

import {
  type Comparison,
  type ComparisonRow,
  type Entity,
  TABLES,
  type Table,
} from '../../compare/comparison.js'

/** Of what a verdict names first: causes before what they are part of. */
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

/** A comparison, or one whose rows say more. */
export interface RankedTables<Row extends ComparisonRow> extends Pick<Comparison, 'method'> {
  readonly tables: Readonly<Record<Table, Row[]>>
}

export interface ShownRows {
  /** Rows of each table, at the most. */
  readonly topN: number
  /** The tables to show, with what may be noise, too; left out: what changed, of all of them. */
  readonly tables?: readonly Table[]
}

/** The tables that have something to show, with these rows. */
export function shownTables<Row extends ComparisonRow>(
  comparison: RankedTables<Row>,
  { topN, tables }: ShownRows,
): { table: Table; rows: Row[] }[] {
  return (tables ?? TABLES)
    .map(table => {
      const rows = tables === undefined ? tellingRows(comparison, table) : comparison.tables[table]
      return { table, rows: rows.slice(0, topN) }
    })
    .filter(({ rows }) => rows.length > 0)
}

/**
 * What a person has to see: what changed, each thing once by its leading figure, and of the run and its phases the rest,
 * too. With few runs, when nothing can be said to have changed, all of it.
 */
function tellingRows<Row extends ComparisonRow>({ tables, method }: RankedTables<Row>, table: Table): Row[] {
  if (table === 'run' || table === 'phases') return tables[table]
  // A table of which nothing could be tested shows its largest changes, for what they are worth.
  const isUntested = !tables[table].some(({ p }) => p !== null)
  const isTelling = ({ verdict }: ComparisonRow) =>
    method.kind === 'ranges'
      ? verdict === 'too few runs'
      : TELLING_VERDICTS.has(verdict) || (isUntested && verdict === 'not tested')
  const entities = new Set<Entity>()
  return tables[table].filter(row => {
    if (!isTelling(row) || entities.has(row.entity)) return false
    entities.add(row.entity)
    return true
  })
}

const TELLING_VERDICTS: ReadonlySet<string> = new Set(['slower', 'faster', 'beyond sampling error'])

/** What is on one side only, the costliest first; of a test file that is, no test or hook beside it. */
export function oneSidedRows<Row extends ComparisonRow>({
  tables,
}: Pick<RankedTables<Row>, 'tables'>): Row[] {
  const isOneSided = ({ verdict }: ComparisonRow) => verdict === 'added' || verdict === 'removed'
  const files = new Set(tables.files.filter(isOneSided).map(({ entity }) => entity.file))
  return TABLES.flatMap(table =>
    tables[table].filter(row => table === 'files' || !files.has(row.entity.file)),
  )
    .filter(row => isOneSided(row) && row.measure !== 'cpu')
    .toSorted((a, b) => timeOf(b) - timeOf(a))
}

function timeOf({ base, head }: ComparisonRow): number {
  return head?.medianMs ?? base?.medianMs ?? 0
}
