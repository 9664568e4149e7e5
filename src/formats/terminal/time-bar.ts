// Where the time went as a bar of labelled segments, and as a grid of aligned shares.

import stringWidth from 'fast-string-width'
import { truncate } from '../truncate.js'

export interface TimeShare {
  readonly name: string
  readonly ms: number
}

/** Smaller segments are drawn together, at the end. */
const LEAST_SHARE = 0.03
const REST = '…'

/** `│startup│imports     │tests              │`: each as wide as its share. At most `columns` wide; `''` without any time. */
export function timeBar(shares: readonly TimeShare[], columns: number): string {
  const whole = shares.reduce((sum, { ms }) => sum + ms, 0)
  if (whole <= 0) return ''
  const large = shares.filter(({ ms }) => ms >= LEAST_SHARE * whole)
  const restMs = whole - large.reduce((sum, { ms }) => sum + ms, 0)
  const segments = restMs >= whole / columns ? [...large, { name: REST, ms: restMs }] : large
  const free = columns - segments.length - 1
  const all = segments.reduce((sum, { ms }) => sum + ms, 0)
  let [endMs, drawn] = [0, 0]
  const texts = segments.map(({ name, ms }) => {
    endMs += ms
    const width = Math.round((free * endMs) / all) - drawn
    drawn += width
    const label = truncate(name, width)
    return label + ' '.repeat(Math.max(0, width - stringWidth(label)))
  })
  return `│${texts.join('│')}│`
}

const GAP = '   '

/** Cells of equal width, as many on a line as fit; texts of one cell are aligned with those of the others. */
export function alignedGrid(
  cells: readonly (readonly [name: string, ...figures: string[]])[],
  columns: number,
) {
  const widths: number[] = []
  for (const cell of cells)
    cell.forEach((text, index) => {
      widths[index] = Math.max(widths[index] ?? 0, stringWidth(text))
    })
  const padded = (text: string, index: number) => {
    const blanks = ' '.repeat((widths[index] ?? 0) - stringWidth(text))
    return index === 0 ? text + blanks : blanks + text
  }
  const texts = cells.map(cell => cell.map(padded).join(' '))
  const width = widths.reduce((sum, own) => sum + own + 1, -1)
  const inLine = Math.max(1, Math.floor((columns + GAP.length) / (width + GAP.length)))
  const starts = Array.from({ length: Math.ceil(texts.length / inLine) }, (_, line) => line * inLine)
  return starts.map(start => texts.slice(start, start + inLine).join(GAP))
}
