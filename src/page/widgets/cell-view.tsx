// A cell of a table on the page: each kind in one way, names leading to their own pages.

import type { ComponentChild, ComponentChildren } from 'preact'
import type { Cell, CellOf, CellPlace } from '../../tables/cell.js'
import { type CellStyle, cellText } from '../../tables/cell-text.js'
import { plain } from '../data/text.js'
import { fragment, href, testLink } from '../routes.js'
import { Duration } from './figures.js'
import { Category, FileName, FunctionName, Marked, Place } from './names.js'
import { RunDots } from './run-dots.js'

/** A cell as text: what rows are sorted and filtered by, and what is copied. */
export function textOf(cell: Cell): string {
  return cellText(cell, AS_TEXT)
}

const AS_TEXT: CellStyle = {
  text: plain,
  name: name => plain(name) || '(no name)',
  place: text => text,
  sentence: plain,
  code: plain,
  link: ({ text }) => text,
  toShown: plain,
  mostItems: Number.POSITIVE_INFINITY,
}

export function CellView({ cell }: { cell: Cell }): ComponentChild {
  switch (cell.kind) {
    case 'duration':
      return cell.isRough || cell.isAtMost || typeof cell.errorMs === 'number' ? (
        textOf(cell)
      ) : (
        <Duration ms={cell.ms} />
      )
    case 'figure':
      return <span class={cell.direction === undefined ? '' : `by ${cell.direction}`}>{textOf(cell)}</span>
    case 'sentence':
      return <Marked text={cell.text} />
    case 'code':
      return <code>{plain(cell.text)}</code>
    case 'link':
      return (
        <a href={cell.url} target="_blank" rel="noreferrer">
          {cell.text}
        </a>
      )
    case 'category':
      return <Category name={cell.category} />
    case 'status':
      return <span class={`status ${cell.status}`}>{cell.status}</span>
    case 'place':
      return <Place {...cell.place} />
    case 'function':
      return <FunctionName name={cell.function} {...cell.place} />
    case 'call':
      return <Call function={cell.function} {...cell.place} />
    case 'package':
      return (
        <a class="name" href={href('functions', { package: cell.package })}>
          {plain(cell.package)}
        </a>
      )
    case 'test':
      return <TestCell cell={cell} />
    case 'test file':
      return <TestFileCell cell={cell} />
    case 'runs':
      return <RunDots runs={cell} />
    case 'compared':
      return <Compared cell={cell} />
    case 'parts':
      return <Parts cells={cell.cells} />
    case 'list':
      return <List items={cell.items} />
    case 'stack':
      return <Stack calls={cell.calls} />
    default:
      return textOf(cell)
  }
}

/** One behind the other. */
export function Parts({ cells }: { cells: readonly Cell[] }) {
  return cells
    .filter(cell => textOf(cell) !== '')
    .map((cell, index) => (
      <span key={index}>
        {index > 0 && ' '}
        <CellView cell={cell} />
      </span>
    ))
}

function TestCell({ cell: { name, note, test } }: { cell: CellOf<'test'> }) {
  return (
    <a class="name" href={testLink(test, test)}>
      {plain(name) || '(no name)'}
      {note !== '' && <span class="tag">{note}</span>}
    </a>
  )
}

function TestFileCell({ cell: { file, definedIn } }: { cell: CellOf<'test file'> }) {
  return (
    <>
      <FileName file={file} />
      {definedIn !== undefined && (
        <span class="sub">
          , defined at <Place {...definedIn} />
        </span>
      )}
    </>
  )
}

/** What was compared, leading to its calls where it has any. */
function Compared({ cell: { cells, search, isFolded } }: { cell: CellOf<'compared'> }) {
  const [name, ...others] = cells
  const text = name === undefined ? '' : textOf(name)
  const style = name?.kind === 'place' ? 'name path' : 'name'
  const target = fragment('flame', { q: search, libraries: isFolded ? 'open' : undefined })
  return (
    <span class="thing">
      {search === '' ? (
        <span class={style}>{text}</span>
      ) : (
        <a class={style} href={target}>
          {text}
        </a>
      )}
      {others.map((other, index) =>
        textOf(other) === '' ? null : (
          <span key={index}>
            {' '}
            <span class={index === 0 ? 'path' : 'tag'}>{textOf(other)}</span>
          </span>
        ),
      )}
    </span>
  )
}

const MOST_ITEMS = 8

function List({ items }: Pick<CellOf<'list'>, 'items'>) {
  const more = items.length - MOST_ITEMS
  return (
    <ul class="tests">
      {items.slice(0, MOST_ITEMS).map(({ cell, note }, index) => (
        <li key={index}>
          <CellView cell={cell} /> {note !== '' && <span class="sub">{note}</span>}
        </li>
      ))}
      {more > 0 && <li class="sub">and {more} more</li>}
    </ul>
  )
}

function Call({ function: name, ...place }: CellPlace & { function: string }) {
  return (
    <>
      {plain(name) || '(anonymous)'} <Place {...place} />
    </>
  )
}

function Stack({ calls }: Pick<CellOf<'stack'>, 'calls'>) {
  if (calls.length === 0) return <span class="sub">unknown</span>
  return (
    <ol class="calls">
      {calls.map((call, index) => (
        <li key={index}>
          <Call {...call} />
        </li>
      ))}
    </ol>
  )
}

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
