// What the page of a comparison carries: the Comparison, and the calls of both sides as columns. Shared with the page's own code, types only.

import type { Comparison, ComparisonRow, Table } from '../../compare/comparison.js'
import type { PageCode } from './page-data.js'

/** What rows are of. */
export type ComparedThing = Pick<ComparisonRow, 'entity' | 'was'>

/** Each thing once, though several of its figures were compared. */
export interface PageTable {
  readonly things: readonly ComparedThing[]
  /** `thing`: position in `things`. */
  readonly rows: readonly (Omit<ComparisonRow, keyof ComparedThing> & { readonly thing: number })[]
}

/** Parsed first: all that the first screen and the tables show. */
export interface PageComparison {
  /** What was compared, such as the project's name. */
  readonly title: string
  readonly comparison: Omit<Comparison, 'tables'> & {
    readonly tables: Readonly<Record<Table, PageTable>>
  }
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}

/** Parsed after the first screen is there. Times in microseconds. */
export interface PageCalls extends PageCode {
  /** The run of each scope, those of base first, and its position in `phases`. */
  readonly scopes: { readonly run: readonly number[]; readonly phase: readonly number[] }
  readonly runs: { readonly base: number; readonly head: number }
  readonly intervalMicros: number
  /** Frames that cannot be matched. */
  readonly uncertain: readonly number[]
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}
