// The Comparison: what `jest-profiler diff` shows, computed once. These types are the documentation of its JSON. Times in
// milliseconds unless the name says otherwise; paths relative to the display root where that is possible, with `/`; lines and
// columns 1-based (0: unknown).

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

/** What was measured: `self` of functions, modules and packages, the others of all else. */
export type Measure = 'wall' | 'cpu' | 'ready' | 'blocked' | 'idle' | 'gc' | 'self'

export interface Comparison {
  schemaVersion: 1
  base: ComparedSide
  head: ComparedSide
  /** What else than the code was different; to be read before any figure. */
  context: ContextDifference[]
  method: Method
  /** How much the machine itself changed between the sides; null where that could not be told. */
  drift: Drift | null
  /** Each with what is proven or clear first, then by the size of the change. */
  tables: Record<Table, ComparisonRow[]>
  /** Functions that may be each other's, but not with certainty: no figure above has them in it. */
  unmatched: UnmatchedFunction[]
  /** What a reader must know of the figures, one sentence each. */
  notes: string[]
}

interface ComparedSide {
  /** Ids, in the order of all `values`. */
  runs: string[]
}

export interface ContextDifference {
  /** What differs, such as `Node`. */
  key: string
  /** All values of the side's runs. */
  base: string[]
  head: string[]
  /** In words. */
  sentence: string
}

export interface Method {
  /**
   * `statistics`: four runs a side or more. `ranges`: fewer, so that nothing can be claimed. `sampling error`: one run a
   * side, whose only known error is that of sampling.
   */
  kind: 'statistics' | 'ranges' | 'sampling error'
  /** What was done, and what it can tell, one sentence each. */
  sentences: string[]
  /** Figures that were tested, all at once. */
  tested: number
  /** Figures that are large enough to be tested, `tested` among them. */
  testable: number
  /** Runs a side that testing all of them takes; null when there are enough. */
  runsNeeded: number | null
}

/** The change of Jest's own framework phase, in the test files of every run: the same work on both sides. */
export interface Drift {
  baseMs: number
  headMs: number
  /** Head by base, and its 95 % interval. */
  ratio: number
  interval95: [low: number, high: number]
  /** Growth up to that share, and decrease by the same factor, is the machine's as likely as the code's. */
  allowance: number
}

/** One figure of one thing. */
export interface ComparisonRow {
  table: Table
  measure: Measure
  /** As it is in head; of what is not there, in base. */
  entity: Entity
  /** What it was in base, where that reads differently: another path, name or position. */
  was: Entity | null
  /** Null: it is not on that side. */
  base: SideFigures | null
  head: SideFigures | null
  /** Median of head less median of base; null where there is no such pair. */
  changeMs: number | null
  /** Relative to the base's median; null also where that is 0. */
  changePercent: number | null
  /**
   * With 95 % confidence the shift from base to head lies within, by run-to-run noise or, with one run a side, by
   * sampling error alone. CPU and self time of several runs have each run's own machine taken out, where that is known.
   * Not adjusted for other rows: of a hundred rows, five may be off.
   */
  interval95Ms: [low: number, high: number] | null
  /** Mann-Whitney, two-sided, exact up to 50 runs, the machine taken out; null: not tested. */
  p: number | null
  /** By Holm, over everything that was tested. */
  pAdjusted: number | null
  verdict: Verdict
  certainty: Certainty
}

/**
 * `proven`: more than noise, after correction for all that was tested. `clear`: the runs of the two sides do not overlap, and are
 * farther apart than those of either side are from each other. `unclear`: all else.
 */
export type Certainty = 'proven' | 'clear' | 'unclear'

/**
 * `slower`, `faster`: more than noise. `no change shown`: tested and not told from noise, or too small to matter.
 * `within drift`: no more than the machine itself changed. `not tested`: too small a part of the run, or too few runs for
 * so many figures. `too few runs`: nothing can be claimed. `beyond sampling error`, `within sampling error`: of one run a
 * side. `added`, `removed`: only in head, only in base.
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
  /**
   * Describe chain and title of a test; describe chain and type of a hook; function, package, phase, `run` or `test
   * files`; empty for files and modules.
   */
  name: string[]
  /** `''` where there is none. */
  file: string
  /** Display name, `''` without one. */
  project: string
  line: number
  column: number
  category: Category | null
}

export interface SideFigures {
  medianMs: number
  /** For each run, in the order of its side's runs; null: it did not run there. */
  values: (number | null)[]
  /** What sampling of a single run may be off by in 95 of 100 cases; null: several runs, or measured by the clock. */
  errorMs: number | null
  /** Median with all that it called or loaded; null where there is no such thing. */
  totalMs: number | null
}

export interface UnmatchedFunction {
  side: 'base' | 'head'
  entity: Entity
  medianMs: number
}
