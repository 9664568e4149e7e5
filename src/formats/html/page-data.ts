// Types of the data in pages, shared with the pages' own code: the Report and the profile, or the Comparison and calls.

import type { Comparison, ComparisonRow, Table } from '../../compare/comparison.js'
import type { Report } from '../../report/report.js'
import type { packCode } from './pack-code.js'

/** Parsed first. The overview and the tables show it. */
export interface PageReport {
  readonly report: Report
  /** Paths of the run's other artifacts, relative to the page, by their names. */
  readonly artifacts: Readonly<Record<string, string>>
}

/** Functions, their callers and their values. */
export type PageCode = ReturnType<typeof packCode>

type NumberColumns<Name extends string> = Readonly<Record<Name, readonly number[]>>

/** Parsed after the first screen is shown. Times in microseconds; -1 means none. */
export interface PageProfile extends PageCode {
  /** `file` is an index in the report's `files`. */
  readonly scopes: NumberColumns<'file' | 'worker' | 'phase' | 'hook' | 'test' | 'attempt' | 'group'>
  /** In time order. `first` is the start of the first sample, `length` that of each sample. */
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

export type ComparedThing = Pick<ComparisonRow, 'entity' | 'was'>

export interface PageTable {
  readonly things: readonly ComparedThing[]
  /** `thing` is an index in `things`, because several rows may be about one. */
  readonly rows: readonly (Omit<ComparisonRow, keyof ComparedThing> & { readonly thing: number })[]
}

/** Parsed first. The first screen and the tables show it. */
export interface PageComparison {
  /** What was compared, such as the project's name. */
  readonly title: string
  readonly comparison: Omit<Comparison, 'tables'> & {
    readonly tables: Readonly<Record<Table, PageTable>>
  }
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}

/** Parsed after the first screen is shown. Times in microseconds. */
export interface PageCalls extends PageCode {
  /** For each scope its run, those of base first, and its index in `phases`. */
  readonly scopes: NumberColumns<'run' | 'phase'>
  readonly runs: { readonly base: number; readonly head: number }
  readonly intervalMicros: number
  /** Frames that cannot be matched. */
  readonly uncertain: readonly number[]
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}
