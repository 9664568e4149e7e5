import type { RunData, TestRow } from '../data/run-data.js'
import { testTitle } from '../data/text.js'
import type { Route } from '../routes.js'
import { durationColumn } from '../widgets/duration-column.js'
import { FileName, TestName } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

export const TEST_COLUMNS: readonly Column<TestRow>[] = [
  {
    key: 'name',
    title: 'Test',
    value: ({ test }) => testTitle(test.name),
    show: ({ file, test }) => <TestName file={file} test={test} />,
  },
  durationColumn('wallMs', 'Wall', ({ test }) => test.wallMs),
  durationColumn('cpuMs', 'CPU', ({ test }) => test.cpuMs),
  durationColumn('idleMs', 'Waiting', ({ test }) => test.idleMs),
  durationColumn('gcMs', 'GC', ({ test }) => test.gcMs, {
    isMinor: true,
    hint: 'garbage collection, part of CPU',
  }),
  durationColumn('readyMs', 'No core', ({ test }) => test.readyMs, {
    isMinor: true,
    hint: 'could run, and had no core',
  }),
  durationColumn('blockedMs', 'Blocked', ({ test }) => test.blockedMs, {
    isMinor: true,
    hint: 'in synchronous calls',
  }),
  durationColumn('hooksMs', 'Hooks', ({ test }) => test.hooksMs, {
    isMinor: true,
    hint: 'beforeEach and afterEach, part of the wall time',
  }),
  durationColumn('importsMs', 'Importing', ({ test }) => test.importsMs, {
    isMinor: true,
    hint: 'modules that nothing had asked for before, part of the wall time',
  }),
  {
    key: 'status',
    title: 'Status',
    value: ({ test }) => test.status,
    show: ({ test }) => <span class={`status ${test.status}`}>{test.status}</span>,
  },
  { key: 'attempt', title: 'Attempt', value: ({ test }) => test.attempt, isMinor: true },
]

const FILE_COLUMN: Column<TestRow> = {
  key: 'file',
  title: 'File',
  value: ({ file }) => file.path,
  text: ({ file }) => `${file.path} ${file.project}`.trim(),
  show: ({ file }) => <FileName file={file} />,
}

export function Tests({ data, route }: { data: RunData; route: Route }) {
  const [name, ...times] = TEST_COLUMNS
  const columns = name === undefined ? [] : [name, ...times, FILE_COLUMN]
  return (
    <>
      <h1>Tests</h1>
      <Table caption="Tests" columns={columns} rows={data.tests} route={route} sortBy="-wallMs" filter />
    </>
  )
}
