// The report's tables of code: functions, lines and packages. Units and bases as in report.ts.

import type { CallKind } from '../attribution/calls.js'
import type { Category } from '../profile/profile.js'

export interface Position {
  /** As all paths of the report. */
  file: string
  line: number
  column: number
}

export interface CallReport extends Position {
  function: string
}

/** A function is one row. `category` is the one with most of its time, because callers may determine categories. */
export interface FunctionReport extends CallReport {
  /** The position is in transformed code, because there was no source map. */
  generated?: true
  category: Category
  package: string | null
  selfMs: number
  totalMs: number
  sampleCount: number
}

export interface Hotspot extends FunctionReport {
  /** Number of test files with samples of it. */
  files: number
  /** The tests with most of its time; empty if it ran only outside of tests, such as at import. */
  tests: HotspotTest[]
}

export interface TestReference {
  file: string
  project: string
  index: number
  /** Describe chain and title; for a concurrent group, a description. */
  name: string[]
  fullName: string
}

export interface HotspotTest extends TestReference {
  /** Positions of all tests of a concurrent group, whose times cannot be distinguished. */
  group?: number[]
  selfMs: number
  totalMs: number
}

/** A call with which one of the project's functions left the project's own code. Each sample below own code is in at most one. */
export interface CallRow {
  /** The function that makes the call. */
  caller: CallReport & {
    /**
     * The lines of the function that make a call of that name. V8 does not tell them apart: they share the figures. Empty where the
     * source was not read, as for all but the most expensive calls.
     */
    lines: number[]
  }
  callee: {
    /** As V8 names it: the first function of the package that has a name. */
    function: string
    /** The names in the caller's source, such as `getByRole` where V8 reports `queryAllByRole`; empty if the source does not tell. */
    writtenAs: string[]
    package: string | null
    category: Category
  }
  kind: CallKind
  /** Of everything below the call, without the project's own code that it calls in turn. */
  totalMs: number
  /** Of the called function itself. */
  selfMs: number
  sampleCount: number
  /** Number of tests that made the call; a concurrent group counts once. */
  testCount: number
  /** The tests with most of its time. */
  tests: CallingTest[]
}

export interface CallingTest extends TestReference {
  /** As for hotspots. */
  group?: number[]
  totalMs: number
}

/** One row per line. `category` as for functions. */
export interface LineReport {
  file: string
  line: number
  selfMs: number
  category: Category
}

/** One row per package. `category` as for functions. */
export interface PackageReport {
  package: string
  category: Category
  /** Number of its functions with self time. */
  functions: number
  sampleCount: number
  selfMs: number
  totalMs: number
}
