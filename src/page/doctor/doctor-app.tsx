// The page of the doctor's answer: the verdict, a table for each kind of candidate, and the text to paste.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { type DoctorTable, doctorTables } from '../../formats/doctor/doctor-tables.js'
import { endSentences, patchesOf, suiteSentence, verdictSentence } from '../../formats/doctor/sentences.js'
import { codeText, sanitize } from '../data/text.js'
import { useRoute } from '../navigation.js'
import type { Route } from '../routes.js'
import { CopyButton } from '../widgets/controls.js'
import { DataTable } from '../widgets/data-table.js'
import { PageFrame } from '../widgets/page-frame.js'

const TABS = { answer: 'What pays', patches: 'To paste', files: 'Test files' } as const
const VIEWS = Object.keys(TABS) as (keyof typeof TABS)[]

export function DoctorApp({ answer }: { answer: DoctorAnswer }) {
  const route = useRoute(VIEWS, 'answer')
  return (
    <PageFrame
      tabs={TABS}
      current={route.view}
      place={route.view}
      isRead={true}
      title={
        <>
          <strong>Doctor</strong> <span class="sub">{sanitize(suiteSentence(answer))}</span>
        </>
      }
      footer={endSentences(answer).map(sentence => <p key={sentence}>{sanitize(sentence)}</p>)}
    >
      {route.view === 'answer' && <Answer answer={answer} route={route} />}
      {route.view === 'patches' && <Patches answer={answer} />}
      {route.view === 'files' && <Files answer={answer} />}
    </PageFrame>
  )
}

function Answer({ answer, route }: { answer: DoctorAnswer; route: Route<string> }) {
  return (
    <>
      <h1>{sanitize(verdictSentence(answer))}</h1>
      {doctorTables(answer).map(table => (
        <Candidates key={table.title} table={table} route={route} />
      ))}
    </>
  )
}

function Candidates({ table, route }: { table: DoctorTable; route: Route<string> }) {
  return (
    <section>
      <h2>{table.title}</h2>
      <DataTable caption={table.title} columns={table.columns} rows={table.rows} route={route} />
    </section>
  )
}

function Patches({ answer }: { answer: DoctorAnswer }) {
  const patches = patchesOf(answer)
  if (patches.length === 0) return <p>No change pays, so there is nothing to paste.</p>
  return (
    <>
      {patches.map(({ title, patch }) => (
        <section key={title}>
          <h2>{sanitize(title)}</h2>
          <pre>
            <code>{codeText(patch)}</code>
          </pre>
          <CopyButton text={() => patch} label="Copy" />
        </section>
      ))}
    </>
  )
}

function Files({ answer }: { answer: DoctorAnswer }) {
  return (
    <>
      {answer.candidates
        .filter(({ files, forbiddenBy }) => files.length + forbiddenBy.length > 0)
        .map(({ name, title, verdict, files, forbiddenBy }) => (
          <details key={name}>
            <summary>
              {sanitize(title)}: {verdict}, {files.length} test files pass with it, {forbiddenBy.length}{' '}
              forbid it
            </summary>
            <ul>
              {forbiddenBy.map(({ file, reason }) => (
                <li key={file}>
                  {sanitize(file)}: {sanitize(reason)}
                </li>
              ))}
              {files.map(file => (
                <li key={file}>{sanitize(file)}</li>
              ))}
            </ul>
          </details>
        ))}
    </>
  )
}
