// A few changes as a person reads them: how much, of what, and how sure that is.

import type { ComparisonRow } from '../../compare/comparison.js'
import { comparedCell, directionOf } from '../../formats/comparison/comparison-tables.js'
import {
  certaintyText,
  changeText,
  intervalText,
  measureText,
  mediansText,
  relativeText,
  TITLES,
} from '../../formats/comparison/wording.js'
import { CellView } from '../widgets/cell-view.js'
import { RunDots } from '../widgets/run-dots.js'

interface ChangeListProps {
  readonly rows: readonly ComparisonRow[]
  readonly isOfOneTable?: boolean
}

export function ChangeList({ rows, isOfOneTable }: ChangeListProps) {
  return (
    <ol class="changes">
      {rows.map((row, index) => (
        <li key={index}>
          <span class={`by ${directionOf(row)}`}>
            {changeText(row)}
            <span class="sub">{relativeText(row)}</span>
          </span>
          <div>
            <CellView cell={comparedCell(row)} />
            <p class="sub">
              {isOfOneTable !== true && `${TITLES[row.table]}, `}
              {[measureText(row), mediansText(row), intervalText(row), certaintyText(row)]
                .filter(text => text !== '')
                .join(' · ')}
            </p>
          </div>
          <RunDots runs={row} />
        </li>
      ))}
    </ol>
  )
}
