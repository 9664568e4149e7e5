// A view that is one table of the report, all of it.

import type { ComponentChildren, JSX } from 'preact'
import type { RankedTable } from '../../tables/table.js'
import type { RunData } from '../data/run-data.js'
import type { Route } from '../routes.js'
import { DataTable } from '../widgets/data-table.js'

/** What each view of a run is given. */
export interface ViewProps {
  readonly data: RunData
  readonly route: Route
}

interface TableViewProps<Row> extends ViewProps {
  readonly table: RankedTable<Row>
  /** Left out: those of the report. */
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

/** The view of a table that needs nothing more. */
export function viewOf<Row>(
  table: RankedTable<Row>,
  rowsOf?: (data: RunData) => readonly Row[],
): (props: ViewProps) => JSX.Element {
  return ({ data, route }) => (
    <TableView data={data} route={route} table={table} rows={rowsOf?.(data) ?? table.rows(data.report)} />
  )
}
