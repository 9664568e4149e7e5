import { cutTexts } from '../../formats/sentences.js'
import type { Report } from '../../report/report.js'
import { count } from '../../report/views/figures.js'
import { groupMissing, type MissingGroup } from '../../report/views/missing-groups.js'
import { plain } from '../data/text.js'
import { Place } from '../widgets/links.js'

/** What this page cannot show, and why. */
export function Missing({ report, cuts }: { report: Report; cuts: readonly string[] }) {
  const { missing, limits } = report
  const notes = [...limits, ...cutTexts(report), ...cuts]
  if (missing.length === 0 && notes.length === 0) return null
  return (
    <section class="missing">
      <h2>Limitations of this run</h2>
      {missing.length > 0 && (
        <>
          <p>{count(missing.length, 'test file')} not recorded, or not to the end:</p>
          <ul>
            {groupMissing(missing).map(group => (
              <li key={group.reason + group.remedy}>
                <SingleFile group={group} /> {plain(group.reason)}. {plain(group.remedy)}
                <GroupFiles group={group} />
              </li>
            ))}
          </ul>
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

/** Of one reason: more are in report.json. */
const MOST_FILES = 200

function SingleFile({ group: { files } }: { group: MissingGroup }) {
  const [first = '', second] = files
  if (second !== undefined) return <>{count(files.length, 'file')}:</>
  return first === '' ? null : (
    <>
      <Place file={first} line={0} />:
    </>
  )
}

function GroupFiles({ group: { files } }: { group: MissingGroup }) {
  if (files.length === 1) return null
  return (
    <details>
      <summary>which files</summary>
      <ul>
        {files.slice(0, MOST_FILES).map(file => (
          <li key={file}>
            <Place file={file} line={0} />
          </li>
        ))}
      </ul>
      {files.length > MOST_FILES && <p>… and {files.length - MOST_FILES} more, in report.json.</p>}
    </details>
  )
}
