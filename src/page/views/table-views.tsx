// Views that show a whole table of the report.

import type { ComponentChildren, JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { CATEGORIES } from '../../profile/profile.js'
import type { LineReport } from '../../report/code-reports.js'
import { FUNCTIONS, LINES } from '../../tables/code-tables.js'
import { column } from '../../tables/columns.js'
import type { RankedTable } from '../../tables/table.js'
import { functionRows } from '../data/functions.js'
import type { RunData } from '../data/run-data.js'
import { sanitize } from '../data/text.js'
import { ChoiceLinks } from '../widgets/controls.js'
import { DataTable } from '../widgets/data-table.js'
import { Category } from '../widgets/names.js'
import { NeedsProfile, type ViewProps } from './view.js'

interface TableViewProps<Row> extends ViewProps {
  readonly table: RankedTable<Row>
  /** Default: the rows of the report. */
  readonly rows?: readonly Row[]
  /** Between heading and table. */
  readonly children?: ComponentChildren
}

export function TableView<Row>({ data, route, table, rows, children }: TableViewProps<Row>) {
  const { report } = data
  const { title, explanation, empty } = table
  const columns = table.columns(report)
  return (
    <>
      <h1>{title}</h1>
      {explanation !== undefined && <p class="sub">{explanation}</p>}
      {children}
      <DataTable
        caption={title}
        columns={columns}
        rows={rows ?? table.rows(report)}
        route={route}
        sortBy={`-${columns[0]?.key}`}
        filter
        empty={empty}
      />
    </>
  )
}

/** A view that only shows a table. */
export function viewOf<Row>(
  table: RankedTable<Row>,
  rowsOf?: (data: RunData) => readonly Row[],
): (props: ViewProps) => JSX.Element {
  return ({ data, route }) => (
    <TableView data={data} route={route} table={table} rows={rowsOf?.(data) ?? table.rows(data.report)} />
  )
}

export function Functions({ data, route }: ViewProps) {
  const { profile } = data
  const all = useMemo(
    () =>
      profile === undefined
        ? []
        : functionRows(profile).map(({ name, package: packageName, ...row }) => ({
            ...row,
            function: name,
            package: packageName ?? null,
            sampleCount: 0,
          })),
    [profile],
  )
  if (profile === undefined) return <NeedsProfile />
  const [category, packageName] = [route.params.get('category'), route.params.get('package')]
  const rows = all.filter(
    row =>
      (category === null || row.category === category) &&
      (packageName === null || row.package === packageName),
  )
  const present = CATEGORIES.filter(name => all.some(row => row.category === name))
  return (
    <TableView data={data} route={route} table={FUNCTIONS} rows={rows}>
      <p class="choice">
        <ChoiceLinks
          route={route}
          links={[
            {
              title: 'all',
              change: { category: null, package: null },
              isChosen: category === null && packageName === null,
            },
            ...present.map(name => ({
              title: <Category name={name} />,
              change: { category: name, package: null },
              isChosen: category === name,
            })),
            ...(packageName === null
              ? []
              : [{ title: `${sanitize(packageName)} ×`, change: { package: null }, isChosen: true }]),
          ]}
        />
      </p>
    </TableView>
  )
}

/** Adds the text of each line, which only the page has. */
function withSource(sources: Readonly<Record<string, string>>): RankedTable<LineReport> {
  const textOf = ({ file, line }: LineReport) => sources[file]?.split('\n')[line - 1]?.trim() ?? ''
  const source = column<LineReport>('text', 'source', row => ({ kind: 'code', text: textOf(row) }), {
    isMinor: true,
  })
  return { ...LINES, columns: report => [...LINES.columns(report), source] }
}

export function Lines({ data, route }: ViewProps) {
  return <TableView data={data} route={route} table={withSource(data.profile?.sources ?? {})} />
}
