// Jest's own results in the terms of the report.

import type { Test, TestResult } from '@jest/reporters'
import { toSlashes } from '../profile/paths.js'
import type { TestStatus } from '../recording/enums.js'
import type { FileOutcome } from '../report/record/run-record.js'

export function toOutcome(test: Test, result: TestResult): FileOutcome {
  const { start, end } = result.perfStats
  return {
    projectId: test.context.config.id,
    project: test.context.config.displayName?.name ?? '',
    path: toSlashes(test.path),
    status: statusOfFile(result),
    results: result.testResults.map(({ ancestorTitles, title, status, duration }) => ({
      name: [...ancestorTitles, title],
      status: STATUS[status] ?? 'skipped',
      wallMs: clampToZero(duration ?? 0),
    })),
    startedAtMs: start,
    wallMs: clampToZero(end - start),
  }
}

function statusOfFile(result: TestResult): FileOutcome['status'] {
  if (result.testExecError !== undefined || result.numFailingTests > 0) return 'failed'
  return result.skipped || result.numPassingTests === 0 ? 'skipped' : 'passed'
}

/** Jest takes times from the wall clock, which may be set back meanwhile. */
function clampToZero(milliseconds: number): number {
  return Math.max(0, milliseconds)
}

const STATUS: Readonly<Record<string, TestStatus>> = { passed: 'passed', failed: 'failed', todo: 'todo' }
