// The report's test files, tests and concurrent groups, and what their time was made of. Units and bases as in report.ts.

import type { Phase } from '../profile/profile.js'
import type { HookType, TestStatus } from '../recording/enums.js'
import type { FunctionReport, Position } from './code-reports.js'

/** What a span of time was made of: `cpuMs`, `readyMs`, `blockedMs` and `idleMs` add up to `wallMs`. */
export interface PhaseTimes {
  wallMs: number
  /** For how long the thread ran, by its own clock, garbage collection included. */
  cpuMs: number
  /**
   * It could run, and had no core. Null where neither Node (before 22.19) nor Linux reports how long a thread ran: then this is part of
   * `cpuMs`.
   */
  readyMs: number | null
  /** The thread stood still in a synchronous call of the user's code or of a package. */
  blockedMs: number
  /** Nothing to run. */
  idleMs: number
  /** Garbage collection, part of `cpuMs`. */
  gcMs: number
  /** `cpuMs` is no farther from the truth in 95 of 100 cases: a sampler sees a change late, and the clock goes in steps. */
  uncertaintyMs: number
  /** As `uncertaintyMs`, for `gcMs`: a sampler hits collections by chance. */
  gcUncertaintyMs: number
}

export interface FileReport {
  /** The same in every run. */
  id: string
  path: string
  /** Display name of the project, `''` without one. */
  project: string
  /** Jest's id of the project: two projects may have one name, or none. */
  projectId: string
  /** Number of the worker, 1 in band; null when the file was not recorded. */
  worker: number | null
  status: 'passed' | 'failed' | 'skipped' | 'unfinished'
  /** Name of its file in the run's `recordings/`; null without one: then `wallMs` is Jest's own, other times are null. */
  recording: string | null
  /** Since the start of the run. */
  startedAtMs: number
  /** From before the environment is built until after it is torn down. */
  wallMs: number
  /** They add up to `wallMs`; null when the file was not recorded. */
  phases: Record<Phase, PhaseTimes> | null
  /** These four add up to `wallMs`; null when the file was not recorded, and `readyMs` as in `phases`. */
  cpuMs: number | null
  readyMs: number | null
  blockedMs: number | null
  idleMs: number | null
  /** Garbage collection, part of `cpuMs`. */
  gcMs: number | null
  uncertaintyMs: number | null
  gcUncertaintyMs: number | null
  sampleCount: number | null
  /** When each phase began or was gone back to, in the order of time; hooks and tests lie within `other`. */
  phaseStarts: { phase: Phase; startedAtMs: number }[]
  /** V8's heap in use where tests began and ended, garbage that was not collected yet included. Columns. */
  heap: { atMs: number[]; usedBytes: number[] }
  /** In the order of their definitions. */
  hooks: FileHookReport[]
  tests: TestReport[]
  /** Tests that ran at the same time; their CPU time is here and not with each of them. */
  groups: GroupReport[]
}

/** CPU, idle and collection time and samples are null when the test did not run, shared its thread, or was not recorded. */
export interface TestReport {
  /** The same in every run, for all attempts. */
  id: string
  /** Position in the file. */
  index: number
  /** Describe chain and title. */
  name: string[]
  fullName: string
  status: TestStatus
  /** 1 for the first try. */
  attempt: number
  concurrent: boolean
  /** Where it is defined in its test file; 0: unknown, or in another file. */
  line: number
  column: number
  /** Where it is defined, if not in its test file: mostly a helper. */
  definedIn?: Position
  /** Since the start of the run. */
  startedAtMs: number
  /** From Jest's `test_start` to `test_done`, hooks included; for a concurrent test, its function's own run. */
  wallMs: number
  /**
   * The four add up to `wallMs`. For a concurrent test they are its own, if the async context identifies it, and add up to less.
   */
  cpuMs: number | null
  readyMs: number | null
  blockedMs: number | null
  idleMs: number | null
  gcMs: number | null
  uncertaintyMs: number | null
  gcUncertaintyMs: number | null
  /** The part of `wallMs` that its beforeEach and afterEach hooks took. */
  hooksMs: number | null
  /** The part of `wallMs` that importing modules took, which nothing had asked for before. */
  importsMs: number | null
  /** The hooks that ran for it, the longest first. */
  hooks: TestHookReport[]
  sampleCount: number | null
  hotspots: FunctionReport[]
}

export interface TestHookReport {
  /** Position in the file's `hooks`. */
  hook: number
  count: number
  wallMs: number
  /** It ran once for a describe block around the test: then it is not part of the test's `wallMs`. */
  isAround: boolean
}

export interface GroupReport extends PhaseTimes {
  /** Positions of its tests in the file. */
  tests: number[]
  startedAtMs: number
  sampleCount: number
  hotspots: FunctionReport[]
}

export interface HookIdentity {
  type: HookType
  /** Names of the describe blocks around it. */
  describe: string[]
  /** Where it is defined. */
  file: string
  line: number
  column: number
}

/** A hook and each of its runs; what they cost is in the report's `hooks`. */
export interface FileHookReport extends HookIdentity {
  /** In the order of time. */
  runs: HookRunReport[]
}

export interface HookRunReport {
  /** Position of the test in the file and number of the attempt that it ran for; null: for a whole describe block. */
  test: { index: number; attempt: number } | null
  /** Since the start of the run. */
  startedAtMs: number
  wallMs: number
}
