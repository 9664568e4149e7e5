import type { FileReport } from '../../report/file-report.js'
import type { RunData } from '../data/run-data.js'
import type { Route } from '../routes.js'
import { durationColumn } from '../widgets/duration-column.js'
import { FileName } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

function phase(key: 'imports' | 'hooks' | 'tests', title: string): Column<FileReport> {
  return durationColumn(key, title, file => file.phases?.[key].wallMs ?? null, { isMinor: true })
}

const COLUMNS: readonly Column<FileReport>[] = [
  {
    key: 'file',
    title: 'File',
    value: file => file.path,
    text: file => `${file.path} ${file.project}`.trim(),
    show: file => <FileName file={file} />,
  },
  durationColumn('wallMs', 'Wall', file => file.wallMs),
  durationColumn('cpuMs', 'CPU', file => file.cpuMs),
  durationColumn('idleMs', 'Waiting', file => file.idleMs),
  durationColumn('gcMs', 'GC', file => file.gcMs, { isMinor: true, hint: 'garbage collection, part of CPU' }),
  durationColumn('readyMs', 'No core', file => file.readyMs, {
    isMinor: true,
    hint: 'could run, and had no core',
  }),
  durationColumn('blockedMs', 'Blocked', file => file.blockedMs, {
    isMinor: true,
    hint: 'in synchronous calls',
  }),
  phase('imports', 'Imports'),
  phase('hooks', 'Hooks'),
  phase('tests', 'Tests'),
  {
    key: 'count',
    title: 'Count',
    hint: 'number of tests',
    isMinor: true,
    value: file => new Set(file.tests.map(({ index }) => index)).size,
  },
  {
    key: 'status',
    title: 'Status',
    value: file => file.status,
    show: file => <span class={`status ${file.status}`}>{file.status}</span>,
  },
  { key: 'worker', title: 'Worker', isMinor: true, value: file => file.worker },
]

export function Files({ data, route }: { data: RunData; route: Route }) {
  return (
    <>
      <h1>Test files</h1>
      <Table
        caption="Test files"
        columns={COLUMNS}
        rows={data.report.files}
        route={route}
        sortBy="-wallMs"
        filter
      />
    </>
  )
}
