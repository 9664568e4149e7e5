// The overview's lists of the most expensive functions, tests, imports and waits.

import type { ComponentChildren } from 'preact'
import type { TestReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { ownMs } from '../../report/views/busy-machine.js'
import { count, duration, grouped } from '../../report/views/figures.js'
import type { TestRow } from '../../report/views/test-templates.js'
import { isFigure } from '../../tables/cell.js'
import { columnsFor, type TableDefinition } from '../../tables/table.js'
import { SLOWEST_TESTS, testCell } from '../../tables/test-tables.js'
import { testTitle } from '../data/text.js'
import { href, type View } from '../routes.js'
import { BarRows, CellView } from '../widgets/cell-view.js'
import { ShareBar, TimeBar } from '../widgets/figures.js'
import { FileName } from '../widgets/names.js'

const FIRST = 8

interface ShortListProps<Row> {
  readonly report: Report
  readonly table: TableDefinition<Row>
  /** The view of all rows. */
  readonly view: View
  /** The number of rows. */
  readonly first?: number
  /** The text if there are no rows. */
  readonly empty: string
  /** Replaces the cells that are not figures. */
  readonly show?: (row: Row, rows: readonly Row[]) => ComponentChildren
}

/** The first rows of a table, without headings. */
export function ShortList<Row>({ report, table, view, empty, first = FIRST, show }: ShortListProps<Row>) {
  const rows = table.rows(report).slice(0, first)
  const columns = columnsFor('overview', table.columns(report))
  const note = table.note?.(report, rows) ?? ''
  return (
    <section>
      <h2>
        <a href={href(view)}>{table.title}</a> {note !== '' && <small>{note}</small>}
      </h2>
      {rows.length === 0 && <p class="none">{empty}</p>}
      <BarRows
        rows={rows.map(row => {
          const cells = columns.map(column => column.cell(row))
          const others = cells.filter(cell => !isFigure(cell))
          return { figures: cells.filter(isFigure), content: show?.(row, rows) ?? others }
        })}
      />
    </section>
  )
}

export function SlowestTests({ report }: { report: Report }) {
  return (
    <ShortList
      report={report}
      table={SLOWEST_TESTS}
      view="tests"
      empty="No test ran."
      show={(row, rows) => (
        <>
          {row.rows.length === 1 ? <CellView cell={testCell(row)} /> : <Template {...row} />}{' '}
          <FileName file={row.file} />
          <TestTime test={row.test} most={Math.max(...rows.map(({ test }) => test.wallMs))} />
        </>
      )}
    />
  )
}

function TestTime({ test, most }: { test: TestReport; most: number }) {
  const isKnown = test.cpuMs !== null && test.idleMs !== null
  return isKnown ? <TimeBar times={test} of={most} /> : <ShareBar value={test.wallMs} of={most} />
}

/** The slowest of the tests that one line defines. */
function Template({ file, test, rows }: TestRow) {
  const slowest = rows.toSorted((a, b) => ownMs(b) - ownMs(a)).slice(0, MOST_TESTS_OF_LINE)
  return (
    <details class="template">
      <summary>
        {testTitle(test.name)} ×{grouped(rows.length)}
      </summary>
      <ul>
        {slowest.map(single => (
          <li key={single.index}>
            {duration(single.wallMs)} <CellView cell={testCell({ file, test: single })} />
          </li>
        ))}
        {slowest.length < rows.length && <li>{count(rows.length - slowest.length, 'faster one')}</li>}
      </ul>
    </details>
  )
}

const MOST_TESTS_OF_LINE = 50
