// Writes the results of a trial when all its test files are done.

import { writeFileSync } from 'node:fs'
import type { AggregatedResult, Reporter, Test, TestResult } from '@jest/reporters'
import { fileKey, toSlashes } from '../../profile/paths.js'
import { currentTrial } from './current-trial.js'
import type { TrialFile, TrialResults } from './trial-spec.js'

export default class ResultsReporter
  implements Pick<Reporter, 'onTestResult' | 'onRunComplete' | 'getLastError'>
{
  readonly #files: TrialFile[] = []

  onTestResult({ path, context }: Test, result: TestResult): void {
    const { matched, added, unmatched } = result.snapshot
    const isFailed = result.testExecError !== undefined || result.numFailingTests > 0
    this.#files.push({
      key: fileKey({ project: context.config.id, file: toSlashes(path) }),
      status: isFailed ? 'failed' : result.skipped ? 'skipped' : 'passed',
      tests: result.testResults.map(({ fullName, status }) => {
        return { name: fullName, status }
      }),
      snapshots: [matched, added, unmatched],
    })
  }

  onRunComplete(_contexts: unknown, results?: AggregatedResult): void {
    if (results?.wasInterrupted === true) return
    const { spec, read } = currentTrial()
    const content: TrialResults = { ...read, files: this.#files }
    writeFileSync(spec.results, JSON.stringify(content))
  }

  getLastError(): undefined {
    return undefined
  }
}
