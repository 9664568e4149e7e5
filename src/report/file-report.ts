// The report's test files, tests and concurrent groups, with the parts of their time. Units and bases as in report.ts.

import type { Phase } from '../profile/profile.js'
import type { FileStatus, HookType, TestStatus } from '../recording/enums.js'
import type { FunctionReport, Position } from './code-reports.js'

/** The parts of a span of time: `cpuMs`, `readyMs`, `blockedMs` and `idleMs` add up to `wallMs`. */
export interface PhaseTimes {
  wallMs: number
  /** Time that the thread ran, by its own clock, including garbage collection. */
  cpuMs: number
  /** Runnable but without a core. Null if unknown (before Node 22.19, except on Linux): then it is part of `cpuMs`. */
  readyMs: number | null
  /** The thread was blocked in a synchronous call of the user's code or of a package. */
  blockedMs: number
  /** The thread had nothing to run. */
  idleMs: number
  /** Garbage collection, part of `cpuMs`. */
  gcMs: number
  /** The error of `cpuMs` in 95 of 100 cases: a sampler notices changes late, and clocks have a resolution. */
  uncertaintyMs: number
  /** As `uncertaintyMs`, for `gcMs`: a sampler hits collections by chance. */
  gcUncertaintyMs: number
  /** Bytes on V8's heap, freed again or not; left out without the option `memory`. */
  allocatedBytes?: number
}

/**
 * `PhaseTimes` of a file or test, and its samples, of which there are none without a profile; null if unknown. For concurrent tests that async contexts identify,
 * they are the test's own and add up to less than `wallMs`.
 */
export interface NullableTimes {
  cpuMs: number | null
  readyMs: number | null
  blockedMs: number | null
  idleMs: number | null
  gcMs: number | null
  uncertaintyMs: number | null
  gcUncertaintyMs: number | null
  sampleCount: number | null
  /** Bytes on V8's heap, freed again or not: of a test by its function and hooks. Left out if unknown. */
  allocatedBytes?: number
}

export interface FileReport extends NullableTimes {
  /** The same in every run. */
  id: string
  path: string
  /** Display name of the project, `''` without one. */
  project: string
  /** Jest's id of the project: two projects may have one name, or none. */
  projectId: string
  /** Number of the worker, 1 in band; null if the file was not recorded. */
  worker: number | null
  status: FileStatus
  /** File name in the run's `recordings/`; null if the file was not recorded: then only `wallMs` is known, from Jest. */
  recording: string | null
  /** Since the start of the run. */
  startedAtMs: number
  /** From before the environment is built until after it is torn down. */
  wallMs: number
  /** They add up to `wallMs`; null if the file was not recorded. */
  phases: Record<Phase, PhaseTimes> | null
  /** When each phase started or continued, in time order. Hooks and tests are within `other`. */
  phaseStarts: { phase: Phase; startedAtMs: number }[]
  /** Columns: V8's heap use, including garbage, when tests began and ended. */
  heap: { atMs: number[]; usedBytes: number[] }
  /** In the order of their definitions. */
  hooks: FileHookReport[]
  tests: TestReport[]
  /** Tests that ran at the same time. Groups have their CPU time if it cannot be separated. */
  groups: GroupReport[]
}

/** Times other than `wallMs` are null if the test did not run, shared its thread, or was not recorded. */
export interface TestReport extends NullableTimes {
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
  /** Where it is defined, if not in its test file but, for example, in a helper. */
  definedIn?: Position
  /** Since the start of the run. */
  startedAtMs: number
  /** From Jest's `test_start` to `test_done`, hooks included; for a concurrent test, its function's own run. */
  wallMs: number
  /** The part of `wallMs` that its beforeEach and afterEach hooks took. */
  hooksMs: number | null
  /** The part of `wallMs` spent on the first imports of modules. */
  importsMs: number | null
  /** The hooks that ran for it, the longest first. */
  hooks: TestHookReport[]
  hotspots: FunctionReport[]
}

export interface TestHookReport {
  /** Position in the file's `hooks`. */
  hook: number
  count: number
  wallMs: number
  /** Whether it ran once for a describe block around the test, and so is not part of the test's `wallMs`. */
  isAround: boolean
}

export interface GroupReport extends PhaseTimes {
  /** Positions of its tests in the file. */
  tests: number[]
  startedAtMs: number
  /** Null without a profile. */
  sampleCount: number | null
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

/** A hook and its runs. The report's `hooks` have their sums. */
export interface FileHookReport extends HookIdentity {
  /** In time order. */
  runs: HookRunReport[]
}

export interface HookRunReport {
  /** The test and attempt that it ran for; null if it ran for a whole describe block. */
  test: { index: number; attempt: number } | null
  /** Since the start of the run. */
  startedAtMs: number
  wallMs: number
}
