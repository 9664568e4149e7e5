// The Comparison: the data of `jest-profiler diff`. These types document its JSON. Times are in milliseconds unless the name
// says otherwise; paths are relative to the display root if possible, with `/`; lines and columns are 1-based (0: unknown).

import type { Category } from '../profile/profile.js'

export const COMPARISON_VERSION = 1

export const TABLES = [
  'run',
  'phases',
  'functions',
  'tests',
  'files',
  'modules',
  'packages',
  'hooks',
] as const

export type Table = (typeof TABLES)[number]

/** `self` for functions, modules and packages; the others for everything else. */
export type Measure = 'wall' | 'cpu' | 'ready' | 'blocked' | 'idle' | 'gc' | 'self'

export interface Comparison {
  schemaVersion: 1
  base: ComparedSide
  head: ComparedSide
  /** Differences other than the code, which may explain changes. */
  context: ContextDifference[]
  method: Method
  /** How the speed of the machine changed between the sides; null if unknown. */
  drift: Drift | null
  /** Rows that are proven or clear come first, then by the size of the change. */
  tables: Record<Table, ComparisonRow[]>
  /** Functions that may match but are ambiguous: not included in the tables. */
  unmatched: UnmatchedFunction[]
  /** How many of the runs have a profile: functions and packages are only compared if all of them have. */
  profiled: 'all' | 'some' | 'none'
  /** Sentences on how to read the figures. */
  notes: string[]
}

interface ComparedSide {
  /** Ids in the order of `values`. */
  runs: string[]
}

export interface ContextDifference {
  /** The name of what differs, such as `Node`. */
  key: string
  /** All values of the side's runs. */
  base: string[]
  head: string[]
  sentence: string
}

export interface Method {
  /**
   * `statistics`: four or more runs per side. `ranges`: fewer, so nothing can be claimed. `sampling error`: one run per side,
   * whose only known error is that of sampling.
   */
  kind: 'statistics' | 'ranges' | 'sampling error'
  /** Sentences on what was tested, and what it can show. */
  sentences: string[]
  /** The number of tested figures. */
  tested: number
  /** The number of figures that are large enough for a test, including `tested`. */
  testable: number
  /** The runs per side that testing all of them needs; null if there are enough. */
  runsNeeded: number | null
}

/** The change of Jest's framework phase in the test files of every run: the same work on both sides. */
export interface Drift {
  baseMs: number
  headMs: number
  /** Head divided by base, with its 95 % interval. */
  ratio: number
  interval95: [low: number, high: number]
  /** Growth by less than this share, or a decrease by the same factor, may be due to the machine. */
  allowance: number
}

/** One figure of one entity. */
export interface ComparisonRow {
  table: Table
  measure: Measure
  /** As in head; as in base if head does not have it. */
  entity: Entity
  /** The entity in base, if its path, name or position differs. */
  was: Entity | null
  /** Null: the side does not have it. */
  base: SideFigures | null
  head: SideFigures | null
  /** Median of head minus median of base; null if one is missing. */
  changeMs: number | null
  /** Relative to the median of base; null if that is 0 or missing. */
  changePercent: number | null
  /**
   * The 95 % confidence interval of the shift from base to head, from the noise between runs or, with one run per side, from
   * sampling error alone. CPU and self times of several runs are without the machine factor of each run, if known. Not
   * adjusted for multiple rows: of 100 intervals, five may be wrong.
   */
  interval95Ms: [low: number, high: number] | null
  /** Two-sided Mann-Whitney test without the machine factor, exact up to 50 runs; null: not tested. */
  p: number | null
  /** Corrected by Holm over all tested figures. */
  pAdjusted: number | null
  verdict: Verdict
  certainty: Certainty
}

/**
 * `proven`: significant after correction for multiple tests. `clear`: the runs of the two sides do not overlap, and their
 * distance is at least the spread of either side. `unclear`: neither.
 */
export type Certainty = 'proven' | 'clear' | 'unclear'

/**
 * `slower`, `faster`: significant. `no change shown`: tested, but not significant or too small to matter. `within drift`: no
 * more than the machine changed. `not tested`: too small a part of the run, or too few runs for so many figures. `too few
 * runs`: nothing can be claimed. `beyond sampling error`, `within sampling error`: with one run per side. `added`, `removed`:
 * only in head, only in base.
 */
export type Verdict =
  | 'slower'
  | 'faster'
  | 'no change shown'
  | 'within drift'
  | 'not tested'
  | 'too few runs'
  | 'beyond sampling error'
  | 'within sampling error'
  | 'added'
  | 'removed'

export interface Entity {
  /** Describe blocks and title of a test; describe blocks and type of a hook; other names; empty for files and modules. */
  name: string[]
  /** `''` without a file. */
  file: string
  /** The display name; `''` without one. */
  project: string
  line: number
  column: number
  category: Category | null
}

export interface SideFigures {
  medianMs: number
  /** By run, in the order of the side's runs; null: it did not run there. */
  values: (number | null)[]
  /** The 95 % sampling error of a single run; null: several runs, or measured by the clock. */
  errorMs: number | null
  /** The median including what it called or loaded; null if not applicable. */
  totalMs: number | null
}

export interface UnmatchedFunction {
  side: 'base' | 'head'
  entity: Entity
  medianMs: number
}
