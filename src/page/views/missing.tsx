import { cutTexts } from '../../formats/sentences.js'
import { MISSING } from '../../tables/judgement-tables.js'
import { columnsFor } from '../../tables/table.js'
import { plain } from '../data/text.js'
import { Parts } from '../widgets/cell-view.js'
import type { ViewProps } from './table-view.js'

/** What this page cannot show, and why. */
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
          <li key={note}>{plain(note)}</li>
        ))}
      </ul>
    </section>
  )
}
