// Collects during a run what explains the test files that are missing in it, and explains them at its end.

import type { Missing } from '../report/report.js'
import type { CollectedRecord } from './collector.js'
import { type EarlyEnd, explainEarlyEnd, explainMissing } from './explain-missing.js'
import type { MissingContext } from './explain-unrecorded.js'

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

  explain(end: EarlyEnd): Missing[] {
    const explained = this.#ended.flatMap(({ file, context }) => explainMissing(file, context) ?? [])
    return [...this.#failures, ...explained, ...explainEarlyEnd(end)]
  }
}
