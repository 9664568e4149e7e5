// One table of the comparison, all of it.

import type { Measure, Table as TableName } from '../../compare/comparison.js'
import {
  changeText,
  evidence,
  intervalText,
  measureText,
  medianText,
  relativeText,
  statistics,
  TITLES,
} from '../../formats/comparison/row-wording.js'
import { changed } from '../routes.js'
import { type Column, Table } from '../widgets/table.js'
import type { ComparisonViewProps, NamedRow } from './comparison-data.js'
import { directionOf } from './direction.js'
import { DotsLegend, RunDots } from './run-dots.js'
import { Thing } from './thing.js'

const COLUMNS: readonly Column<NamedRow>[] = [
  {
    key: 'change',
    title: 'Change',
    hint: 'Median of head less median of base',
    isNumber: true,
    value: row => row.changeMs,
    text: changeText,
    show: row => <span class={`by ${directionOf(row)}`}>{changeText(row)}</span>,
  },
  {
    key: 'percent',
    title: '%',
    isNumber: true,
    isMinor: true,
    value: row => row.changePercent,
    text: relativeText,
    show: relativeText,
  },
  {
    key: 'what',
    title: 'What',
    value: row => row.label,
    text: row => [row.label, row.place, row.formerly].filter(Boolean).join(' '),
    show: row => (
      <>
        <Thing row={row} /> <span class="tag only-narrow">{measureText(row)}</span>
      </>
    ),
  },
  { key: 'measure', title: 'Measure', isMinor: true, value: measureText },
  side('base', 'Base'),
  side('head', 'Head'),
  { key: 'runs', title: 'Runs', isMinor: true, value: () => '', show: row => <RunDots row={row} /> },
  {
    key: 'interval',
    title: '95 % interval',
    hint: 'Of the change; each on its own',
    isNumber: true,
    isMinor: true,
    value: row => row.interval95Ms?.[0] ?? null,
    text: intervalText,
    show: intervalText,
  },
  { key: 'sure', title: 'How sure', value: evidence, text: evidence, show: evidence },
  {
    key: 'statistics',
    title: 'Statistics',
    hint: 'p corrected for all that was tested, and the runs of both sides; without a test, why there is none',
    isMinor: true,
    isNumber: true,
    value: row => row.pAdjusted,
    text: statistics,
    show: statistics,
  },
]

function side(key: 'base' | 'head', title: string): Column<NamedRow> {
  const text = (row: NamedRow) => medianText(row[key], row.interval95Ms)
  return {
    ...{ key, title, hint: 'Median of the runs', isNumber: true },
    value: row => row[key]?.medianMs ?? null,
    ...{ text, show: text },
  }
}

/** What may be asked for, by how it is coloured. */
const SHOWN = { changed: /^(slower|faster)$/, slower: /^slower$/, faster: /^faster$/ }

export function Changes({ data, route, table }: ComparisonViewProps & { table: TableName }) {
  const all = data.tables[table]
  const measures = [...new Set(all.map(({ measure }) => measure))]
  const measure = measures.find(known => known === route.params.get('measure'))
  const wanted = Object.entries(SHOWN).find(([name]) => name === route.params.get('show'))
  const rows = all.filter(
    row => (measure === undefined || row.measure === measure) && (wanted?.[1].test(directionOf(row)) ?? true),
  )
  return (
    <>
      <h1>{TITLES[table]}</h1>
      <p class="choice">
        {[undefined, ...Object.keys(SHOWN)].map(name => (
          <a key={name} href={changed(route, { show: name })} aria-current={wanted?.[0] === name}>
            {name ?? 'all'}
          </a>
        ))}
        {measures.length > 1 && <Measures measures={measures} measure={measure} route={route} />}
      </p>
      <Table
        caption={TITLES[table]}
        columns={COLUMNS}
        rows={rows}
        route={route}
        sortBy=""
        filter
        empty={all.length > 0 ? 'None is told from noise.' : 'There is nothing to show.'}
      />
      <DotsLegend />
    </>
  )
}

function Measures({
  measures,
  measure,
  route,
}: Pick<ComparisonViewProps, 'route'> & { measures: readonly Measure[]; measure: Measure | undefined }) {
  return (
    <span class="choice">
      <span class="sub">Measure</span>
      {[undefined, ...measures].map(name => (
        <a key={name} href={changed(route, { measure: name })} aria-current={measure === name}>
          {name === undefined ? 'all' : measureText({ measure: name })}
        </a>
      ))}
    </span>
  )
}
