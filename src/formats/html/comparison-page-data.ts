// What the page of a comparison carries: the Comparison with what its things are called, and the calls of both sides as
// columns. Shared with the page's own code, types only.

import type { Comparison, ComparisonRow, Table, UnmatchedFunction } from '../../compare/comparison.js'
import type { PageCode } from './page-data.js'

/** What rows are of, and what it is called in all outputs. */
export interface NamedThing extends Pick<ComparisonRow, 'entity' | 'was'> {
  readonly label: string
  /** `''` of what is in no place, or named by it. */
  readonly place: string
  /** What it was in base, `''` where it reads the same. */
  readonly formerly: string
}

/** Each thing once, though several of its figures were compared. */
export interface PageTable {
  readonly things: readonly NamedThing[]
  /** `thing`: position in `things`. */
  readonly rows: readonly (Omit<ComparisonRow, keyof NamedThing> & { readonly thing: number })[]
}

/** Parsed first: all that the first screen and the tables show. */
export interface PageComparison {
  /** What was compared, such as the project's name. */
  readonly title: string
  readonly comparison: Omit<Comparison, 'tables' | 'unmatched'> & {
    readonly tables: Readonly<Record<Table, PageTable>>
    readonly unmatched: readonly (UnmatchedFunction & Pick<NamedThing, 'label' | 'place'>)[]
  }
  /** In a sentence. */
  readonly verdict: string
  /** How many runs each side has, in words. */
  readonly sides: string
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}

/** Parsed after the first screen is there. Times in microseconds. */
export interface PageCalls extends PageCode {
  /** Of each scope its run, those of base first, and its position in `phases`. */
  readonly scopes: { readonly run: readonly number[]; readonly phase: readonly number[] }
  readonly runs: { readonly base: number; readonly head: number }
  readonly intervalMicros: number
  /** Frames that cannot be matched. */
  readonly uncertain: readonly number[]
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}
