// The run as the views ask for it: the report right away, the profile when it has been read.

import type { PageProfile, PageReport } from '../../formats/html/page-data.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { ProfileData } from './profile-data.js'

export class RunData {
  readonly report: Report
  readonly artifacts: PageReport['artifacts']
  /** Undefined until it has been read. */
  readonly profile: ProfileData | undefined
  readonly #fileByPath = new Map<string, FileReport[]>()

  constructor({ report, artifacts }: PageReport, profile?: PageProfile) {
    this.report = report
    this.artifacts = artifacts
    this.profile = profile === undefined ? undefined : new ProfileData(profile, report)
    for (const file of report.files) {
      const known = this.#fileByPath.get(file.path)
      if (known === undefined) this.#fileByPath.set(file.path, [file])
      else known.push(file)
    }
  }

  /** Of two projects' files with one path the first, unless the project is named. */
  file(path: string, project?: string): FileReport | undefined {
    const files = this.#fileByPath.get(path) ?? []
    return files.find(file => file.projectId === project || file.project === project) ?? files[0]
  }

  test(file: FileReport, index: number, attempt?: number): TestReport | undefined {
    const attempts = file.tests.filter(test => test.index === index)
    return attempts.find(test => test.attempt === attempt) ?? attempts.at(-1)
  }
}
