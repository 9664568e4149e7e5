// Tables of what test files left open.

import type { OpenHandleReport } from '../report/handle-report.js'
import { handleName, keptAliveBy, madeAt } from '../report/views/open-handles.js'
import { type Cell, EMPTY, pathCell, placeCell } from './cell.js'
import { column, EVERYWHERE, ms, text } from './columns.js'
import type { TableDefinition } from './table.js'
import { referenceCell } from './time-tables.js'

const ENDS: Readonly<Record<OpenHandleReport['end'], string>> = {
  closed: 'was closed later',
  open: 'still open',
  exit: 'kept the process alive',
  force: 'Jest ended the worker by force',
}

export const OPEN_HANDLES: TableDefinition<OpenHandleReport> = {
  title: 'Left open by test files',
  rows: ({ openHandles }) => openHandles,
  columns: report => [
    ms('heldMs', 'open for', 'everywhere'),
    text('kind', 'what', handleName, 'everywhere'),
    column('place', 'made at', placeOf, 'everywhere'),
    column('maker', 'by', row => (row.test === null ? pathCell(row.file) : referenceCell(row.test, report)), {
      in: EVERYWHERE,
      lead: 'by',
      isSubject: true,
    }),
    text('end', 'end', ({ end }) => ENDS[end], 'everywhere'),
  ],
  explanation:
    'Timers, sockets, servers, child processes, workers and file watchers that were open when their test file had ended, and for how long after that. Without waits recorded (`--waits`), the line is unknown.',
}

/** In the terminal: only those for which a process had to be ended, or lived on. */
export const KEPT_ALIVE_BY: TableDefinition<OpenHandleReport> = {
  title: OPEN_HANDLES.title,
  rows: ({ openHandles }) => keptAliveBy(openHandles),
  columns: OPEN_HANDLES.columns,
}

function placeOf(handle: OpenHandleReport): Cell {
  const call = madeAt(handle)
  return call === undefined ? EMPTY : placeCell(call)
}
