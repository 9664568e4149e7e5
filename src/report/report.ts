// The Report: every number that any output shows, computed once. These types are the documentation of `report.json`
// and the source of its JSON Schema. Times in milliseconds unless the name says otherwise; paths relative to
// `rootDir`, with `/`; lines and columns 1-based (0: unknown).

import type { EngineName } from '../collect/engines/engine.js'
import type { HookType, TestStatus } from '../collect/recording.js'
import type { Category, Phase } from '../profile/profile.js'

export const SCHEMA_VERSION = 1

export interface Report {
  schemaVersion: 1
  run: RunReport
  totals: Totals
  /** Where the recorded files' time went: the phases add up to `totals.fileWallMs`. */
  phases: Record<Phase, PhaseTimes>
  schedule: ScheduleReport
  /** Every test file of the run, the longest first. */
  files: FileReport[]
  /** Functions with the most self time, of the project's own code and of everything else. */
  hotspots: Hotspot[]
  /** Source lines with the most self time. */
  lines: LineReport[]
  /** Packages of `node_modules` by self time. */
  packages: PackageReport[]
  /** Self time by whose code ran; with idle and blocked time they make up all sampled time. */
  categories: Record<Exclude<Category, 'idle'>, number>
  /** Modules by what not importing them would save, all test files together. */
  imports: ImportReport[]
  /** What the user's transformers did. */
  transforms: TransformReport[]
  /** Hooks by their wall time, all test files together. */
  hooks: HookReport[]
  /** What idle time waited for, and synchronous calls in which the thread stood still. */
  waits: WaitReport[]
  /** Work of tests that had ended already. */
  leaks: LeakReport[]
  /** What to change, the costliest first. */
  findings: Finding[]
  /** Test files that were not recorded, or not to their end. */
  missing: Missing[]
  /** What could not be told in this run, and why. */
  limits: string[]
  /** Tables that are shorter here than they were, to keep this file bounded. */
  truncated: Truncation[]
}

export interface RunReport {
  id: string
  /** ISO 8601, UTC. */
  startedAt: string
  /** Absolute. */
  rootDir: string
  jestVersion: string
  nodeVersion: string
  platform: string
  arch: string
  cpuModel: string
  cpuCount: number
  /** Jest's `maxWorkers`. */
  workers: number
  engine: EngineName
  samplingIntervalMicros: number
  command: string
  /** As Jest's `--shard`, such as `1/3`. */
  shard?: string
}

/** What a stretch of time was made of. `wallMs` is `cpuMs` and `idleMs` together. */
export interface PhaseTimes {
  wallMs: number
  /** What was not idle: `gcMs` and `blockedMs` are parts of it. */
  cpuMs: number
  /** Time with nothing to run. */
  idleMs: number
  /** Garbage collection. */
  gcMs: number
  /** The thread stood still in a synchronous call of the user's code or of a package: neither idle nor CPU. */
  blockedMs: number
  /**
   * For how long the thread really ran, by its own clock, which may go in steps of some milliseconds; null where Node
   * cannot tell (before 22.19). What is missing to `cpuMs` without `blockedMs` is time in which it was ready to run and
   * had to wait for a processor, or stood still in a way that no sample shows.
   */
  threadCpuMs: number | null
  /** `idleMs`, and so `cpuMs`, is no farther from the truth in 95 of 100 cases: a sampler sees a change late. */
  uncertaintyMs: number
}

export interface ScheduleReport {
  workers: WorkerReport[]
  /** The file that ended last, and so decided how long the run was; null when none was recorded. */
  criticalFile: { path: string; project: string; startedAtMs: number; wallMs: number } | null
  /** Wall time of the run if its workers had all been busy all the time, or of its longest file, if that is more. */
  balancedWallMs: number
}

export interface WorkerReport {
  /** JEST_WORKER_ID; 1 in band. */
  worker: number
  files: number
  /** Since the start of the run: of its first file's start and its last file's end. */
  startedAtMs: number
  endedAtMs: number
  /** Time in which it had a test file. */
  busyMs: number
  cpuMs: number
}

export interface ImportReport {
  /** Path, relative to `rootDir`. */
  module: string
  package: string | null
  category: Category
  /** Its own part, without the modules that it loaded in turn. */
  selfMs: number
  /** With all that was loaded for the first time while it was. */
  totalMs: number
  /** With all that nothing else would have loaded: what removing the import would save. */
  savedMs: number
  /** Parts of `selfMs`. */
  resolveMs: number
  transformMs: number
  compileMs: number
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
  /** From the test file down to it, in the test file in which it cost most. */
  chain: string[]
}

export interface TransformReport {
  /** Package or path of the transformer; null: files that were taken as they are. */
  transformer: string | null
  /** With its dot. */
  extension: string
  /** Files that workers had not in memory. */
  files: number
  /** Of these, the ones that Jest's cache on disk had not either. */
  cacheMisses: number
  totalMs: number
  /** The part of `totalMs` spent on cache misses. */
  missMs: number
}

export interface HookReport extends PhaseTimes {
  type: HookType
  /** Names of the describe blocks around it. */
  describe: string[]
  /** Where it is defined. */
  file: string
  line: number
  column: number
  /** How often it ran. */
  count: number
  /** Test files in which it ran. */
  files: number
}

