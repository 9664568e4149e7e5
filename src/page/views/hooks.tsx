import type { HookReport } from '../../report/account-reports.js'
import { duration } from '../../report/figures.js'
import type { RunData } from '../data/run-data.js'
import { plain, position } from '../data/text.js'
import type { Route } from '../routes.js'
import { Place } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

function time(key: 'wallMs' | 'cpuMs' | 'idleMs', title: string): Column<HookReport> {
  return {
    key,
    title,
    value: row => row[key],
    text: row => duration(row[key]),
    show: row => duration(row[key]),
  }
}

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
  time('wallMs', 'Wall'),
  time('cpuMs', 'CPU'),
  time('idleMs', 'Waiting'),
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
