// Writes the results of a trial when all its test files are done.

import { writeFileSync } from 'node:fs'
import type { AggregatedResult, Reporter, Test, TestResult } from '@jest/reporters'
import { fileKey, toSlashes } from '../../profile/paths.js'
import { currentTrial } from './current-trial.js'
import { readNotedFiles } from './noted-files.js'
import type { TrialFile, TrialResults } from './trial-spec.js'

export default class ResultsReporter
  implements Pick<Reporter, 'onTestFileStart' | 'onTestFileResult' | 'onRunComplete' | 'getLastError'>
{
  readonly #files: TrialFile[] = []
  readonly #started = new Map<string, number>()

  onTestFileStart(test: Test): void {
    this.#started.set(keyOf(test), performance.now())
  }

  onTestFileResult(test: Test, result: TestResult): void {
    const { matched, added, unmatched } = result.snapshot
    const isFailed = result.testExecError !== undefined || result.numFailingTests > 0
    const key = keyOf(test)
    const endedMs = performance.now()
    this.#files.push({
      key,
      wallMs: endedMs - (this.#started.get(key) ?? endedMs),
      cpuMs: null,
      isFirst: false,
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
    const noted = readNotedFiles(spec.scratch)
    const files = this.#files.map(file => {
      const { cpuMs = null, isFirst = false } = noted.get(file.key) ?? {}
      return { ...file, cpuMs, isFirst }
    })
    const content: TrialResults = { ...read, files }
    writeFileSync(spec.results, JSON.stringify(content))
  }

  getLastError(): undefined {
    return undefined
  }
}

function keyOf({ path, context }: Test): string {
  return fileKey({ project: context.config.id, file: toSlashes(path) })
}
