import type { FileReport } from '../../report/file-report.js'
import type { RunData } from '../data/run-data.js'
import type { Route } from '../routes.js'
import { Duration, durationText } from '../widgets/figures.js'
import { FileName } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

function time(
  key: 'wallMs' | 'cpuMs' | 'gcMs' | 'idleMs' | 'blockedMs',
  title: string,
  given: Partial<Column<FileReport>> = {},
): Column<FileReport> {
  return {
    key,
    title,
    isNumber: true,
    value: file => file[key],
    text: file => durationText(file[key]),
    show: file => <Duration ms={file[key]} />,
    ...given,
  }
}

function phase(key: 'imports' | 'hooks' | 'tests', title: string): Column<FileReport> {
  const value = (file: FileReport) => file.phases?.[key].wallMs ?? null
  return {
    key,
    title,
    isNumber: true,
    isMinor: true,
    value,
    text: file => durationText(value(file)),
    show: file => <Duration ms={value(file)} />,
  }
}

const COLUMNS: readonly Column<FileReport>[] = [
  {
    key: 'file',
    title: 'File',
    value: file => file.path,
    text: file => `${file.path} ${file.project}`.trim(),
    show: file => <FileName file={file} />,
  },
  time('wallMs', 'Wall'),
  time('cpuMs', 'CPU'),
  time('idleMs', 'Waiting'),
  time('gcMs', 'GC', { isMinor: true, hint: 'garbage collection, part of CPU' }),
  time('blockedMs', 'Blocked', { isMinor: true, hint: 'in synchronous calls, part of CPU' }),
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