export interface WaitReport {
  /**
   * `timer`, `HTTP request`, `socket`, `child process`, `file system`, `DNS`, `worker`, …; `… (synchronous)` and
   * `Atomics.wait` where the thread stood still; `unexplained`; `not recorded`.
   */
  kind: string
  /** Whether the thread stood still: then this is part of CPU time, and not of idle time. */
  blocking: boolean
  /** The calls that started it, innermost first; of blocking ones, the functions. */
  stack: CallReport[]
  /** Number of stretches. */
  count: number
  totalMs: number
  /** The tests that waited longest. */
  tests: WaitTest[]
}

export interface CallReport {
  function: string
  file: string
  line: number
  column: number
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

/** A timer, socket and so on that an ended test has left behind. */
export interface LeakReport {
  kind: string
  stack: CallReport[]
  /** The test that created it. */
  test: TestReference
  /** Callbacks that ran in later tests. */
  count: number
  /** What these callbacks took, without what they set off in turn. */
  cpuMs: number
  during: TestReference[]
}

export interface Totals {
  /** From the start of the run to the end of the last test file. */
  wallMs: number
  /** Sum over the recorded test files. */
  fileWallMs: number
  cpuMs: number
  idleMs: number
  gcMs: number
  /** In synchronous calls, part of `cpuMs`. */
  blockedMs: number
  /** For how long the threads really ran, by their own clocks; null where Node cannot tell. */
  threadCpuMs: number | null
  /** Idle time of which it is not known what it waited for; with `waits` off, all of it. */
  unexplainedMs: number
  sampleCount: number
  testFiles: number
  tests: number
  /** What starting, ending, reading, writing and merging the recordings took; no file's time and no sample is in it. */
  overheadMs: number
}

export interface FileReport {
  path: string
  /** Display name of the project, `''` without one. */
  project: string
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
  cpuMs: number | null
  /** Time with nothing to run. */
  idleMs: number | null
  /** Garbage collection, part of `cpuMs`. */
  gcMs: number | null
  /** In synchronous calls, part of `cpuMs`. */
  blockedMs: number | null
  /** As in `phases`. */
  threadCpuMs: number | null
  uncertaintyMs: number | null
  sampleCount: number | null
  tests: TestReport[]
  /** Tests that ran at the same time; their CPU time is here and not with each of them. */
  groups: GroupReport[]
}

/** CPU, idle and collection time and samples are null when the test did not run, shared its thread, or was not recorded. */
export interface TestReport {
  /** Position in the file. */
  index: number
  /** Describe chain and title. */
  name: string[]
  fullName: string
  status: TestStatus
  /** 1 for the first try. */
  attempt: number
  concurrent: boolean
  /** Where it is defined; 0: not known. */
  line: number
  column: number
  /** Since the start of the run. */
  startedAtMs: number
  /** From Jest's `test_start` to `test_done`, hooks included; of a concurrent test, its function's own run. */
  wallMs: number
  /** Of a concurrent test its own, where the async context tells it apart: with `idleMs` it is less than `wallMs`. */
  cpuMs: number | null
  idleMs: number | null
  gcMs: number | null
  blockedMs: number | null
  threadCpuMs: number | null
  uncertaintyMs: number | null
  /** The part of `wallMs` that its beforeEach and afterEach hooks took. */
  hooksMs: number | null
  sampleCount: number | null
  hotspots: FunctionReport[]
}

export interface GroupReport extends PhaseTimes {
  /** Positions of its tests in the file. */
  tests: number[]
  startedAtMs: number
  sampleCount: number
  hotspots: FunctionReport[]
}

export interface FunctionReport {
  function: string
  file: string
  line: number
  column: number
  /** The position is that of transformed code, for there was no source map. */
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
  /** Describe chain and title; of a concurrent group, what stands for it. */
  name: string[]
  fullName: string
  /** Positions of all tests of a concurrent group, whose time cannot be told apart. */
  group?: number[]
  selfMs: number
  totalMs: number
}

export interface LineReport {
  file: string
  line: number
  selfMs: number
  category: Category
}

export interface PackageReport {
  package: string
  category: Category
  /** Number of its functions that were seen with self time. */
  functions: number
  sampleCount: number
  selfMs: number
  totalMs: number
}

/** Something that costs time and can be changed, with the evidence. */
export interface Finding {
  /** The rule, and what it found: stays the same from run to run. */
  id: string
  /** By its share of the files' time: `high` from 10 %, `medium` from 3 %. */
  severity: 'high' | 'medium' | 'low'
  /** How sure the rule can be of the cause; what it measured is in the evidence. */
  confidence: 'high' | 'medium' | 'low'
  /** One line. */
  title: string
  /** The figures that led to it. */
  evidence: string
  /** What to do. */
  remedy: string
  /** What it costs, all test files together; of a lower confidence, at most. */
  costMs: number
  /** Where to look; null when it is no place in the code. */
  position: { file: string; line: number; column: number } | null
}

export interface Missing {
  file: string
  reason: string
  remedy: string
}

export interface Truncation {
  table: string
  kept: number
  total: number
}
