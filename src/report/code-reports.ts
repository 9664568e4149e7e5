// The report's tables of code: functions, lines and packages. Units and bases as in report.ts.

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

/** A function is one row, however many callers' categories it has time in: `category` is the one with most. */
export interface FunctionReport extends CallReport {
  /** The position is that of transformed code, because there was no source map. */
  generated?: true
  category: Category
  package: string | null
  selfMs: number
  totalMs: number
  sampleCount: number
}

export interface Hotspot extends FunctionReport {
  /** Number of test files that it was seen in. */
  files: number
  /** The tests that it costs most; empty when it ran outside of tests only, as at import. */
  tests: HotspotTest[]
}

export interface HotspotTest {
  file: string
  project: string
  index: number
  /** Describe chain and title; for a concurrent group, a text that stands for it. */
  name: string[]
  fullName: string
  /** Positions of all tests of a concurrent group, whose times cannot be distinguished. */
  group?: number[]
  selfMs: number
  totalMs: number
}

/** One row per line; `category` as of functions. */
export interface LineReport {
  file: string
  line: number
  selfMs: number
  category: Category
}

/** One row per package; `category` as of functions. */
export interface PackageReport {
  package: string
  category: Category
  /** Number of its functions that were seen with self time. */
  functions: number
  sampleCount: number
  selfMs: number
  totalMs: number
}
