// What idle time waited for, and what finished tests have leaked.

import { LEAKS, WAITS } from '../../tables/time-tables.js'
import { DataTable } from '../widgets/data-table.js'
import { TableView, type ViewProps } from './table-view.js'

export function Waits({ data, route }: ViewProps) {
  const leaks = LEAKS.rows(data.report)
  return (
    <>
      <TableView data={data} route={route} table={WAITS} />
      {leaks.length > 0 && (
        <section>
          <h2>{LEAKS.title}</h2>
          <DataTable
            caption={LEAKS.title}
            columns={LEAKS.columns(data.report)}
            rows={leaks}
            route={route}
            sortBy="-cpuMs"
          />
        </section>
      )}
    </>
  )
}
