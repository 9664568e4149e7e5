import type { LineReport } from '../../report/code-reports.js'
import type { RunData } from '../data/run-data.js'
import { plain, position } from '../data/text.js'
import type { Route } from '../routes.js'
import { Category } from '../widgets/category.js'
import { durationColumn } from '../widgets/duration-column.js'
import { Place } from '../widgets/links.js'
import { type Column, Table } from '../widgets/table.js'

function columns(sources: Readonly<Record<string, string>>): readonly Column<LineReport>[] {
  const textOf = ({ file, line }: LineReport) => sources[file]?.split('\n')[line - 1]?.trim() ?? ''
  return [
    durationColumn('selfMs', 'Self', row => row.selfMs),
    {
      key: 'line',
      title: 'Line',
      value: row => position(row.file, row.line),
      show: row => <Place file={row.file} line={row.line} />,
    },
    {
      key: 'text',
      title: 'Source',
      isMinor: true,
      value: textOf,
      show: row => <code>{plain(textOf(row))}</code>,
    },
    {
      key: 'category',
      title: 'Category',
      value: row => row.category,
      show: row => <Category name={row.category} />,
    },
  ]
}

export function Lines({ data, route }: { data: RunData; route: Route }) {
  return (
    <>
      <h1>Lines</h1>
      <Table
        caption="Lines"
        columns={columns(data.profile?.sources ?? {})}
        rows={data.report.lines}
        route={route}
        sortBy="-selfMs"
        filter
        empty="No sample tells of a line."
      />
    </>
  )
}
