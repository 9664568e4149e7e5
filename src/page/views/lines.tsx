import type { LineReport } from '../../report/code-reports.js'
import { LINES } from '../../tables/code-tables.js'
import { column } from '../../tables/columns.js'
import type { RankedTable } from '../../tables/table.js'
import { TableView, type ViewProps } from './table-view.js'

/** With the text of each line, which only the page has. */
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
