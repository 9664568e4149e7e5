// The tables of a comparison: changes, what is on one side only, and functions that cannot be matched. The terminal,
// Markdown and the page draw them. Needs no Node.

import type { ComparisonRow, Entity, UnmatchedFunction } from '../../compare/comparison.js'
import { isOwnCode } from '../../profile/own-code.js'
import { type Cell, durationCell, EMPTY, pathCell, placeCell, textCell } from '../../tables/cell.js'
import { positionText } from '../../tables/cell-text.js'
import { column, EVERYWHERE, TEXT } from '../../tables/columns.js'
import type { TableColumn } from '../../tables/table.js'
import {
  certaintyText,
  changeText,
  formerName,
  intervalText,
  measureText,
  mediansText,
  medianText,
  nameOf,
  relativeText,
  statisticsText,
  TITLES,
} from './wording.js'

const PAGE = ['page'] as const

export const CHANGE_COLUMNS: readonly TableColumn<ComparisonRow>[] = [
  column('change', 'change', row => figure(row.changeMs, changeText(row), directionOf(row)), {
    in: EVERYWHERE,
    meaning: 'median of head less median of base',
  }),
  column('percent', '%', row => figure(row.changePercent, relativeText(row)), {
    in: EVERYWHERE,
    isMinor: true,
  }),
  column('what', 'what', comparedCell, { in: PAGE }),
  column('certainty', 'certainty', row => textCell(certaintyText(row)), { in: EVERYWHERE }),
  column('measure', 'measure', row => textCell(measureText(row)), { in: EVERYWHERE, isMinor: true }),
  column('medians', 'base → head', row => textCell(mediansText(row)), { in: TEXT }),
  side('base'),
  side('head'),
  column('runs', 'runs', ({ base, head }) => ({ kind: 'runs', base, head }), { in: PAGE, isMinor: true }),
  column('name', 'what', nameCell, { in: TEXT }),
  column('place', 'where', ({ entity }) => placeOf(entity), { in: ['terminal'] }),
  column('where', 'where', row => parts([placeOf(row.entity), textCell(formerName(row))]), {
    in: ['markdown'],
  }),
  column('interval', '95 % CI', row => figure(row.interval95Ms?.[0] ?? null, intervalText(row)), {
    in: EVERYWHERE,
    isMinor: true,
    meaning: 'confidence interval of the change, not adjusted for multiple tests',
  }),
  column('statistics', 'statistics', row => figure(row.pAdjusted, statisticsText(row)), {
    in: ['markdown', 'page'],
    isMinor: true,
    meaning: 'p, corrected for multiple tests, and the runs of both sides; without a test, why there is none',
  }),
  column('former', 'was', row => textCell(formerName(row)), { in: ['terminal'] }),
]

function side(key: 'base' | 'head'): TableColumn<ComparisonRow> {
  return column(key, key, row => figure(row[key]?.medianMs ?? null, medianText(row[key], row.interval95Ms)), {
    in: PAGE,
    meaning: 'median of the runs',
  })
}

function figure(value: number | null, text: string, direction?: string): Cell {
  return { kind: 'figure', value, text, ...(direction === undefined ? {} : { direction }) }
}

/** How a change is coloured: only what stands out from noise is. */
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

/** Empty of what is in no place, or named by it. */
function placeOf(entity: Entity): Cell {
  const project = entity.project === '' ? '' : `(${entity.project})`
  return parts([entity.name.length === 0 ? EMPTY : placeCell(entity), textCell(project)])
}

function parts(cells: readonly Cell[]): Cell {
  return { kind: 'parts', cells }
}

/** What a row is of, with its place and what it was, leading to its calls where it has any. */
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
  if (table === 'functions') return file === '' ? name.join(' ') : positionText(entity, AS_IS)
  if (table === 'modules') return file
  return table === 'packages' ? name.join(' ') : ''
}

const AS_IS = { place: (place: string) => place, toShown: (path: string) => path }

/** What is on one side only. */
export const ONE_SIDED_COLUMNS: readonly TableColumn<ComparisonRow>[] = [
  column('time', 'time', row => durationCell((row.head ?? row.base)?.medianMs ?? null), { in: EVERYWHERE }),
  column('side', 'in head', row => textCell(row.verdict), { in: EVERYWHERE }),
  column('of', 'of', row => textCell(TITLES[row.table].toLowerCase()), { in: EVERYWHERE }),
  ...named<ComparisonRow>(row => row),
  column('measure', 'measure', row => textCell(measureText(row)), { in: PAGE }),
]

export const UNMATCHED_COLUMNS: readonly TableColumn<UnmatchedFunction>[] = [
  column('time', 'self', row => durationCell(row.medianMs), { in: EVERYWHERE }),
  column('side', 'side', row => textCell(row.side), { in: EVERYWHERE, lead: 'in' }),
  ...named<UnmatchedFunction>(({ entity }) => ({ table: 'functions', entity, was: null })),
]

function named<Row>(of: (row: Row) => Named): TableColumn<Row>[] {
  return [
    column('what', 'what', row => comparedCell(of(row)), { in: PAGE }),
    column('name', 'what', row => nameCell(of(row)), { in: TEXT }),
    column('place', 'where', row => placeOf(of(row).entity), { in: TEXT }),
  ]
}
