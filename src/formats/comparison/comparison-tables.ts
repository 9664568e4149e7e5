// The tables of a comparison: changes, rows on one side only, and functions that cannot be matched. Shared by the
// terminal, Markdown and the page.

import type { Comparison, ComparisonRow, Entity, UnmatchedFunction } from '../../compare/comparison.js'
import { isOwnCode } from '../../profile/own-code.js'
import { count } from '../../report/views/figures.js'
import { type Cell, durationCell, EMPTY, pathCell, placeCell, textCell } from '../../tables/cell.js'
import { column, EVERYWHERE, ms, text } from '../../tables/columns.js'
import type { TableColumn } from '../../tables/table.js'
import { oneSidedRows, type ShownRows, shownTables } from './shown-rows.js'
import {
  certaintyText,
  changeText,
  formerName,
  intervalText,
  measureText,
  mediansText,
  medianText,
  nameOf,
  placeText,
  relativeText,
  statisticsText,
  TITLES,
} from './wording.js'

export const CHANGE_COLUMNS: readonly TableColumn<ComparisonRow>[] = [
  column('change', 'change', row => figure(row.changeMs, changeText(row), directionOf(row)), 'everywhere'),
  column('percent', '%', row => figure(row.changePercent, relativeText(row)), {
    in: EVERYWHERE,
    isMinor: true,
  }),
  column('what', 'what', comparedCell, 'page'),
  text('measure', 'measure', measureText, 'everywhere'),
  text('certainty', 'certainty', certaintyText, 'everywhere'),
  text('medians', 'base → head', mediansText, 'text'),
  column('base', 'base', row => medianCell(row, 'base'), 'page'),
  column('head', 'head', row => medianCell(row, 'head'), 'page'),
  column('runs', 'runs', ({ base, head }) => ({ kind: 'runs', base, head }), 'detail'),
  column('name', 'what', nameCell, 'text'),
  column('place', 'where', ({ entity }) => placeOf(entity), 'terminal'),
  column('where', 'where', row => parts([placeOf(row.entity), textCell(formerName(row))]), 'markdown'),
  column('interval', '95 % CI', row => figure(row.interval95Ms?.[0] ?? null, intervalText(row)), {
    in: EVERYWHERE,
    isMinor: true,
  }),
  column('statistics', 'statistics', row => figure(row.pAdjusted, statisticsText(row)), {
    in: ['markdown', 'page'],
    isMinor: true,
  }),
  text('former', 'was', formerName, 'terminal'),
]

function medianCell(row: ComparisonRow, side: 'base' | 'head'): Cell {
  return figure(row[side]?.medianMs ?? null, medianText(row[side], row.interval95Ms))
}

function figure(value: number | null, text: string, direction?: string): Cell {
  return { kind: 'figure', value, text, ...(direction === undefined ? {} : { direction }) }
}

/** The colour of a change: only certain changes have one. */
export function directionOf({
  certainty,
  changeMs,
  verdict,
}: Pick<ComparisonRow, 'certainty' | 'changeMs' | 'verdict'>): string {
  if (changeMs === null) return verdict
  if (certainty === 'unclear') return 'unclear'
  return changeMs > 0 ? 'slower' : 'faster'
}

type Named = Pick<ComparisonRow, 'table' | 'entity' | 'was'>

function nameCell(row: Pick<Named, 'table' | 'entity'>): Cell {
  return row.entity.name.length === 0 ? pathCell(row.entity.file) : { kind: 'name', name: nameOf(row) }
}

/** Without the place of entities that are named by it. */
function placeOf(entity: Entity): Cell {
  return parts([entity.name.length === 0 ? EMPTY : placeCell(entity), projectCell(entity)])
}

function projectCell({ project }: Entity): Cell {
  return textCell(project === '' ? '' : `(${project})`)
}

function parts(cells: readonly Cell[]): Cell {
  return { kind: 'parts', cells }
}

/** The entity of a row with its place and former name, and a link to its calls if there are any. */
export function comparedCell(row: Named): Cell {
  return {
    kind: 'compared',
    cells: [nameCell(row), placeOf(row.entity), textCell(formerName(row))],
    search: searchFor(row),
    isFolded: !isOwnCode(row.entity),
  }
}

function searchFor({ table, entity }: Named): string {
  const { file, name } = entity
  if (table === 'functions') return file === '' ? name.join(' ') : placeText(entity)
  if (table === 'modules') return file
  return table === 'packages' ? name.join(' ') : ''
}

interface ComparisonTable<Row> {
  readonly caption: string
  readonly columns: readonly TableColumn<Row>[]
}

export const ONE_SIDED: ComparisonTable<ComparisonRow> = {
  caption: 'Only on one side',
  columns: [
    column('time', 'time', row => durationCell((row.head ?? row.base)?.medianMs ?? null), 'everywhere'),
    text('side', 'change', row => row.verdict, 'everywhere'),
    text('kind', 'kind', row => TITLES[row.table].toLowerCase().replace(/s$/, ''), 'everywhere'),
    column('what', 'name', comparedCell, 'page'),
    column('name', 'name', row => (row.entity.name.length === 0 ? EMPTY : nameCell(row)), 'text'),
    column('place', 'where', ({ entity }) => parts([placeCell(entity), projectCell(entity)]), 'text'),
    text('measure', 'measure', measureText, 'page'),
  ],
}

export const UNMATCHED: ComparisonTable<UnmatchedFunction> = {
  caption: 'Functions that cannot be matched',
  columns: [
    ms('medianMs', 'self', 'everywhere'),
    text('side', 'side', row => row.side, 'everywhere'),
    column('what', 'what', row => comparedCell(asFunction(row)), 'page'),
    column('name', 'what', row => nameCell(asFunction(row)), 'text'),
    column('place', 'where', ({ entity }) => placeOf(entity), 'text'),
  ],
}

function asFunction({ entity }: UnmatchedFunction): Named {
  return { table: 'functions', entity, was: null }
}

/**
 * The tables that have rows, as text shows them: `total` is how many rows there are, `counted` the same with its unit where
 * the title does not say it. A table that was asked for has the rows of one side itself.
 */
export function comparisonSections(comparison: Comparison, options: ShownRows) {
  const { topN, tables } = options
  const oneSided = tables === undefined ? oneSidedRows(comparison) : []
  const unmatched = tables === undefined || tables.includes('functions') ? comparison.unmatched : []
  const section = <Row>({ caption, columns }: ComparisonTable<Row>, rows: readonly Row[]) => ({
    title: caption,
    columns: columns as readonly TableColumn[],
    rows: rows.slice(0, topN),
    total: rows.length,
    counted: `${rows.length}`,
  })
  return [
    ...shownTables(comparison, options).map(({ table, rows }) =>
      section({ caption: TITLES[table], columns: CHANGE_COLUMNS }, rows),
    ),
    { ...section(ONE_SIDED, oneSided), counted: count(oneSided.length, 'row') },
    section(UNMATCHED, unmatched),
  ].filter(({ rows }) => rows.length > 0)
}
