// The tests of a file as a report lists them: those that circus told of, each attempt, and those that only Jest's results
// know, for the file was not recorded, or another test runner ran it.

import type { WithDefinition } from '../record/recording-summary.js'
import type { TestTimes } from '../../attribution/file-times.js'
import type { FileRecord, TestOutcome } from '../record/run-record.js'
import { toMs } from '../rounding.js'

export interface ListedTest {
  /** Position in the file. */
  readonly index: number
  readonly attempt: number
  readonly wallMs: number
  readonly source: WithDefinition<TestTimes> | TestOutcome
}

/** By their positions, and attempt by attempt. */
export function listedTests({ results, recording, onlyTests }: FileRecord): ListedTest[] {
  const recorded = recording?.tests ?? []
  const isRecorded = new Set(recorded.map(({ index }) => index))
  const ofCircus = recorded.map(source => {
    const { index, attempt, start, end } = source
    return { index, attempt, wallMs: toMs(end - start), source }
  })
  const others = results.flatMap((source, index) =>
    isRecorded.has(index) || onlyTests?.has(index) === false
      ? []
      : [{ index, attempt: 1, wallMs: source.wallMs, source }],
  )
  return [...ofCircus, ...others].toSorted((a, b) => a.index - b.index || a.attempt - b.attempt)
}
