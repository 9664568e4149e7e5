import { useState } from 'preact/hooks'
import type { BudgetCause, BudgetExcess } from '../../report/budget-report.js'
import type { Report } from '../../report/report.js'
import { excessCounts, excessesOf } from '../../report/views/budget-excesses.js'
import { count, duration } from '../../report/views/figures.js'
import { plain } from '../data/text.js'
import { FileName, Place, TestName } from '../widgets/links.js'

const ROWS = 5

/** What is over its limit, and what could not be compared; nothing where all budgets are kept. */
export function Budgets({ report }: { report: Report }) {
  const [isWhole, setWhole] = useState(false)
  const excesses = excessesOf(report)
  const notes = report.budgets.flatMap(({ notes: texts }, index) =>
    texts.map(text => `budgets[${index}]: ${text}`),
  )
  if (excesses.length === 0 && notes.length === 0) return null
  const { exceeded, withinUncertainty } = excessCounts(report)
  const shown = isWhole ? excesses : excesses.slice(0, ROWS)
  return (
    <section class="findings">
      <h2>
        {exceeded > 0 ? 'Budgets exceeded' : 'Budgets'}{' '}
        <small>
          {count(exceeded, 'figure')} over the limit, {withinUncertainty} by less than the uncertainty
        </small>
      </h2>
      <ol>
        {shown.map((excess, index) => (
          <Excess key={index} excess={excess} />
        ))}
      </ol>
      {excesses.length > shown.length && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          Show all {excesses.length}
        </button>
      )}
      {notes.map(note => (
        <p key={note}>{plain(note)}</p>
      ))}
    </section>
  )
}

function Excess({ excess }: { excess: BudgetExcess }) {
  const { limit, limitMs, figureMs, uncertaintyMs, verdict, test, module, cause } = excess
  const file = { path: excess.file, project: excess.project, projectId: excess.projectId }
  return (
    <li class={verdict === 'exceeded' ? 'high' : 'low'}>
      <span class="cost">{duration(figureMs)}</span>
      <div>
        {test !== null && <TestName file={file} test={test} />}
        {module !== null && <Place file={module} line={0} />} <FileName file={file} />
        <p>
          {limit} over {duration(limitMs)},{' '}
          {uncertaintyMs === null ? 'by wall clock' : `±${duration(uncertaintyMs)}`}
          {verdict === 'exceeded' ? '' : ': within the uncertainty, no failure'}
        </p>
        {cause !== null && <Cause cause={cause} />}
      </div>
    </li>
  )
}

function Cause({ cause: { text, file, line, column, ms } }: { cause: BudgetCause }) {
  return (
    <p class="remedy">
      {plain(text)} <Place {...{ file, line, column }} /> ({duration(ms)})
    </p>
  )
}
