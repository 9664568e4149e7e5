// The table of all lists of the page. Sorting, filter and number of rows are in the link; it can be copied as Markdown.

import { count, grouped } from '../../report/views/figures.js'
import { type Cell, figureOf, isFigure } from '../../tables/cell.js'
import { GLOSSARY } from '../../tables/glossary.js'
import { columnsFor, type TableColumn } from '../../tables/table.js'
import { navigate } from '../navigation.js'
import { changed, type Route } from '../routes.js'
import { CellView, textOf } from './cell-view.js'
import { CopyButton, SearchField } from './controls.js'

interface DataTableProps<Row> {
  readonly caption: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly route: Route<string>
  /** The column that rows are sorted by at first, with `-` for descending. Default: the order of the rows. */
  readonly sortBy?: string
  /** Whether the table has a filter. */
  readonly filter?: boolean
  readonly empty?: string
  readonly first?: number
}

/** Figures are aligned to the right, and sorted largest first. */
type PageColumn<Row> = TableColumn<Row> & { readonly isFigure: boolean }

function pageColumns<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): PageColumn<Row>[] {
  const [row] = rows
  return columnsFor('page', columns)
    .toSorted((a, b) => Number(b.isSubject ?? false) - Number(a.isSubject ?? false))
    .map(column => ({ ...column, isFigure: row !== undefined && isFigure(column.cell(row)) }))
}

const MORE = 500

