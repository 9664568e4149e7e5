import { useState } from 'preact/hooks'
import { docsUrl, ruleOf } from '../../report/finding-rules.js'
import type { Finding } from '../../report/report.js'
import { duration } from '../../report/views/figures.js'
import { Place } from '../widgets/links.js'
import { Marked } from '../widgets/marked.js'

/** What to change, the costliest first, each with its evidence. */
export function Findings({ findings, rows }: { findings: readonly Finding[]; rows: number }) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? findings : findings.slice(0, rows)
  return (
    <section class="findings">
      <h2>What to change</h2>
      {findings.length === 0 && (
        <p class="none">No rule found anything that costs 100 ms and 1 % of the time, or more.</p>
      )}
      <ol>
        {shown.map(({ id, severity, confidence, title, evidence, remedy, costMs, position }) => (
          <li key={id} class={severity}>
            <span class="cost">
              {confidence === 'high' ? '' : '≤ '}
              {duration(costMs)}
            </span>
            <div>
              <strong>
                <Marked text={title} />
              </strong>
              {position !== null && !title.includes(`${position.file}:${position.line}`) && (
                <>
                  {' '}
                  <Place {...position} />
                </>
              )}
              <p class="remedy">
                <Marked text={remedy} />
              </p>
              <details>
                <summary>Evidence</summary>
                <p>
                  <Marked text={evidence} />{' '}
                  <a href={docsUrl(id)} target="_blank" rel="noreferrer">
                    About {ruleOf(id)}
                  </a>
                </p>
              </details>
            </div>
          </li>
        ))}
      </ol>
      {findings.length > shown.length && (
        <button type="button" class="more" onClick={() => setWhole(true)}>
          Show all {findings.length}
        </button>
      )}
    </section>
  )
}
