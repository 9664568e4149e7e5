// What is on one side only, and functions that may be each other's.

import { measureText, TITLES } from '../../formats/comparison/row-wording.js'
import { oneSidedRows } from '../../formats/comparison/shown-rows.js'
import type { PageComparison } from '../../formats/html/comparison-page-data.js'
import { durationColumn } from '../widgets/duration-column.js'
import { type Column, Table } from '../widgets/table.js'
import type { ComparisonViewProps, NamedRow } from './comparison-data.js'
import { Thing } from './thing.js'

const COLUMNS: readonly Column<NamedRow>[] = [
  durationColumn('time', 'Time', row => (row.head ?? row.base)?.medianMs ?? null),
  { key: 'side', title: 'In head', value: row => row.verdict },
  { key: 'of', title: 'Of', value: row => TITLES[row.table].toLowerCase() },
  {
    key: 'what',
    title: 'What',
    value: row => row.label,
    text: row => `${row.label} ${row.place}`,
    show: row => <Thing row={row} />,
  },
  { key: 'measure', title: 'Measure', value: measureText },
]

type Unmatched = PageComparison['comparison']['unmatched'][number]

const UNMATCHED: readonly Column<Unmatched>[] = [
  durationColumn('time', 'Self', row => row.medianMs),
  { key: 'side', title: 'Side', value: row => row.side },
  {
    key: 'what',
    title: 'Function',
    value: row => row.label,
    text: row => `${row.label} ${row.place}`,
    show: row => (
      <span class="thing">
        <span class="name">{row.label}</span> <span class="path">{row.place}</span>
      </span>
    ),
  },
]

export function OneSided({ data, route }: ComparisonViewProps) {
  const { comparison } = data.page
  return (
    <>
      <h1>Only on one side</h1>
      <Table
        caption="Only on one side"
        columns={COLUMNS}
        rows={oneSidedRows(data)}
        route={route}
        sortBy=""
        filter
        empty="Everything is on both sides."
      />
      <h2>Functions that cannot be matched</h2>
      <p class="sub">
        They may be each other’s, but not with certainty: lines came or went around them. No figure of a
        single function has them in it.
      </p>
      <Table
        caption="Functions that cannot be matched"
        columns={UNMATCHED}
        rows={comparison.unmatched}
        route={route}
        sortBy=""
        empty="There is none."
      />
    </>
  )
}
