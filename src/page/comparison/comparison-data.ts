// The data of a comparison's views: the tables at first, and the calls of both sides once they have been read.

import type { ComparisonRow, Table } from '../../compare/comparison.js'
import { ONE_SIDED } from '../../formats/comparison/comparison-tables.js'
import { TITLES } from '../../formats/comparison/wording.js'
import type { PageCalls, PageComparison } from '../../formats/html/page-data.js'
import type { Phase } from '../../profile/profile.js'
import { CodeData } from '../data/run-data.js'
import { chosenValues, type Selection } from '../data/selection.js'
import type { Route } from '../routes.js'

const { run: _summarized, phases, ...tables } = TITLES

/** Titles by view. */
export const COMPARISON_TABS = {
  summary: 'Summary',
  flame: 'Flame graphs',
  ...tables,
  phases,
  sides: ONE_SIDED.caption,
} as const

type ComparisonView = keyof typeof COMPARISON_TABS
export const COMPARISON_VIEWS = Object.keys(COMPARISON_TABS) as ComparisonView[]

export class ComparisonData {
  readonly page: PageComparison
  /** Rows of one entity share its object. */
  readonly tables: Readonly<Record<Table, ComparisonRow[]>>
  /** Undefined until the second data block has been read. */
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
    this.calls = calls && new CallsData(calls)
  }
}

export interface ComparisonViewProps {
  readonly data: ComparisonData
  readonly route: Route<ComparisonView>
}

export type CallSelection = Pick<Selection, 'phase' | 'value'>

export class CallsData extends CodeData {
  readonly page: PageCalls
  /** Frames that may match but are ambiguous. */
  readonly uncertain: ReadonlySet<number>
  /** The page has no line-level data. */
  readonly lines = { frame: [], line: [], weight: [] }
  /** The phases that have any calls. */
  readonly phases: readonly Phase[]

  constructor(page: PageCalls) {
    super(page)
    this.page = page
    this.uncertain = new Set(page.uncertain)
    const seen = new Set(page.scopes.phase)
    this.phases = page.phases.filter((_, phase) => seen.has(phase))
  }

  /** `run`: an index, base first. `weight`: in the unit of the value. */
  eachSample(
    { phase, value }: CallSelection,
    take: (sample: { stack: number; run: number; weight: number }) => void,
  ): void {
    const { scopes, phases } = this.page
    for (const samples of chosenValues(this, value))
      samples.stack.forEach((stack, row) => {
        const scope = samples.scope[row] ?? -1
        if (phase !== undefined && phases[scopes.phase[scope] ?? -1] !== phase) return
        take({ stack, run: scopes.run[scope] ?? 0, weight: samples.weight[row] ?? 0 })
      })
  }
}
