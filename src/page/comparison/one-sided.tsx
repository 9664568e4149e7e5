// What is on one side only, and functions that may be each other's.

import { ONE_SIDED_COLUMNS, UNMATCHED_COLUMNS } from '../../formats/comparison/comparison-tables.js'
import { oneSidedRows } from '../../formats/comparison/shown-rows.js'
import { DataTable } from '../widgets/data-table.js'
import type { ComparisonViewProps } from './comparison-data.js'

export function OneSided({ data, route }: ComparisonViewProps) {
  return (
    <>
      <h1>Only on one side</h1>
      <DataTable
        caption="Only on one side"
        columns={ONE_SIDED_COLUMNS}
        rows={oneSidedRows(data)}
        route={route}
        sortBy=""
        filter
        empty="Everything is on both sides."
      />
      <h2>Functions that cannot be matched</h2>
      <p class="sub">
        They may be the same functions, but not with certainty: lines were added or removed around them. They
        are not included in the figures of single functions.
      </p>
      <DataTable
        caption="Functions that cannot be matched"
        columns={UNMATCHED_COLUMNS}
        rows={data.page.comparison.unmatched}
        route={route}
        sortBy=""
        empty="None."
      />
    </>
  )
}