export function DataTable<Row>({
  caption,
  columns: all,
  rows,
  route,
  sortBy = '',
  filter = false,
  empty = 'Nothing to show.',
  first = 100,
}: DataTableProps<Row>) {
  const everyColumn = pageColumns(all, rows)
  const sort = route.params.get('sort') ?? sortBy
  const constant = constantColumns(everyColumn, rows, sort.replace(/^-/, ''))
  const columns = everyColumn.filter(entry => !constant.includes(entry))
  const query = filter ? (route.params.get('q') ?? '') : ''
  const isFalling = sort.startsWith('-')
  const column = columns.find(({ key }) => key === sort.replace(/^-/, ''))
  const found = sorted(filtered(rows, columns, query), column, isFalling)
  const limit = Math.max(first, Number(route.params.get('rows')) || 0)
  const shown = found.slice(0, limit)
  const most = column === undefined ? 0 : largest(found, column)
  const amount = amountOf({ shown: shown.length, found: found.length, all: rows.length })
  return (
    <section class="table" aria-label={caption}>
      <div class="tools">
        {filter && <SearchField route={route} label="Filter" placeholder="name or path" />}
        <span class="count" role="status">
          {amount}
        </span>
        {rows.length > 0 && (
          <CopyButton
            label="Copy as Markdown"
            text={() => markdown(columns, shown, shown.length < rows.length ? amount : undefined)}
          />
        )}
      </div>
      {constant.length > 0 && (
        <p class="sub">The same in all rows: {constant.map(entry => constantText(entry, rows)).join(', ')}</p>
      )}
      {rows.length === 0 ? (
        <p class="none">{empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section class="scroll" tabIndex={0} aria-label={`${caption}, scrolls sideways`}>
          <table>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map(entry => (
                  <HeadCell
                    key={entry.key}
                    entry={entry}
                    isSorted={entry === column}
                    isFalling={isFalling}
                    route={route}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => (
                <tr key={index}>
                  {columns.map(entry => (
                    <td
                      key={entry.key}
                      class={cellClass(entry)}
                      data-label={titleOf(entry)}
                      style={entry === column ? barStyle(entry.cell(row), most) : undefined}
                    >
                      <CellView cell={entry.cell(row)} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found.length > shown.length && (
        <button
          type="button"
          class="more"
          onClick={() => navigate(changed(route, { rows: limit + MORE }), { replace: true })}
        >
          Show {grouped(Math.min(MORE, found.length - shown.length))} more of {grouped(found.length)}
        </button>
      )}
    </section>
  )
}

type HeadCellProps = Record<'isSorted' | 'isFalling', boolean> & {
  entry: PageColumn<never>
  route: Route<string>
}

function HeadCell({ entry, isSorted, isFalling, route }: HeadCellProps) {
  const next = isSorted ? !isFalling : entry.isFigure
  return (
    <th
      scope="col"
      class={cellClass(entry)}
      aria-sort={isSorted ? (isFalling ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        title={GLOSSARY[entry.heading]}
        onClick={() => navigate(changed(route, { sort: `${next ? '-' : ''}${entry.key}` }))}
      >
        {titleOf(entry)}
        <span aria-hidden="true" class="arrow">
          {isSorted ? (isFalling ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

/** Columns that say the same of all rows; never the subject or the column that rows are sorted by. */
function constantColumns<Row>(
  columns: readonly PageColumn<Row>[],
  rows: readonly Row[],
  sortKey: string,
): readonly PageColumn<Row>[] {
  const [first, ...others] = rows
  if (first === undefined || others.length === 0) return []
  return columns.filter(({ key, isSubject, cell }, index) => {
    if (index === 0 || isSubject || key === sortKey) return false
    const compared = comparedValue(cell(first))
    return others.every(row => comparedValue(cell(row)) === compared)
  })
}

/** A figure itself, because its text takes longer to make than thousands of rows can afford. */
function comparedValue(cell: Cell): string | number | null {
  return figureOf(cell) ?? textOf(cell)
}

/** `blocked 0 ms` */
function constantText<Row>({ heading, cell }: PageColumn<Row>, [row]: readonly Row[]): string {
  const text = row === undefined ? '' : textOf(cell(row))
  return `${heading} ${text === '' ? '–' : text}`
}

/** The largest time of a column; 0 if it has none. */
function largest<Row>(rows: readonly Row[], { cell }: PageColumn<Row>): number {
  return rows.reduce((most, row) => Math.max(most, timeOf(cell(row))), 0)
}

function timeOf(cell: Cell): number {
  return cell.kind === 'duration' ? (cell.ms ?? 0) : 0
}

/** A bar behind a time, as long as its share of the largest one. */
function barStyle(cell: Cell, most: number): { backgroundSize: string } | undefined {
  const ms = timeOf(cell)
  return most > 0 && ms > 0 ? { backgroundSize: `${(100 * ms) / most}% 100%` } : undefined
}

function titleOf({ heading }: Pick<TableColumn, 'heading'>): string {
  return heading.charAt(0).toUpperCase() + heading.slice(1)
}

/** Unknown figures come last. */
function sorted<Row>(
  rows: readonly Row[],
  column: PageColumn<Row> | undefined,
  isFalling: boolean,
): readonly Row[] {
  if (column === undefined) return rows
  const sign = isFalling ? -1 : 1
  const keys = new Map(rows.map(row => [row, sortKey(column.cell(row))]))
  return rows.toSorted((a, b) => {
    const [left, right] = [keys.get(a) ?? null, keys.get(b) ?? null]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * String(left).localeCompare(String(right))
  })
}

function sortKey(cell: Cell): string | number | null {
  const figure = figureOf(cell)
  return figure === undefined ? textOf(cell) : figure
}

function filtered<Row>(rows: readonly Row[], columns: readonly PageColumn<Row>[], query: string) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(row => {
    const text = columns.map(column => textOf(column.cell(row)).toLowerCase()).join('\n')
    return words.every(word => text.includes(word))
  })
}

function cellClass({ isFigure: isNumber, isMinor }: PageColumn<never>): string {
  return `${isNumber ? 'number' : ''} ${isMinor ? 'minor' : ''}`
}

/** `''` where a sentence says that there are none. */
function amountOf({ shown, found, all }: Record<'shown' | 'found' | 'all', number>): string {
  if (all === 0) return ''
  const ofAll = found === all ? count(all, 'row') : `${grouped(found)} of ${count(all, 'row')}`
  return shown === found ? ofAll : `the first ${grouped(shown)} of ${ofAll}`
}

/** A GitHub table: https://github.github.com/gfm/#tables-extension- `amount` follows it if rows are left out. */
function markdown<Row>(columns: readonly PageColumn<Row>[], rows: readonly Row[], amount?: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>|~#]/g, character => `\\${character}`)
  return [
    line(columns.map(titleOf)),
    line(columns.map(column => (column.isFigure ? '---:' : '---'))),
    ...rows.map(row => line(columns.map(column => escaped(textOf(column.cell(row)))))),
    ...(amount === undefined ? [] : ['', amount]),
  ].join('\n')
}
