// What pages carry: the Report and the profile as columns, or the Comparison and the calls of both sides. Shared with the
// pages' own code, types only.

import type { Comparison, ComparisonRow, Table } from '../../compare/comparison.js'
import type { Report } from '../../report/report.js'
import type { packCode } from './pack-code.js'

/** Parsed first: all that the overview and the tables show. */
export interface PageReport {
  readonly report: Report
  /** Paths of the run's other artifacts, relative to the page, by their names. */
  readonly artifacts: Readonly<Record<string, string>>
}

/** Functions, who called them, and what they took. */
export type PageCode = ReturnType<typeof packCode>

type NumberColumns<Name extends string> = Readonly<Record<Name, readonly number[]>>

/** Parsed after the first screen is there. Times in microseconds; -1 stands for none. */
export interface PageProfile extends PageCode {
  /** `file` is a position in the report's `files`. */
  readonly scopes: NumberColumns<'file' | 'worker' | 'phase' | 'hook' | 'test' | 'attempt' | 'group'>
  /** In time order; `length` is that of each sample, the first begins at `first`. */
  readonly sequences: readonly (NumberColumns<'stack' | 'scope' | 'length'> & {
    readonly file: number
    readonly first: number
  })[]
  /** Self time by line, of the functions in `sources`. */
  readonly lines: NumberColumns<'frame' | 'line' | 'weight'>
  /** Texts of the hottest files, by path relative to the display root. */
  readonly sources: Readonly<Record<string, string>>
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}

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
  readonly scopes: NumberColumns<'run' | 'phase'>
  readonly runs: { readonly base: number; readonly head: number }
  readonly intervalMicros: number
  /** Frames that cannot be matched. */
  readonly uncertain: readonly number[]
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}
