// The report's tables of what else took time: imports, transforms, hooks, waits and leaks. Units and bases as in report.ts.

import type { Category, Phase } from '../profile/profile.js'
import type { ResourceKind, WaitKind } from '../recording/wait-kinds.js'
import type { CallReport } from './code-reports.js'
import type { HookIdentity, PhaseTimes } from './file-report.js'

export interface ImportReport {
  /** Path, relative to the display root. */
  module: string
  /**
   * Package or path of a transformer, where the row is no module of the sandbox: what loading that transformer
   * took, once a worker: modules of its own, and what its first call took on top of later ones. Null: a module.
   */
  transformer: string | null
  package: string | null
  category: Category
  /** Its own part, without the modules that it loaded in turn. */
  selfMs: number
  /** With all modules that it loaded for the first time in turn. */
  totalMs: number
  /** With all that nothing else would have loaded: what removing the import would save. */
  savedMs: number
  /** Parts of `selfMs`. */
  resolveMs: number
  transformMs: number
  compileMs: number
  /** Making mocks of it, as `jest.mock` without a factory and `automock` do. */
  mockMs: number
  /** Its top-level code. */
  evaluateMs: number
  /** Test files that loaded it. */
  files: number
  /** How often it was loaded; more than once a file after `jest.resetModules` and the like. */
  loads: number
  /** `selfMs` by the phase in which it was loaded. */
  phases: Partial<Record<Phase, number>>
  /** Modules that asked for it, the most frequent first. */
  importers: { module: string; files: number }[]
  /** From the test file down to it, in the test file in which it cost most; for a transformer only its own name. */
  chain: string[]
}

export interface TransformReport {
  /** Package or path of the transformer; null: files that were taken as they are. */
  transformer: string | null
  /** With its dot. */
  extension: string
  /** Files that workers had not in memory. */
  files: number
  /** Those that were not in Jest's cache on disk either. */
  cacheMisses: number
  /** Those for which no cache was read, because it was off. */
  uncached: number
  /** Without `loadMs`. */
  totalMs: number
  /** The part of `totalMs` spent on cache misses. */
  missMs: number
  /** What loading the transformer took, once a worker: its modules, and what its first call took on top of later ones. */
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
   * `… (synchronous)` where the thread stood still; `time limit`: of a function that polled in vain until then; `unexplained`; `not recorded`,
   * and `not recorded (too many at once)` where recording was stopped because it would have slowed the tests.
   */
  kind: WaitKind
  /** Whether the thread stood still: then this is part of CPU time, and not of idle time. */
  blocking: boolean
  /** The innermost call of the project's own code, else of any: waits of one kind and line are one row. Null: unknown. */
  startedAt: CallReport | null
  /** The own calls that led there, the next one out of each stack, the most expensive first. Empty: none, or unknown. */
  callers: WaitCaller[]
  /** The most expensive one: the calls that started it, innermost first; for blocking ones, the functions. */
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

interface TestReference {
  file: string
  project: string
  index: number
  fullName: string
}

/** A timer, socket and so on that an ended test has left behind, and that no later test waited for. */
export interface LeakReport {
  kind: ResourceKind
  stack: CallReport[]
  /** The test that created it. */
  test: TestReference
  /** Callbacks that ran in later tests. */
  count: number
  /** What these callbacks took; from Node 24 on also what they started at once, such as the rest of an async function. */
  cpuMs: number
  during: TestReference[]
}
