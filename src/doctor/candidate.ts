// A change that may pay: what it is, for which test files, and how it is tried without touching the project.

import type { Config } from '@jest/types'
import type { FileReport } from '../report/file-report.js'
import type { RunRecord } from '../report/record/run-record.js'
import type { Report } from '../report/report.js'
import type { ReadSource } from '../resolve/source-texts.js'
import type { ProjectOptions } from './trial/trial-spec.js'

export interface Change {
  /** Options of a project for the test files concerned; `config` may be changed already. */
  options?(config: Config.ProjectConfig): ProjectOptions
  /** Options of a whole project: those that Jest reads before it knows the test files. */
  projectOptions?(config: Config.ProjectConfig): ProjectOptions
  readonly globalOptions?: Partial<Config.GlobalConfig>
}

export interface Candidate {
  /** As in `--only`: a kind, and what it is about. Stays the same from run to run. */
  readonly name: string
  /** What is changed, in a few words. */
  readonly title: string
  /** What the profile shows, that this may help. */
  readonly reason: string
  /** `fileKey` of the test files concerned. */
  readonly files: readonly string[]
  /**
   * `files`: test files can be left out of it. `command`: one setting for all, which a part of the files can try. `suite`: one that only
   * the whole suite can try, because it depends on how much there is to do.
   */
  readonly scope: 'files' | 'command' | 'suite'
  /** Candidates of one group exclude each other: a test file has one environment. */
  readonly group?: string
  /** The most that it can save, in milliseconds of the command's wall time. */
  readonly mostMs: number
  readonly change: Change
  /** Text to paste, for the files that pass with the change: their paths as in the report. */
  patch(passing: readonly string[], all: boolean): string
}

export interface SuiteFile {
  /** `fileKey`, with Jest's id of the project. */
  readonly key: string
  /** As in the report. */
  readonly path: string
  /** Absolute. */
  readonly file: string
  readonly config: Config.ProjectConfig
  readonly report: FileReport
}

export interface DoctorFacts {
  readonly report: Report
  readonly record: RunRecord
  readonly globalConfig: Config.GlobalConfig
  readonly configs: readonly Config.ProjectConfig[]
  readonly files: readonly SuiteFile[]
  readonly readSource: ReadSource
  /** Writes a set-up file for trials, and returns its absolute path. */
  writeSetUp(name: string, text: string): string
}

export type CandidateRule = (facts: DoctorFacts) => Candidate[]

/** Wall time that work of test files takes, if all workers share it equally. */
export function wallOf(workMs: number, { report }: Pick<DoctorFacts, 'report'>): number {
  return workMs / Math.max(1, report.schedule.workers.length)
}

/** Test files by paths as in the report. */
export function filesAt(paths: readonly string[], { files }: Pick<DoctorFacts, 'files'>): SuiteFile[] {
  const wanted = new Set(paths)
  return files.filter(({ path }) => wanted.has(path))
}

/** Text about files to change: all that are meant, one per line. */
export function fileLines(paths: readonly string[]): string {
  return paths.map(path => `//   ${path}`).join('\n')
}
