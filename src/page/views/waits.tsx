// Waits: one by one, or by the function of own code that started them; and the work that tests left behind.

import { duration } from '../../report/views/figures.js'
import { EMPTY, textCell } from '../../tables/cell.js'
import { column, count, ms } from '../../tables/columns.js'
import { OPEN_HANDLES } from '../../tables/handle-tables.js'
import type { TableColumn } from '../../tables/table.js'
import { LEAKS, WAITS } from '../../tables/time-tables.js'
import { type CodeWaits, waitGroups } from '../data/wait-groups.js'
import { ChoiceLinks } from '../widgets/controls.js'
import { DataTable } from '../widgets/data-table.js'
import { TableView } from './table-views.js'
import type { ViewProps } from './view.js'

export function Waits({ data, route }: ViewProps) {
  const leaks = LEAKS.rows(data.report)
  const handles = OPEN_HANDLES.rows(data.report)
  const isGrouped = route.params.get('as') === 'code'
  const choice = (
    <p class="choice">
      <ChoiceLinks
        route={route}
        links={[
          { title: 'Single waits', change: { as: null, sort: null }, isChosen: !isGrouped },
          { title: 'By your own code', change: { as: 'code', sort: null }, isChosen: isGrouped },
        ]}
      />
    </p>
  )
  return (
    <>
      {isGrouped ? (
        <>
          <h1>{WAITS.title}</h1>
          <p class="sub">
            What each function of your own code waited for, itself or through packages that it called.
          </p>
          {choice}
          <DataTable
            caption="Waits by own code"
            columns={GROUP_COLUMNS}
            rows={waitGroups(data.report.waits)}
            route={route}
            sortBy="-totalMs"
            filter
            empty={WAITS.empty}
          />
        </>
      ) : (
        <TableView data={data} route={route} table={WAITS}>
          {choice}
        </TableView>
      )}
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
      {handles.length > 0 && (
        <section>
          <h2>{OPEN_HANDLES.title}</h2>
          <p class="sub">{OPEN_HANDLES.explanation}</p>
          <DataTable
            caption={OPEN_HANDLES.title}
            columns={OPEN_HANDLES.columns(data.report)}
            rows={handles}
            route={route}
            sortBy="-heldMs"
          />
        </section>
      )}
    </>
  )
}

const GROUP_COLUMNS: readonly TableColumn<CodeWaits>[] = [
  ms('totalMs', 'time'),
  column(
    'startedAt',
    'your code',
    ({ startedAt }) =>
      startedAt === null
        ? textCell('(none, or unknown)')
        : { kind: 'call', function: startedAt.function, place: startedAt },
    { isSubject: true },
  ),
  count('count', 'times'),
  column('kinds', 'waits for', ({ kinds }) => {
    const items = kinds.map(({ kind, totalMs }) => ({ cell: textCell(kind), note: duration(totalMs) }))
    return items.length === 0 ? EMPTY : { kind: 'list', items }
  }),
]
