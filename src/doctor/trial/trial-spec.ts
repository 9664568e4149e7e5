// What a trial is: one run of Jest on some test files, with changed options for some of them. Plain data, because another process
// runs it. Paths are absolute.

import type { Config } from '@jest/types'
import type { FileStatus } from '../../recording/enums.js'

export type ProjectOptions = Partial<Config.ProjectConfig>

export interface TrialSpec {
  /** The project's folder, from which Jest is resolved. */
  readonly cwd: string
  readonly jestArguments: readonly string[]
  /** `fileKey` of the test files to run, with Jest's ids of projects; null: all that the arguments select. */
  readonly only: readonly string[] | null
  readonly globalOptions: Partial<Config.GlobalConfig>
  /** Changed options of whole projects, by their ids: for what Jest reads before it knows its test files. */
  readonly projectOptions: Readonly<Record<string, ProjectOptions>>
  /** Test files with changed options of their projects. */
  readonly changed: readonly ChangedFiles[]
  /** Where the results are written. */
  readonly results: string
  /** A folder for what Jest writes besides, such as coverage. */
  readonly scratch: string
}

/** A profiled run of the suite as it is. */
export interface ProfileSpec extends TrialSpec {
  readonly outputDir: string
}

interface ChangedFiles {
  /** As `only`. */
  readonly files: readonly string[]
  readonly options: ProjectOptions
}

/** What a run of Jest returned. */
export interface TrialResults {
  readonly globalConfig: Config.GlobalConfig
  /** The projects, as Jest read them. */
  readonly configs: readonly Config.ProjectConfig[]
  readonly files: readonly TrialFile[]
}

export interface TrialFile {
  /** `fileKey`. */
  readonly key: string
  readonly status: FileStatus
  /** Full names with results, in Jest's order. */
  readonly tests: readonly { readonly name: string; readonly status: string }[]
  /** From when Jest gave it to a worker to its results. */
  readonly wallMs: number
  /** Of the worker, from the environment's construction to its teardown. Null: it was not torn down. */
  readonly cpuMs: number | null
  /** Whether it was the first of its worker, which loads what the others share. */
  readonly isFirst: boolean
  /** Snapshots that matched, were written, and did not match. */
  readonly snapshots: readonly [matched: number, added: number, unmatched: number]
}
