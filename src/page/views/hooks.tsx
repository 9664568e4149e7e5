import type { HookReport } from '../../report/account-reports.js'
import type { RunData } from '../data/run-data.js'
import { plain, position } from '../data/text.js'
import type { Route } from '../routes.js'
import { durationColumn } from '../widgets/duration-column.js'
import { Place } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

const COLUMNS: readonly Column<HookReport>[] = [
  {
    key: 'hook',
    title: 'Hook',
    value: row => `${row.type} ${row.describe.join(' › ')}`,
    show: row => (
      <>
        {row.type} <span class="sub">{plain(row.describe.join(' › '))}</span>
      </>
    ),
  },
  {
    key: 'place',
    title: 'Defined at',
    value: row => position(row.file, row.line, row.column),
    show: row => <Place {...row} />,
  },
  { key: 'count', title: 'Runs', value: row => row.count },
  durationColumn('wallMs', 'Wall', row => row.wallMs),
  durationColumn('cpuMs', 'CPU', row => row.cpuMs),
  durationColumn('idleMs', 'Waiting', row => row.idleMs),
  { key: 'files', title: 'Files', isMinor: true, value: row => row.files },
]

export function Hooks({ data, route }: { data: RunData; route: Route }) {
  return (
    <>
      <h1>Hooks</h1>
      <Table
        caption="Hooks"
        columns={COLUMNS}
        rows={data.report.hooks}
        route={route}
        sortBy="-wallMs"
        filter
        empty="No hook ran."
      />
    </>
  )
}
