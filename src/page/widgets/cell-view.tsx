// Table cells on the page. Names are links to their own views.

import type { ComponentChild, ComponentChildren } from 'preact'
import { grouped } from '../../report/views/figures.js'
import type { Cell, CellOf, CellPlace } from '../../tables/cell.js'
import { type CellStyle, cellText } from '../../tables/cell-text.js'
import { sanitize } from '../data/text.js'
import { callLink, fragment, href, testLink } from '../routes.js'
import { Duration } from './figures.js'
import { Category, FileName, FunctionName, Marked, Place } from './names.js'
import { RunDots } from './run-dots.js'

/** A cell as text, for sorting, filtering and copying. */
export function textOf(cell: Cell): string {
  return cellText(cell, AS_TEXT)
}

const AS_TEXT: CellStyle = {
  text: sanitize,
  name: name => sanitize(name) || '(no name)',
  place: text => text,
  sentence: sanitize,
  code: sanitize,
  link: ({ text }) => text,
  toShown: sanitize,
  mostItems: Number.POSITIVE_INFINITY,
}

export function CellView({ cell }: { cell: Cell }): ComponentChild {
  const view = VIEWS[cell.kind] as ((cell: Cell) => ComponentChild) | undefined
  return view === undefined ? textOf(cell) : view(cell)
}

/** A cell of any other kind is its text. */
const VIEWS: { readonly [Kind in Cell['kind']]?: (cell: CellOf<Kind>) => ComponentChild } = {
  duration: cell =>
    cell.isRough || cell.isAtMost || typeof cell.errorMs === 'number' ? (
      textOf(cell)
    ) : (
      <Duration ms={cell.ms} />
    ),
  figure: cell => <span class={cell.direction && `by ${cell.direction}`}>{textOf(cell)}</span>,
  sentence: ({ text }) => <Marked text={text} />,
  code: ({ text }) => <code>{sanitize(text)}</code>,
  link: ({ url, text }) => (
    <a href={url} target="_blank" rel="noreferrer">
      {text}
    </a>
  ),
  category: ({ category }) => <Category name={category} />,
  status: ({ status }) => <span class={`status ${status}`}>{status}</span>,
  place: ({ place }) => <Place {...place} />,
  function: ({ function: name, place }) => <FunctionName name={name} {...place} />,
  call: ({ function: name, place }) => <Call function={name} {...place} />,
  package: ({ package: name }) => (
    <a class="name" href={href('functions', { package: name })}>
      {sanitize(name)}
    </a>
  ),
  callee: ({ name, target }) => (
    <a class="name" href={callLink(target)}>
      {sanitize(name) || '(no name)'}
    </a>
  ),
  test: ({ name, note, test }) => (
    <a class="name" href={testLink(test, test)}>
      {sanitize(name) || '(no name)'}
      {note !== '' && <span class="tag">{note}</span>}
    </a>
  ),
  'test file': ({ file, definedIn }) => (
    <>
      <FileName file={file} />
      {definedIn !== undefined && (
        <span class="sub">
          , defined at <Place {...definedIn} />
        </span>
      )}
    </>
  ),
  runs: runs => <RunDots runs={runs} />,
  compared: cell => <Compared cell={cell} />,
  parts: ({ cells }) => <Parts cells={cells} />,
  list: ({ items }) => <List items={items} />,
  stack: ({ calls }) => <Stack calls={calls} />,
}

/** Cells in a row, without empty ones. */
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

/** A compared thing, as a link to its calls if it has any. */
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
      {sanitize(name) || '(anonymous)'} <Place {...place} />
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
  /** Cells, or other content. */
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

/** `×3`; `''` if unknown. */
function amountText(amount: number | null): string {
  return amount === null ? '' : `×${grouped(amount)}`
}
