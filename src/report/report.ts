// The Report: every number that any output shows, computed once. These types are the documentation of `report.json`
// and the source of its JSON Schema. Times in milliseconds unless the name says otherwise; paths relative to
// `rootDir`, with `/`; lines and columns 1-based (0: unknown).

import type { EngineName } from '../collect/engines/engine.js'
import type { TestStatus } from '../collect/recording.js'
import type { Category } from '../profile/profile.js'

export const SCHEMA_VERSION = 1

export interface Report {
  schemaVersion: 1
  run: RunReport
  totals: Totals
  /** Every test file of the run, the longest first. */
  files: FileReport[]
  /** Functions with the most self time, of the project's own code and of everything else. */
  hotspots: Hotspot[]
  /** Source lines with the most self time. */
  lines: LineReport[]
  /** Packages of `node_modules` by self time. */
  packages: PackageReport[]
  /** Self time by whose code ran; with idle time they make up all sampled time. */
  categories: Record<Exclude<Category, 'idle'>, number>
  /** Test files that were not recorded, or not to their end. */
  missing: Missing[]
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

export interface Totals {
  /** From the start of the run to the end of the last test file. */
  wallMs: number
  /** Sum over the recorded test files. */
  fileWallMs: number
  cpuMs: number
  idleMs: number
  gcMs: number
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
  cpuMs: number | null
  /** Time with nothing to run. */
  idleMs: number | null
  /** Garbage collection, part of `cpuMs`. */
  gcMs: number | null
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
  /** Since the start of the run. */
  startedAtMs: number
  /** From Jest's `test_start` to `test_done`, hooks included; of a concurrent test, its function's own run. */
  wallMs: number
  cpuMs: number | null
  idleMs: number | null
  gcMs: number | null
  sampleCount: number | null
  hotspots: FunctionReport[]
}

export interface GroupReport {
  /** Positions of its tests in the file. */
  tests: number[]
  startedAtMs: number
  wallMs: number
  cpuMs: number
  idleMs: number
  gcMs: number
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
