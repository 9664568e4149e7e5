// The Report: every number that any output shows, computed once. These types are the documentation of `report.json`
// and the source of its JSON Schema. Times in milliseconds unless the name says otherwise; paths relative to
// the display root, with `/`; lines and columns 1-based (0: unknown).

import type { Category, Phase } from '../profile/profile.js'
import type { EngineName } from '../recording/enums.js'
import type { HookReport, ImportReport, LeakReport, TransformReport, WaitReport } from './account-reports.js'
import type { BudgetReport } from './budget-report.js'
import type { CallRow, Hotspot, LineReport, PackageReport, Position } from './code-reports.js'
import type { FileReport, PhaseTimes } from './file-report.js'
import type { OpenHandleReport } from './handle-report.js'
import type { MemoryReport } from './memory-report.js'
import type { TimeLimitReport } from './time-limit-report.js'

export const SCHEMA_VERSION = 1

export interface Report {
  schemaVersion: 1
  run: RunReport
  /** Null where it is unknown: for a merged run, a part of a run, and a run that was cut off. */
  command: CommandReport | null
  totals: Totals
  /** Where the recorded files' time went: the phases add up to `totals.fileWallMs`, and what is between files comes on top. */
  phases: Record<Phase, PhaseTimes> & { betweenFiles: BetweenFiles }
  schedule: ScheduleReport
  /** Every test file of the run, the longest first. */
  files: FileReport[]
  /** Functions with the most self time, of the project's own code and of everything else. */
  hotspots: Hotspot[]
  /** What the project's own code calls outside itself, the most expensive first. */
  calls: CallRow[]
  /** Source lines with the most self time. */
  lines: LineReport[]
  /** Packages of `node_modules` by self time. */
  packages: PackageReport[]
  /** Self time by whose code ran, null without a profile: they add up to `totals.cpuMs`, or less where `totals.readyMs` is null and known of some files. */
  categories: Record<Exclude<Category, 'idle'>, number | null>
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
  /** What test files left open, such as timers and servers, what was open longest first. */
  openHandles: OpenHandleReport[]
  /** Tests and hooks that timed out, or nearly did; those that timed out come first. */
  timeLimits: TimeLimitReport[]
  /** Left out without the option `memory`. */
  memory?: MemoryReport
  /** What was compared with the limits of the option `budgets`; empty without any. */
  budgets: BudgetReport[]
  /** What makes these values differ from those of other runs; empty if nothing is known to. Read it before the findings. */
  caveats: string[]
  /** What to change; what saves the most wall time comes first. */
  findings: Finding[]
  /** What the command would take less without the costs of all findings together; null for a part of a run. */
  savesWallMs: WallSavings | null
  /** Test files that were not recorded, or not to their end. */
  missing: Missing[]
  /** What is unknown in this run, and why. */
  limits: string[]
  /** Tables that were cut to keep this file bounded. */
  truncated: Truncation[]
}

export interface RunReport {
  id: string
  /** Name of the package in the display root, or of that folder. */
  suite: string
  /** ISO 8601, UTC. */
  startedAt: string
  /** Absolute. */
  rootDir: string
  /** Absolute: the folder of the nearest package.json (or git repository) that holds `rootDir` and that of every project. */
  displayRoot: string
  jestVersion: string
  nodeVersion: string
  platform: string
  arch: string
  cpuModel: string
  /** In a merged run that of the first machine: `mergedFrom` has each one's. */
  cpuCount: number
  /** Jest's `maxWorkers`; in a merged run, those of all machines. */
  workers: number
  engine: EngineName
  /** Null without a profile. */
  samplingIntervalMicros: number | null
  command: string
  /** Which part of the suite was asked for, as on a command line, such as `-t "adds"`; left out: all of it. */
  part?: string[]
  /** Jest's option of that name was set: with it Jest follows every promise, timer and handle. */
  detectOpenHandles?: boolean
  /** Coverage was collected, by that provider: modules and functions take longer with it. */
  coverage?: string
  /** Jest's option of that name, in bytes: a worker that uses more between two files is ended, and another one started. */
  workerIdleMemoryLimit?: number
  /** As Jest's `--shard`, such as `1/3`. */
  shard?: string
  /** The runs that it was merged from, as shards of one suite, each with its machine. */
  mergedFrom?: MergedRun[]
  /** The report is about these files or tests only, as they were asked for. */
  selection?: { file?: string; test?: string }
}

export interface MergedRun {
  id: string
  startedAt: string
  /** As Jest's `--shard`, such as `1/3`. */
  shard?: string
  wallMs: number
  cpuModel: string
  cpuCount: number
  /** Jest's `maxWorkers`: the first machine has the workers from 1 on, the next one those that follow. */
  workers: number
}

/**
 * The wall time of the whole command: its three parts add up to it. What is named within a part is null where Jest did
 * not do that, or does not report it; the rest is Jest's own.
 */
