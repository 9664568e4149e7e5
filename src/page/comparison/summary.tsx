// The first screen: differences of the environment, the verdict, the method, and what changed.

import { group } from 'd3-array'
import type { ComparisonRow } from '../../compare/comparison.js'
import {
  comparedCell,
  directionOf,
  ONE_SIDED,
  UNMATCHED,
} from '../../formats/comparison/comparison-tables.js'
import { foldedRows, oneSidedRows, shownTables, TELLING } from '../../formats/comparison/shown-rows.js'
import {
  CONTEXT_TITLE,
  certaintyText,
  changeText,
  intervalText,
  LEGEND,
  measureText,
  mediansText,
  relativeText,
  sidesText,
  TITLES,
  verdictSentence,
} from '../../formats/comparison/wording.js'
import { sanitize } from '../data/text.js'
import { fragment } from '../routes.js'
import { CellView } from '../widgets/cell-view.js'
import { Marked } from '../widgets/names.js'
import { DotsLegend, RunDots } from '../widgets/run-dots.js'
import type { ComparisonData, ComparisonViewProps } from './comparison-data.js'

const MOST_OF_A_TABLE = 4
const MOST = 12
const MOST_PHASES = 8

export function Summary({ data }: ComparisonViewProps) {
  const { page, calls, tables } = data
  const { comparison } = page
  const { method, notes, context } = comparison
  const causes = changedRows(data)
  const where = method.kind === 'sampling error' ? ' in these two runs' : ''
  return (
    <>
      {context.length > 0 && (
        <section class="context" aria-label={CONTEXT_TITLE}>
          <strong>{CONTEXT_TITLE}</strong>
          <ul>
            {context.map(({ key, sentence }) => (
              <li key={key}>{sanitize(sentence)}</li>
            ))}
          </ul>
        </section>
      )}
      <h1 class="verdict">{sanitize(verdictSentence({ tables, method }))}</h1>
      <p class="sub method">
        {sidesText(comparison)}. <Marked text={notes.join(' ')} />
      </p>
      <details class="sub method">
        <summary>Method</summary>
        <p>{LEGEND}.</p>
        <p>
          <Marked text={method.sentences.join(' ')} />
        </p>
      </details>
      <div class="columns lead">
        <Changed title={`Slower${where}`} rows={causes.filter(isMore)} />
        <Changed title={`Faster${where}`} rows={causes.filter(row => !isMore(row))} />
      </div>
      <div class="columns">
        <section>
          <h2>Run</h2>
          <ChangeList rows={foldedRows(tables.run)} isOfOneTable />
        </section>
        <section>
          <h2>
            <a href={fragment('phases')}>Phases</a>
          </h2>
          <ChangeList rows={foldedRows(tables.phases).slice(0, MOST_PHASES)} isOfOneTable />
        </section>
      </div>
      <DotsLegend />
      <Elsewhere data={data} />
      {[...page.cuts, ...(calls?.page.cuts ?? [])].map(cut => (
        <p key={cut} class="sub">
          {cut}
        </p>
      ))}
    </>
  )
}

function Changed({ title, rows }: { title: string; rows: readonly ComparisonRow[] }) {
  if (rows.length === 0) return null
  const ofTables = [...group(rows, ({ table }) => table).values()]
  const shown = ofTables.flatMap(own => own.slice(0, MOST_OF_A_TABLE)).slice(0, MOST)
  return (
    <section>
      <h2>
        {title}{' '}
        <small>
          {shown.length < rows.length && `${shown.length} of ${rows.length}; see the tabs above for all`}
        </small>
      </h2>
      <ChangeList rows={shown} />
    </section>
  )
}

/** Changes except of totals, which have separate lists. Causes come before what they are part of. */
function changedRows({ page, tables: all }: ComparisonData): ComparisonRow[] {
  const { method } = page.comparison
  const shown = shownTables({ tables: all, method }, { topN: Number.POSITIVE_INFINITY })
  const tables = new Map(shown.map(({ table, rows }) => [table, rows]))
  return TELLING.filter(table => table !== 'run' && table !== 'phases')
    .flatMap(table => tables.get(table) ?? [])
    .filter(({ changeMs }) => changeMs !== 0)
}

function isMore({ changeMs }: ComparisonRow): boolean {
  return (changeMs ?? 0) > 0
}

/** Links to the tables that the summary leaves out. */
function Elsewhere({ data }: { data: ComparisonData }) {
  const amounts = [
    [ONE_SIDED.caption, oneSidedRows(data).length],
    [UNMATCHED.caption, data.page.comparison.unmatched.length],
  ] as const
  const parts = amounts.filter(([, amount]) => amount > 0).map(([title, amount]) => `${title}: ${amount}`)
  return (
    <p>
      <a href={fragment('sides')}>{parts.join(' · ')}</a>
    </p>
  )
}

function ChangeList({ rows, isOfOneTable }: { rows: readonly ComparisonRow[]; isOfOneTable?: boolean }) {
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
