// One table for all lists of the page: sorted and filtered by what the fragment says, copied as Markdown, and never
// longer than a person reads unless asked.

import type { ComponentChildren } from 'preact'
import { count } from '../../report/views/figures.js'
import { plain } from '../data/text.js'
import { navigate } from '../navigation.js'
import { changed, type Route } from '../routes.js'
import { CopyButton } from './copy-button.js'

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** Explains the title. */
  readonly hint?: string
  /** What rows are sorted by; numbers stand to the right and are sorted falling first. Null: not known, and last. */
  readonly value: (row: Row) => string | number | null
  readonly show?: (row: Row) => ComponentChildren
  /** For Markdown and filters, where `value` is not what is shown. */
  readonly text?: (row: Row) => string
  /** Left out on a phone. */
  readonly isMinor?: boolean
  /** A figure, although its value is unknown in every row. */
  readonly isNumber?: boolean
}

interface TableProps<Row> {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly route: Route<string>
  /** Column that rows are sorted by as long as nobody says otherwise. */
  readonly sortBy: string
  /** Whether there is a field to filter by. */
  readonly filter?: boolean
  readonly empty?: string
  readonly first?: number
}

const MORE = 500

export function Table<Row>({
  caption,
  columns,
  rows,
  route,
  sortBy,
  filter = false,
  empty,
  first = 100,
}: TableProps<Row>) {
  const query = filter ? (route.params.get('q') ?? '') : ''
  const { column, isFalling } = sorting(columns, route.params.get('sort') ?? sortBy)
  const found = sorted(filtered(rows, columns, query), column, isFalling)
  const limit = Math.max(first, Number(route.params.get('rows')) || 0)
  const shown = found.slice(0, limit)
  const amount = amountOf({ shown: shown.length, found: found.length, all: rows.length })
  return (
    <section class="table" aria-label={caption}>
      <div class="tools">
        {filter && <FilterField query={query} route={route} />}
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
      {rows.length === 0 ? (
        <p class="none">{empty ?? 'There is nothing to show.'}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
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
                    isNumber={isNumeric(entry, rows)}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, index) => (
                <tr key={index}>
                  {columns.map(entry => (
                    <td key={entry.key} class={cellClass(entry, rows)}>
                      {entry.show === undefined ? textOf(entry, row) : entry.show(row)}
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
          Show {Math.min(MORE, found.length - shown.length).toLocaleString('en-US')} more of{' '}
          {found.length.toLocaleString('en-US')}
        </button>
      )}
    </section>
  )
}

function FilterField({ query, route }: { query: string; route: Route<string> }) {
  return (
    <label class="filter">
      <span>Filter</span>
      <input
        type="search"
        value={query}
        placeholder="name or path"
        onInput={event => navigate(changed(route, { q: event.currentTarget.value }), { replace: true })}
      />
    </label>
  )
}

function HeadCell<Row>({
  entry,
  isSorted,
  isFalling,
  route,
  isNumber,
}: {
  entry: Column<Row>
  isSorted: boolean
  isFalling: boolean
  route: Route<string>
  isNumber: boolean
}) {
  const next = isSorted ? !isFalling : isNumber
  return (
    <th
      scope="col"
      class={`${isNumber ? 'number' : ''} ${entry.isMinor ? 'minor' : ''}`}
      aria-sort={isSorted ? (isFalling ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        title={entry.hint}
        onClick={() => navigate(changed(route, { sort: `${next ? '-' : ''}${entry.key}` }))}
      >
        {entry.title}
        <span aria-hidden="true" class="arrow">
          {isSorted ? (isFalling ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

function sorting<Row>(columns: readonly Column<Row>[], sort: string) {
  const column = columns.find(({ key }) => key === sort.replace(/^-/, ''))
  return { column, isFalling: sort.startsWith('-') }
}

function sorted<Row>(
  rows: readonly Row[],
  column: Column<Row> | undefined,
  isFalling: boolean,
): readonly Row[] {
  if (column === undefined) return rows
  const sign = isFalling ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [column.value(a), column.value(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right)
    return sign * String(left).localeCompare(String(right))
  })
}

function filtered<Row>(rows: readonly Row[], columns: readonly Column<Row>[], query: string): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(row => {
    const text = columns
      .map(column => textOf(column, row))
      .join('\n')
      .toLowerCase()
    return words.every(word => text.includes(word))
  })
}

function textOf<Row>({ text, value }: Column<Row>, row: Row): string {
  return plain(text === undefined ? String(value(row) ?? '–') : text(row))
}

function isNumeric<Row>({ value, isNumber = false }: Column<Row>, [row]: readonly Row[]): boolean {
  return isNumber || (row !== undefined && typeof value(row) === 'number')
}

function cellClass<Row>(column: Column<Row>, rows: readonly Row[]): string {
  return `${isNumeric(column, rows) ? 'number' : ''} ${column.isMinor ? 'minor' : ''}`
}

function amountOf({ shown, found, all }: Record<'shown' | 'found' | 'all', number>): string {
  const ofAll = found === all ? count(all, 'row') : `${found.toLocaleString('en-US')} of ${count(all, 'row')}`
  return shown === found ? ofAll : `the first ${shown.toLocaleString('en-US')} of ${ofAll}`
}

/** A GitHub table: https://github.github.com/gfm/#tables-extension- `amount`: said below it, where rows are left out. */
function markdown<Row>(columns: readonly Column<Row>[], rows: readonly Row[], amount?: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>|~#]/g, character => `\\${character}`)
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(column => (isNumeric(column, rows) ? '---:' : '---'))),
    ...rows.map(row => line(columns.map(column => escaped(textOf(column, row))))),
    ...(amount === undefined ? [] : ['', amount]),
  ].join('\n')
}