export interface CommandReport {
  /** From the start of Jest's process to its end; in watch mode, of a later run, from when Jest looked for tests to our report. */
  wallMs: number
  startUp: {
    /** Until the first test file begins. */
    wallMs: number
    /** Making Jest's map of the project's files. */
    fileMapMs: number | null
    /** Finding the test files in it. */
    findTestsMs: number | null
    /** All of `globalSetup`. */
    globalSetupMs: number | null
  }
  /** From the first test file's beginning to the last one's end. */
  running: { wallMs: number }
  after: {
    /** From the last test file's end on. */
    wallMs: number
    /** Coverage, that of files which no test has loaded included. */
    coverageMs: number | null
    /** Other reporters' work at the end of the run; `runningMs`: that of reporters in the config while tests ran, when workers may go on. */
    reportersMs: number
    reporters: { reporter: string; wallMs: number; runningMs: number }[]
    /** Ours: building and writing the report. */
    profilerMs: number
    globalTeardownMs: number | null
    /** From the end of Jest's work to that of its process. */
    exitMs: number | null
  }
}

/** Times of workers, and not of test files. */
export interface BetweenFiles {
  /** From the end of one file to the start of the next one in the same worker, all workers together. */
  wallMs: number
  /** How often a worker's process was ended and another one started between two files. */
  restarts: number
  /** The part of `wallMs` in which that was. */
  restartMs: number
}

export interface ScheduleReport {
  workers: WorkerReport[]
  /** The file that ended last, which determines how long the run was; null when none was recorded. */
  criticalFile: { path: string; project: string; startedAtMs: number; wallMs: number } | null
  /**
   * When the run would have ended if its workers had all ended at the same time: the mean of their ends, or the time of the longest
   * file, if that is more; of a merged run, that of the machine that would have taken longest.
   */
  balancedWallMs: number
}

export interface WorkerReport {
  /** JEST_WORKER_ID; 1 in band. In a merged run each machine's continue those of the one before. */
  worker: number
  /** Position of its machine in `run.mergedFrom`; 0 for a run that was not merged. */
  machine: number
  files: number
  /** Since the start of the run: of its first file's start and its last file's end. */
  startedAtMs: number
  endedAtMs: number
  /** Time in which it had a test file. */
  busyMs: number
  cpuMs: number
  readyMs: number | null
  blockedMs: number
}

export interface Totals {
  /** From the start of the run to the end of the last test file. */
  wallMs: number
  /** Sum over the recorded test files. */
  fileWallMs: number
  /** These four add up to `fileWallMs`. */
  cpuMs: number
  /** Null where it is not known for all files: see `PhaseTimes`. */
  readyMs: number | null
  blockedMs: number
  idleMs: number
  /** Part of `cpuMs`. */
  gcMs: number
  /** As in `phases`. */
  betweenFilesMs: number
  /** The part of the tests' own wall time that importing modules took. */
  importsInTestsMs: number
  /** Idle time for which it is unknown what it waited for; with `waits` off, all of it. */
  unexplainedMs: number
  sampleCount: number
  testFiles: number
  tests: number
  /** Tests that were not skipped. */
  testsRun: number
  /**
   * About the CPU time that profiling took, all processes together: starting, ending, reading, writing and merging the
   * recordings as measured, and as estimated what V8 does for us while tests run, which is in the files' times as well.
   * Writing the artifacts is not in it. For a selection only what its files cost, without merging.
   */
  overheadMs: number
}

/** Milliseconds of wall time that the command would take less: at least, and at most. */
export interface WallSavings {
  low: number
  high: number
}

/** Something that costs time and can be changed, with the evidence. */
export interface Finding {
  /** The rule, and what it found: stays the same from run to run. */
  id: string
  /** By its share of the files' time: `high` from 10 %, `medium` from 3 %. What is kept in memory is `high`. */
  severity: 'high' | 'medium' | 'low'
  /** How certain the cause is; the evidence says what was measured. */
  confidence: 'high' | 'medium' | 'low'
  /** One line. */
  title: string
  /** The values that led to it. */
  evidence: string
  /** What to do. */
  remedy: string
  /** What it costs, all test files together; at most, if the confidence is lower. */
  costMs: number
  /** What is kept in memory, in bytes; left out where a finding is about time. */
  retainedBytes?: number
  /** What is allocated, freed again or not, in bytes; left out in other findings. */
  allocatedBytes?: number
  /** What a process ends with on its heap, in bytes; left out in other findings. */
  heapBytes?: number
  /** Tests and hooks that failed because of it, and that nearly did; left out where a finding is about time. */
  failures?: { failed: number; nearly: number }
  /**
   * What the command would take less without this cost, by the schedule as recorded, on the same workers. The lower value is 0
   * where it is not certain that the cost can be saved. Null for a part of a run.
   */
  savesWallMs: WallSavings | null
  /** Test files that it costs time, the most expensive first: at most 100. */
  files: string[]
  fileCount: number
  /** Code to paste, with a comment that says where. */
  patch?: string
  /** The candidate of `jest-profiler doctor` that tries it. */
  trial?: string
  /** Where to look; null when it is not a place in the code. */
  position: Position | null
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
