// What the parent process knows about a run without samples: Jest's results and summaries of recordings.

import type { ProcessKey } from '../../attribution/cache-keys.js'
import type { FailedModuleSum } from '../../attribution/failed-modules.js'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import type { Microseconds } from '../../profile/profile.js'
import type { FileStatus, TestStatus } from '../../recording/enums.js'
import type { TransformTotals } from '../../recording/recording.js'
import type { Missing, RunReport } from '../report.js'
import type { HandleRecord } from './handle-record.js'
import type { MemoryRecord } from './memory-record.js'
import type { RecordingSummary } from './recording-summary.js'

export interface RunRecord {
  readonly run: Omit<RunReport, 'startedAt'>
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly files: readonly FileRecord[]
  readonly missing: readonly Missing[]
  readonly modules: readonly ModuleTotal[]
  readonly transforms: readonly TransformTotals[]
  readonly failedModules: readonly FailedModuleSum[]
  readonly cacheKeys: readonly ProcessKey[]
  /** Undefined: no transformer returned keys that are worth comparing. */
  readonly transformKeys?: TransformKeys | undefined
  /** Names in any project's `sandboxInjectedGlobals`. */
  readonly injectedGlobals: readonly string[]
  /** Undefined: unknown. */
  readonly command?: CommandTimes | undefined
  /** Undefined without the option `memory`. */
  readonly memory?: MemoryRecord | undefined
  /** Of test files that left something open; undefined: there are none. */
  readonly handles?: readonly HandleRecord[] | undefined
  /** Shown among the report's limits, one sentence each. */
  readonly notes: readonly string[]
  /** What folding and resolving took in this process. */
  readonly mergeMicros: Microseconds
}

/** Jest's results of a test file. */
export interface FileOutcome {
  /** Jest's id of the project. */
  readonly projectId: string
  /** Absolute, with `/`. */
  readonly path: string
  readonly project: string
  readonly status: FileStatus
  /** In Jest's order; empty when the file did not get that far. */
  readonly results: readonly TestOutcome[]
  /** Jest's own times, for a file without a recording: milliseconds since the epoch, and milliseconds. */
  readonly startedAtMs: number
  readonly wallMs: number
}

export interface TestOutcome {
  /** Describe chain and title. */
  readonly name: readonly string[]
  readonly status: TestStatus
  readonly wallMs: number
}

/** Everything known about one test file of a run. */
export interface FileRecord extends FileOutcome {
  /** Undefined: the file was not recorded. */
  readonly recording: RecordingSummary | undefined
  /** Positions of the tests that the report is about; undefined: all. */
  readonly onlyTests?: ReadonlySet<number> | undefined
}

/** Times of the command beside its test files, in milliseconds; null: Jest did not do that, or reports nothing about it. */
/** Other reporters than that of coverage: their work at the end of the run, and while tests ran, where that was recorded. */
export interface ReporterTimes {
  readonly reporter: string
  readonly wallMs: number
  readonly runningMs?: number | undefined
}

export interface CommandTimes {
  /** Since the epoch: when its process began. */
  readonly startedAtMs: number
  /** Since the epoch: when it ended, or when all this was known. */
  readonly endedAtMs: number
  readonly fileMapMs: number | null
  readonly findTestsMs: number | null
  readonly globalSetupMs: number | null
  /** Reporting coverage, including that of files which no test has loaded. */
  readonly coverageMs: number | null
  readonly reporters: readonly ReporterTimes[]
  /** Ours. */
  readonly profilerMs: number
  readonly globalTeardownMs: number | null
  /** From the end of Jest's own work to that of the process. */
  readonly exitMs: number | null
}

/** Keys that transformers' getCacheKey returned in a run, for the next run to compare its own with. */
export interface TransformKeys {
  /** A hash of the environment variables, which keys may depend on as well. */
  readonly context: string
  /** Keys of a few files of each transformer. */
  readonly kept: readonly KeptKey[]
  /** Transformers whose keys all differ from those of an earlier run, though nothing else had changed. */
  readonly changed: readonly ChangedKeys[]
}

export interface KeptKey {
  /** Absolute path of the transformer's module. */
  readonly transformer: string
  /** Absolute path of the file. */
  readonly path: string
  /** As in `CacheKey`. */
  readonly input: string
  readonly key: string
}

export interface ChangedKeys {
  readonly transformer: string
  /** Number of files that were compared. */
  readonly files: number
}
