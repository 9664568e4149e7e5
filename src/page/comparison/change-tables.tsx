// The tables of the comparison: changes, entities on one side only, and functions that cannot be matched.

import type { Table } from '../../compare/comparison.js'
import {
  CHANGE_COLUMNS,
  directionOf,
  ONE_SIDED,
  UNMATCHED,
} from '../../formats/comparison/comparison-tables.js'
import { oneSidedRows } from '../../formats/comparison/shown-rows.js'
import { measureText, TITLES } from '../../formats/comparison/wording.js'
import { ChoiceLinks } from '../widgets/controls.js'
import { DataTable } from '../widgets/data-table.js'
import { DotsLegend } from '../widgets/run-dots.js'
import type { ComparisonViewProps } from './comparison-data.js'

/** The filters of changes, as patterns of their direction. */
const SHOWN = { changed: /^(slower|faster)$/, slower: /^slower$/, faster: /^faster$/ }

export function Changes({ data, route, table }: ComparisonViewProps & { table: Table }) {
  const all = data.tables[table]
  const measures = [...new Set(all.map(({ measure }) => measure))]
  const measure = measures.find(known => known === route.params.get('measure'))
  const filter = Object.entries(SHOWN).find(([name]) => name === route.params.get('show'))
  const rows = all.filter(
    row => (measure === undefined || row.measure === measure) && (filter?.[1].test(directionOf(row)) ?? true),
  )
  return (
    <>
      <h1>{TITLES[table]}</h1>
      <p class="choice">
        <ChoiceLinks
          route={route}
          links={[undefined, ...Object.keys(SHOWN)].map(name => ({
            title: name ?? 'all',
            change: { show: name },
            isChosen: filter?.[0] === name,
          }))}
        />
        {measures.length > 1 && (
          <span class="choice">
            <span class="sub">Measure</span>
            <ChoiceLinks
              route={route}
              links={[undefined, ...measures].map(name => ({
                title: name === undefined ? 'all' : measureText({ measure: name }),
                change: { measure: name },
                isChosen: measure === name,
              }))}
            />
          </span>
        )}
      </p>
      <DataTable
        caption={TITLES[table]}
        columns={CHANGE_COLUMNS}
        rows={rows}
        route={route}
        filter
        empty={all.length > 0 ? 'No significant changes.' : 'Nothing to show.'}
      />
      <DotsLegend />
    </>
  )
}

export function OneSided({ data, route }: ComparisonViewProps) {
  return (
    <>
      <h1>{ONE_SIDED.caption}</h1>
      <DataTable {...ONE_SIDED} rows={oneSidedRows(data)} route={route} filter empty="None." />
      <h2>{UNMATCHED.caption}</h2>
      <p class="sub">
        They may be the same functions, but lines were added or removed around them. They are not included in
        the changes of functions.
      </p>
      <DataTable {...UNMATCHED} rows={data.page.comparison.unmatched} route={route} empty="None." />
    </>
  )
}
