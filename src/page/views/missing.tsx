import { count } from '../../report/figures.js'
import type { Report } from '../../report/report.js'
import { plain } from '../data/text.js'
import { Place } from '../widgets/links.js'

/** What this page cannot show, and why. */
export function Missing({ report, cuts }: { report: Report; cuts: readonly string[] }) {
  const { missing, limits, truncated } = report
  const tables = truncated.map(
    ({ table, kept, total }) =>
      `Of ${total.toLocaleString('en-US')} rows of “${table}” the first ${kept.toLocaleString('en-US')} are here; the run’s recordings hold all.`,
  )
  const notes = [...limits, ...tables, ...cuts]
  if (missing.length === 0 && notes.length === 0) return null
  return (
    <section class="missing">
      <h2>What is missing</h2>
      {missing.length > 0 && (
        <>
          <p>{count(missing.length, 'test file')} not recorded, or not to the end:</p>
          <ul>
            {missing.slice(0, 200).map(({ file, reason, remedy }) => (
              <li key={file}>
                <Place file={file} line={0} />: {plain(reason)}. {plain(remedy)}
              </li>
            ))}
          </ul>
          {missing.length > 200 && <p>… and {missing.length - 200} more, in report.json.</p>}
        </>
      )}
      <ul>
        {notes.map(note => (
          <li key={note}>{plain(note)}</li>
        ))}
      </ul>
    </section>
  )
}
