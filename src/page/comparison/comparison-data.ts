// The comparison as the views ask for it: the figures right away, the calls when they have been read.

import type { ComparisonRow, Table } from '../../compare/comparison.js'
import type { PageCalls, PageComparison } from '../../formats/html/comparison-page-data.js'
import type { Route } from '../routes.js'
import { CallsData } from './calls-data.js'
import type { ComparisonView } from './comparison-routes.js'

export class ComparisonData {
  readonly page: PageComparison
  /** Rows of one thing share its `entity`. */
  readonly tables: Readonly<Record<Table, ComparisonRow[]>>
  /** Undefined until they have been read. */
  readonly calls: CallsData | undefined

  constructor(page: PageComparison, calls?: PageCalls) {
    this.page = page
    this.tables = Object.fromEntries(
      Object.entries(page.comparison.tables).map(([table, { things, rows }]) => [
        table,
        rows.flatMap(({ thing, ...row }) => {
          const named = things[thing]
          return named === undefined ? [] : [{ ...row, ...named }]
        }),
      ]),
    ) as Record<Table, ComparisonRow[]>
    this.calls = calls === undefined ? undefined : new CallsData(calls)
  }
}

/** What each view of a comparison is given. */
export interface ComparisonViewProps {
  readonly data: ComparisonData
  readonly route: Route<ComparisonView>
}
