// One table of the comparison, all of it.

import type { Measure, Table } from '../../compare/comparison.js'
import { CHANGE_COLUMNS, directionOf } from '../../formats/comparison/comparison-tables.js'
import { measureText, TITLES } from '../../formats/comparison/wording.js'
import { changed } from '../routes.js'
import { DataTable } from '../widgets/data-table.js'
import { DotsLegend } from '../widgets/run-dots.js'
import type { ComparisonViewProps } from './comparison-data.js'

/** What may be asked for, by how it is coloured. */
const SHOWN = { changed: /^(slower|faster)$/, slower: /^slower$/, faster: /^faster$/ }

export function Changes({ data, route, table }: ComparisonViewProps & { table: Table }) {
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
      <DataTable
        caption={TITLES[table]}
        columns={CHANGE_COLUMNS}
        rows={rows}
        route={route}
        sortBy=""
        filter
        empty={all.length > 0 ? 'No significant changes.' : 'There is nothing to show.'}
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
