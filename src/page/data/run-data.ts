// The run as its views ask for it: the report right away, the profile as typed arrays when it has been read.

import { group } from 'd3-array'
import type { PageProfile, PageReport } from '../../formats/html/page-data.js'
import type { Phase } from '../../profile/profile.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { CodeData } from './code-data.js'

export interface ScopeInfo {
  readonly file: FileReport | undefined
  readonly worker: number
  readonly phase: Phase
  /** Positions, -1 for none. */
  readonly hook: number
  readonly test: number
  readonly attempt: number
  readonly group: number
}

/** Samples of one file in time order; times in microseconds since it began. */
type OrderedSamples = Omit<PageProfile['sequences'][number], 'file'> & Pick<ScopeInfo, 'file'>

export class ProfileData extends CodeData {
  readonly scopes: readonly ScopeInfo[]
  readonly sequences: readonly OrderedSamples[]
  readonly lines: PageProfile['lines']
  readonly sources: PageProfile['sources']
  readonly cuts: readonly string[]

  constructor(page: PageProfile, { files }: Report) {
    super(page)
    const { phases, scopes } = page
    this.scopes = scopes.file.map((file, scope) => ({
      file: files[file],
      worker: scopes.worker[scope] ?? 0,
      phase: phases[scopes.phase[scope] ?? 0] ?? 'other',
      hook: scopes.hook[scope] ?? -1,
      test: scopes.test[scope] ?? -1,
      attempt: scopes.attempt[scope] ?? 0,
      group: scopes.group[scope] ?? -1,
    }))
    this.sequences = page.sequences.map(sequence => ({ ...sequence, file: files[sequence.file] }))
    this.lines = page.lines
    this.sources = page.sources
    this.cuts = page.cuts
  }
}

export class RunData {
  readonly report: Report
  readonly artifacts: PageReport['artifacts']
  /** Undefined until it has been read. */
  readonly profile: ProfileData | undefined
  readonly #filesByPath: ReadonlyMap<string, readonly FileReport[]>

  constructor({ report, artifacts }: PageReport, profile?: PageProfile) {
    this.report = report
    this.artifacts = artifacts
    this.profile = profile && new ProfileData(profile, report)
    this.#filesByPath = group(report.files, ({ path }) => path)
  }

  /** Of two projects' files with one path the first, unless the project is named. */
  file(path: string, project?: string): FileReport | undefined {
    const files = this.#filesByPath.get(path) ?? []
    return files.find(file => file.projectId === project || file.project === project) ?? files[0]
  }

  /** The last attempt, unless there is that one. */
  test(file: FileReport, index: number, attempt: number): TestReport | undefined {
    const attempts = file.tests.filter(test => test.index === index)
    return attempts.find(test => test.attempt === attempt) ?? attempts.at(-1)
  }
}

/** Undefined where the report has cut it. Of several attempts the first. */
export function testAt(file: FileReport | undefined, index: number): TestReport | undefined {
  // Without retries and cuts it stands where it is; a file has had 20,000.
  const there = file?.tests[index]
  return there?.index === index && there.attempt === 1
    ? there
    : file?.tests.find(test => test.index === index)
}
