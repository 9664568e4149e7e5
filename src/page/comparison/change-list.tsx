// A few changes as a person reads them: how much, of what, and how sure that is.

import {
  changeText,
  evidence,
  intervalText,
  measureText,
  mediansText,
  relativeText,
  TITLES,
} from '../../formats/comparison/row-wording.js'
import type { NamedRow } from './comparison-data.js'
import { directionOf } from './direction.js'
import { RunDots } from './run-dots.js'
import { Thing } from './thing.js'

export function ChangeList({ rows, isOfOneTable }: { rows: readonly NamedRow[]; isOfOneTable?: boolean }) {
  return (
    <ol class="changes">
      {rows.map((row, index) => (
        <li key={index}>
          <span class={`by ${directionOf(row)}`}>
            {changeText(row)}
            <span class="sub">{relativeText(row)}</span>
          </span>
          <div>
            <Thing row={row} />
            <p class="sub">
              {isOfOneTable !== true && `${TITLES[row.table]}, `}
              {[measureText(row), mediansText(row), intervalText(row), evidence(row)]
                .filter(text => text !== '')
                .join(' · ')}
            </p>
          </div>
          <RunDots row={row} />
        </li>
      ))}
    </ol>
  )
}
