// The comparison as its views ask for it: the figures right away, the calls of both sides when they have been read.

import type { ComparisonRow, Table } from '../../compare/comparison.js'
import type { PageCalls, PageComparison } from '../../formats/html/page-data.js'
import type { Phase } from '../../profile/profile.js'
import { CodeData } from '../data/code-data.js'
import { chosenValues } from '../data/selection.js'
import type { Route } from '../routes.js'

/** All views, by their titles. */
export const COMPARISON_TABS = {
  summary: 'Summary',
  flame: 'Flame graphs',
  functions: 'Functions',
  tests: 'Tests',
  files: 'Test files',
  modules: 'Imports',
  packages: 'Packages',
  hooks: 'Hooks',
  phases: 'Phases',
  sides: 'Only on one side',
} as const

type ComparisonView = keyof typeof COMPARISON_TABS
export const COMPARISON_VIEWS = Object.keys(COMPARISON_TABS) as ComparisonView[]

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
    this.calls = calls && new CallsData(calls)
  }
}

/** What each view of a comparison is given. */
export interface ComparisonViewProps {
  readonly data: ComparisonData
  readonly route: Route<ComparisonView>
}

export interface CallSelection {
  readonly phase: Phase | undefined
  /** The name of a value, or ALL_TIME. */
  readonly value: string
}

export class CallsData extends CodeData {
  readonly page: PageCalls
  /** Frames that may be each other's and cannot be told. */
  readonly uncertain: ReadonlySet<number>
  /** Which lines functions were seen at is not kept. */
  readonly lines = { frame: [], line: [], weight: [] }
  /** Those that have any calls. */
  readonly phases: readonly Phase[]

  constructor(page: PageCalls) {
    super(page)
    this.page = page
    this.uncertain = new Set(page.uncertain)
    const seen = new Set(page.scopes.phase)
    this.phases = page.phases.filter((_, phase) => seen.has(phase))
  }

  /** `run`: those of base first. `weight` in the unit of the value. */
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
