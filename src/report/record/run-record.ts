// What the parent knows of a run beside the samples: Jest's results, and the recordings' headers and test windows.

import type { ProcessKey } from '../../attribution/cache-keys.js'
import type { CostlyModule } from '../../attribution/costliest-modules.js'
import type { FailedModuleSum } from '../../attribution/failed-modules.js'
import type { FileTimes, HookTimes, TestTimes } from '../../attribution/file-times.js'
import type { Leak } from '../../attribution/leaks.js'
import type { LongestStretches } from '../../attribution/longest-stretches.js'
import type { ModuleTotal } from '../../attribution/module-totals.js'
import type { WaitSum } from '../../attribution/wait-sums.js'
import type { Microseconds } from '../../profile/profile.js'
import type { TestStatus } from '../../recording/enums.js'
import type { TransformTotals } from '../../recording/recording.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'
import type { ResourceKind } from '../../recording/wait-kinds.js'
import type { CommandTimes } from '../build/command-report.js'
import type { FileReport } from '../file-report.js'
import type { Missing, RunReport } from '../report.js'
import type { TransformKeys } from './transform-keys.js'

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
  /** Undefined: not known. */
  readonly command?: CommandTimes | undefined
  /** What else has to be said of the run: a sentence each, shown among the report's limits. */
  readonly notes: readonly string[]
  /** What folding and resolving took in this process. */
  readonly mergeMicros: Microseconds
}

export interface FileRecord {
  /** Jest's id of the project. */
  readonly projectId: string
  /** Absolute, with `/`. */
  readonly path: string
  readonly project: string
  readonly status: FileReport['status']
  readonly recording: RecordedFile | undefined
  /** Positions of the tests that the report is about; undefined: all. */
  readonly onlyTests?: ReadonlySet<number> | undefined
  /** Jest's own, in its order; empty when the file did not get that far. */
  readonly results: readonly ResultRecord[]
  /** Jest's own times, for a file without a recording: milliseconds since the epoch, and milliseconds. */
  readonly startedAtMs: number
  readonly wallMs: number
}

/** A recording without its samples, which are in the Profile. */
export interface RecordedFile {
  /** Its file in the run's folder of recordings. */
  readonly name: string
  readonly header: ResolvedRecording['header']
  readonly times: Pick<FileTimes, 'whole' | 'phases'>
  readonly phaseStarts: ResolvedRecording['phases']
  readonly heap: ResolvedRecording['heap']
  readonly tests: readonly Placed<TestTimes>[]
  readonly groups: FileTimes['groups']
  readonly hooks: readonly Placed<HookTimes>[]
  readonly waits: readonly WaitSum[]
  readonly longest: LongestStretches
  readonly leaks: readonly Leak[]
  /** The costliest to import, with most total time first. */
  readonly modules: readonly CostlyModule[]
  /** What was not recorded of waits, because it would have slowed the tests. */
  readonly waitGaps: WaitGaps
  /** What could be recorded. */
  readonly known: Readonly<Record<'waits' | 'stacks' | 'contexts' | 'modules', boolean>>
}

export interface WaitGaps {
  /** Kinds of which only some have a stack. */
  readonly thinned: readonly {
    readonly kind: ResourceKind
    readonly created: number
    readonly kept: number
  }[]
  readonly pausedMicros: Microseconds
}

/** What has a definition in the user's code: absolute path, 1-based position; `''` and 0 where it is not known. */
export type Placed<T> = T & { readonly file: string; readonly line: number; readonly column: number }

export interface ResultRecord {
  readonly name: readonly string[]
  readonly status: TestStatus
  readonly wallMs: number
}
