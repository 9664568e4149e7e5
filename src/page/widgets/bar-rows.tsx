// A short list: figures, and beside them what they are of.

import type { ComponentChildren } from 'preact'
import type { Cell } from '../../tables/cell.js'
import { CellView, Parts } from './cell-view.js'

export interface BarRow {
  readonly figures: readonly Cell[]
  /** Cells, or what is drawn in their place. */
  readonly content: readonly Cell[] | ComponentChildren
}

export function BarRows({ rows }: { rows: readonly BarRow[] }) {
  return (
    <table class="bars">
      <tbody>
        {rows.map(({ figures, content }, index) => (
          <tr key={index}>
            {figures.map((cell, position) => (
              <td key={position} class={position === 0 ? 'number' : 'number sub'}>
                {cell.kind === 'count' ? amountText(cell.amount) : <CellView cell={cell} />}
              </td>
            ))}
            <td class="wide">{isCells(content) ? <Parts cells={content} /> : content}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function isCells(content: BarRow['content']): content is readonly Cell[] {
  return Array.isArray(content)
}

/** `×3`; nothing where it is unknown. */
function amountText(amount: number | null): string {
  return amount === null ? '' : `×${amount.toLocaleString('en-US')}`
}
