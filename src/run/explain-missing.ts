// Which test files have no recording, or only a part of one, why, and what the user can do.

import type { Missing } from '../report/report.js'
import { count } from '../report/views/figures.js'
import type { CollectedRecord } from './collector.js'
import { type Explanation, explainUnrecorded, type MissingContext } from './explain-unrecorded.js'

/** Collects during a run what explains the test files that are missing in it, and explains them at its end. */
export class MissingFiles {
  readonly #ended: { file: CollectedRecord; context: MissingContext }[] = []
  readonly #failures: Missing[] = []

  /** A file that has ended, and may be missing: its recording may still be ended late. */
  add(file: CollectedRecord, context: MissingContext): void {
    this.#ended.push({ file, context })
  }

  /** A file that could not be taken in. */
  addFailure(file: string, error: unknown): void {
    const reason = `the recording could not be read: ${error instanceof Error ? error.message : error}`
    this.#failures.push({ file, reason, remedy: 'Please report it, with this line.' })
  }

  /** `end`: undefined while the run is going on, when it is unknown which files will not run. */
  explain(end: EarlyEnd | undefined): Missing[] {
    const explained = this.#ended.flatMap(({ file, context }) => explainMissing(file, context) ?? [])
    return [...this.#failures, ...explained, ...(end === undefined ? [] : explainEarlyEnd(end))]
  }
}

/** Undefined when the file was recorded to its end. */
export function explainMissing(file: CollectedRecord, context: MissingContext): Missing | undefined {
  const explanation = explain(file, context)
  return explanation === undefined ? undefined : { file: file.record.path, ...explanation }
}

function explain(
  { record, attempts, problem, unsaved }: CollectedRecord,
  context: MissingContext,
): Explanation | undefined {
  if (unsaved !== undefined) {
    return {
      reason: `the recording is in this report, but could not be saved: ${unsaved}`,
      remedy: 'Free disk space: show, export and diff will not include this file.',
    }
  }
  const end = record.recording?.header.end
  if (end === 'teardown') {
    const hasTestEvents = record.recording?.tests.length !== 0 || record.results.length === 0
    return hasTestEvents ? undefined : NO_TEST_EVENTS
  }
  if (problem !== undefined && SYSTEM_ERROR.test(problem)) {
    return {
      reason: `the recording could not be written: ${problem}`,
      remedy: 'Free disk space, and make the output folder writable.',
    }
  }
  if (problem !== undefined) {
    return {
      reason: `the profiler failed: ${problem}`,
      remedy: 'Please report it, with this line and the test file.',
    }
  }
  if (end === 'process exit') {
    const times = attempts > 1 ? ` in each of ${attempts} attempts; the last one is shown` : ''
    return {
      reason: `the process exited in the middle of the file${times}`,
      remedy: 'Look for process.exit in the test or in the code under test.',
    }
  }
  if (end !== undefined) {
    return {
      reason: 'the environment or a set-up file threw, so the recording ends there',
      remedy: "See Jest's own message for this file.",
    }
  }
  return explainUnrecorded(record.path, context)
}

/** A run that Jest ended early, by `--bail` or because the process exited in band. */
export interface EarlyEnd {
  /** Files that had begun, and for which Jest will report no outcome. */
  readonly unfinished: readonly string[]
  /** Number of files that never began. */
  readonly neverRun: number
  readonly bail: boolean
}

export function explainEarlyEnd({ unfinished, neverRun, bail }: EarlyEnd): Missing[] {
  const remedy = bail
    ? 'Run without --bail to have them all.'
    : 'Look for process.exit in a test, unless you ended the run yourself.'
  const withoutResult = unfinished.map(file => ({
    file,
    reason: 'Jest ended before it reported the result of this file',
    remedy,
  }))
  if (neverRun === 0) return withoutResult
  const reason = `${count(neverRun, 'test file')} did not run, because Jest ended first`
  return [...withoutResult, { file: '', reason, remedy }]
}

const NO_TEST_EVENTS: Explanation = {
  reason: 'the test runner sends no events to the environment, so only the file as a whole is profiled',
  remedy: "Use Jest's default testRunner, jest-circus, to see single tests.",
}

/** How Node words an error of the system: `ENOSPC: no space left on device, write`. */
const SYSTEM_ERROR = /^E[A-Z0-9]+: /
