// What report.html carries: the Report, and the profile as columns. Shared with the page's own code, types only.

import type { Category, Column, Phase, ValueType } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'

/** Parsed first: all that the overview and the tables show. */
export interface PageReport {
  readonly report: Report
  /** Paths of the run's other artifacts, relative to the page, by their names. */
  readonly artifacts: Readonly<Record<string, string>>
}

/** Columns: the amounts of one value, in the unit of its type. */
interface PageValue {
  readonly type: ValueType
  readonly stack: Column<number>
  readonly scope: Column<number>
  readonly weight: Column<number>
}

/** Functions, who called them, and what they took. -1 stands for none. */
export interface PageCode {
  /** Texts that frames refer to. */
  readonly texts: readonly string[]
  readonly categories: readonly Category[]
  readonly phases: readonly Phase[]
  /** Columns: positions in `texts` and `categories`; `file` is relative to the display root. */
  readonly frames: {
    readonly name: readonly number[]
    readonly file: readonly number[]
    readonly package: readonly number[]
    readonly category: readonly number[]
    readonly line: readonly number[]
    readonly column: readonly number[]
  }
  /** Columns; a caller stands before the stacks it called. `up` is the distance to it, 0 for an outermost frame. */
  readonly stacks: { readonly frame: Column<number>; readonly up: Column<number> }
  /** Those that the profile has any of. */
  readonly values: readonly PageValue[]
}

/** Parsed after the first screen is there. Times in microseconds; -1 stands for none. */
export interface PageProfile extends PageCode {
  /** Columns: `file` is a position in the report's `files`. */
  readonly scopes: {
    readonly file: readonly number[]
    readonly worker: readonly number[]
    readonly phase: readonly number[]
    readonly hook: readonly number[]
    readonly test: readonly number[]
    readonly attempt: readonly number[]
    readonly group: readonly number[]
  }
  /** In time order; `length` is that of each sample, the first begins at `first`. */
  readonly sequences: readonly {
    readonly file: number
    readonly first: number
    readonly stack: readonly number[]
    readonly scope: readonly number[]
    readonly length: readonly number[]
  }[]
  /** Self time by line, of the functions in `sources`. */
  readonly lines: {
    readonly frame: readonly number[]
    readonly line: readonly number[]
    readonly weight: readonly number[]
  }
  /** Texts of the hottest files, by path relative to the display root. */
  readonly sources: Readonly<Record<string, string>>
  /** What was cut to keep the page small, in sentences. */
  readonly cuts: readonly string[]
}
