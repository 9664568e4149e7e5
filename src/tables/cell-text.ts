// A cell as text: the same in the terminal, in Markdown, in `show`, and where the page filters and copies. Needs no Node.

import { ANONYMOUS } from '../profile/frame.js'
import { amountText, duration, grouped, percent } from '../report/views/figures.js'
import { pathText } from '../report/views/names.js'
import type { Cell, CellOf, CellPlace } from './cell.js'

/** How an output writes the content of cells. Names come from test code: each function makes them safe. */
export interface CellStyle {
  readonly text: (text: string) => string
  /** A name, which may be as long as a paragraph. */
  readonly name: (name: string) => string
  /** A path with line and column. */
  readonly place: (place: string) => string
  readonly code: (code: string) => string
  readonly link: (link: { readonly text: string; readonly url: string }) => string
  /** Text of the profiler itself, with code in backticks. */
  readonly sentence: (text: string) => string
  /** Turns a path of the report into one that its reader can open. */
  readonly toShown: (path: string) => string
  /** The most items of a list that are shown. */
  readonly mostItems: number
}

export function cellText(cell: Cell, style: CellStyle): string {
  return (TEXTS[cell.kind] as (cell: Cell, style: CellStyle) => string)(cell, style)
}

const TEXTS: { readonly [Kind in Cell['kind']]: (cell: CellOf<Kind>, style: CellStyle) => string } = {
  duration: durationText,
  share: ({ part, whole }) => percent(part, whole),
  count: ({ amount }) => (amount === null ? '–' : grouped(amount)),
  amount: ({ amount, unit }) => (amount === null ? '–' : amountText(amount, unit)),
  text: ({ text }, style) => style.text(text),
  figure: ({ text }, style) => style.text(text),
  name: ({ name }, style) => style.name(name),
  sentence: ({ text }, style) => style.sentence(text),
  code: ({ text }, style) => style.code(text),
  link: (link, style) => style.link(link),
  category: ({ category }) => category,
  status: ({ status }) => status,
  place: ({ place }, style) => positionText(place, style),
  function: (cell, style) => style.name(cell.function),
  call: ({ place, ...cell }, style) => callText({ ...place, function: cell.function }, style),
  package: (cell, style) => style.text(cell.package),
  callee: ({ name }, style) => style.code(name),
  test: ({ name, note }, style) => joined([style.name(name), note]),
  'test file': testFileText,
  runs: () => '',
  compared: ({ cells }, style) => joined(cells.map(part => cellText(part, style))),
  parts: ({ cells }, style) => joined(cells.map(part => cellText(part, style))),
  list: ({ items }, style) =>
    items
      .slice(0, style.mostItems)
      .map(({ cell, note }) => joined([cellText(cell, style), note && `(${note})`]))
      .join(', '),
  stack: ({ calls }, style) => calls.map(call => callText(call, style)).join(' ← '),
}

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ')
}

function durationText({ ms, isRough, isAtMost, errorMs = null }: CellOf<'duration'>): string {
  if (ms === null) return '–'
  const error = errorMs === null ? '' : `±${duration(errorMs)}`
  const lead = isAtMost === true ? '≤ ' : isRough === true ? '~' : ''
  return joined([lead + duration(ms), error])
}

/** `path:line:column`, which terminals and editors turn into a link; `''` without a file. */
export function positionText(
  { file, line, column, generated }: CellPlace,
  { place, toShown }: Pick<CellStyle, 'place' | 'toShown'>,
): string {
  if (file === '') return ''
  const known = [line, column].slice(0, line > 0 ? (column > 0 ? 2 : 1) : 0)
  const text = place([pathText(toShown(file)), ...known].join(':'))
  return generated === true ? `${text} (no source map)` : text
}

/** The name and the place; the place alone if the function has no name. */
function callText(call: CellPlace & { readonly function: string }, style: CellStyle): string {
  const where = positionText(call, style)
  return call.function === ANONYMOUS ? where : joined([style.name(call.function), where])
}

function testFileText(cell: CellOf<'test file'>, style: CellStyle): string {
  const { file, line, column, definedIn } = cell
  const own = positionText({ file: file.path, line, column }, style)
  const elsewhere = definedIn === undefined ? '' : `, defined at ${positionText(definedIn, style)}`
  return own + elsewhere + (file.project === '' ? '' : ` (${style.text(file.project)})`)
}
