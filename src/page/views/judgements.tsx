// Findings, exceeded budgets, and the limitations of the page.

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { cutTexts } from '../../formats/sentences.js'
import { MISSING } from '../../tables/judgement-tables.js'
import { columnsFor, type TableColumn, type TableDefinition } from '../../tables/table.js'
import { sanitize } from '../data/text.js'
import { CellView, Parts } from '../widgets/cell-view.js'
import { useSpotlight } from '../widgets/spotlight.js'
import type { ViewProps } from './view.js'

interface JudgementsProps<Row> extends Pick<ViewProps, 'data'> {
  readonly table: TableDefinition<Row>
  /** The number of rows shown at first. */
  readonly first: number
  readonly classOf: (row: Row) => string
  /** The text without rows. Default: no section. */
  readonly empty?: string
  /** More details of a row, below its evidence. */
  readonly details?: (row: Row) => ComponentChildren
  /** What can be done with a row. */
  readonly action?: (row: Row) => ComponentChildren
  /** Test files that the timeline points out while the mouse or the focus is on the row. */
  readonly filesOf?: (row: Row) => readonly string[]
}

export function Judgements<Row>({
  data: { report },
  table,
  first,
  classOf,
  empty,
  details,
  action,
  filesOf,
}: JudgementsProps<Row>) {
  const { point } = useSpotlight()
  const [isWhole, setWhole] = useState(false)
  const rows = table.rows(report)
  if (rows.length === 0 && empty === undefined) return null
  const shown = isWhole ? rows : rows.slice(0, first)
  const columns = columnsFor('page', table.columns(report))
  const note = table.note?.(report, shown) ?? ''
  return (
    <section class="findings">
      <h2>
        {table.title} {note !== '' && <small>{note}</small>}
      </h2>
      {rows.length === 0 && <p class="none">{empty}</p>}
      <ol>
        {shown.map((row, index) => (
          <li
            key={index}
            class={classOf(row)}
            onMouseEnter={filesOf && (() => point(filesOf(row)))}
            onMouseLeave={filesOf && (() => point(undefined))}
            onFocusIn={filesOf && (() => point(filesOf(row)))}
            onFocusOut={filesOf && (() => point(undefined))}
          >
            <Judgement columns={columns} row={row} more={details} action={action} />
          </li>
        ))}
      </ol>
      {rows.length > shown.length && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          Show all {rows.length}
        </button>
      )}
    </section>
  )
}

/** The figure, the subject, the remedy or cause, and the evidence, folded. */
function Judgement<Row>({
  columns,
  row,
  more,
  action,
}: {
  columns: readonly TableColumn<Row>[]
  row: Row
  more: JudgementsProps<Row>['details']
  action: JudgementsProps<Row>['action']
}) {
  const [figure, ...others] = columns
  const cellsOf = (isPart: (column: TableColumn<Row>) => boolean | undefined) =>
    others.filter(isPart).map(column => column.cell(row))
  const details = cellsOf(({ isDetail }) => isDetail)
  return (
    <>
      <span class="cost">{figure !== undefined && <CellView cell={figure.cell(row)} />}</span>
      <div>
        <strong>
          <Parts cells={cellsOf(({ isBelow, isDetail }) => !isBelow && !isDetail)} />
        </strong>
        {cellsOf(({ isBelow }) => isBelow).map((cell, index) => (
          <p key={index} class="remedy">
            <CellView cell={cell} />
          </p>
        ))}
        {action !== undefined && <div class="action">{action(row)}</div>}
        {details.length > 0 && (
          <details>
            <summary>Evidence</summary>
            <p>
              <Parts cells={details} />
            </p>
            {more?.(row)}
          </details>
        )}
      </div>
    </>
  )
}

/** What the page cannot show, and why. */
export function Missing({ data: { report, profile } }: Pick<ViewProps, 'data'>) {
  const notes = [...report.limits, ...cutTexts(report), ...(profile?.cuts ?? [])]
  const groups = MISSING.rows(report)
  if (groups.length === 0 && notes.length === 0) return null
  const columns = columnsFor('page', MISSING.columns(report))
  return (
    <section class="missing">
      <h2>Limitations of this run</h2>
      {groups.length > 0 && (
        <p>
          {MISSING.title}: {MISSING.note?.(report, groups)}
        </p>
      )}
      <ul>
        {groups.map((group, index) => (
          <li key={index}>
            <Parts cells={columns.map(column => column.cell(group))} />
          </li>
        ))}
        {notes.map(note => (
          <li key={note}>{sanitize(note)}</li>
        ))}
      </ul>
    </section>
  )
}
