// The report's tables of imports, transforms, hooks, waits and leaks. Units and bases as in report.ts.

import type { Category, Phase } from '../profile/profile.js'
import type { ResourceKind, WaitKind } from '../recording/wait-kinds.js'
import type { CallReport, TestReference } from './code-reports.js'
import type { HookIdentity, PhaseTimes } from './file-report.js'

export interface ImportReport {
  /** Path, relative to the display root. */
  module: string
  /**
   * Package or path of a transformer, if the row is not a module but the loading of that transformer in each worker: its
   * modules, and what its first call took longer than later ones. Null: a module.
   */
  transformer: string | null
  package: string | null
  category: Category
  /** Without the modules that it loaded. */
  selfMs: number
  /** With all modules that it loaded first, directly or indirectly. */
  totalMs: number
  /** What removing the import would save: with all modules that nothing else would have loaded. */
  savedMs: number
  /** Parts of `selfMs`. */
  resolveMs: number
  transformMs: number
  compileMs: number
  /** Generating a mock of it, as `jest.mock` without a factory and `automock` do. */
  mockMs: number
  /** Its top-level code. */
  evaluateMs: number
  /** Test files that loaded it. */
  files: number
  /** How often it was loaded. `jest.resetModules` makes it more than once per file. */
  loads: number
  /** `selfMs` by the phase in which it was loaded. */
  phases: Partial<Record<Phase, number>>
  /** The most frequent first. */
  importers: { module: string; files: number }[]
  /** Imports from the test file in which it cost most down to it; for a transformer only its name. */
  chain: string[]
}

export interface TransformReport {
  /** Package or path of the transformer; null: files that were not transformed. */
  transformer: string | null
  /** With its dot. */
  extension: string
  /** Files that workers did not have in memory. */
  files: number
  /** Files that were not in Jest's cache on disk either. */
  cacheMisses: number
  /** Files for which no cache was read, because it was off. */
  uncached: number
  /** Without `loadMs`. */
  totalMs: number
  /** The part of `totalMs` spent on cache misses. */
  missMs: number
  /** Loading the transformer in each worker: its modules, and what its first call took longer than later ones. */
  loadMs: number
  /** The part of `loadMs` that came with cache misses. */
  missLoadMs: number
}

export interface HookReport extends HookIdentity, PhaseTimes {
  /** How often it ran. */
  count: number
  /** Test files in which it ran. */
  files: number
}

export interface WaitReport {
  /**
   * `timer`, `HTTP request`, `socket`, `child process`, `file system`, `DNS`, `worker`, …, `other (…)` with Node's own name;
   * `… (synchronous)` if the thread was blocked; `time limit`: of a function that polled in vain; `unexplained`; `not recorded`,
   * and `not recorded (too many at once)` if recording was paused because it would have slowed the tests.
   */
  kind: WaitKind
  /** Whether the thread was blocked: then this is not part of idle time. */
  blocking: boolean
  /** The innermost call of the project's own code, or else of any; null if unknown. One row per kind and line. */
  startedAt: CallReport | null
  /** The next own calls on the stacks, the most expensive first; empty if there are none, or they are unknown. */
  callers: WaitCaller[]
  /** The most expensive stack, innermost first: of calls, or for blocking waits of functions. */
  stack: CallReport[]
  /** Number of waits. */
  count: number
  totalMs: number
  /** The tests that waited longest. */
  tests: WaitTest[]
}

export interface WaitCaller extends CallReport {
  /** Number of waits. */
  count: number
  totalMs: number
}

export interface WaitTest extends TestReference {
  totalMs: number
}

/** A timer, socket or other resource that outlives its test, and that no later test waited for. */
export interface LeakReport {
  kind: ResourceKind
  stack: CallReport[]
  /** The test that created it. */
  test: TestReference
  /** Callbacks that ran in later tests. */
  count: number
  /** Time of these callbacks; from Node 24 on including what they continued at once, such as an async function. */
  cpuMs: number
  during: TestReference[]
}
