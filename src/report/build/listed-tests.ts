// The tests of a file as a report lists them, and their names. Attempts at tests were recorded. If the file was not
// recorded or another test runner ran it, only Jest's results are known.

import type { TestTimes } from '../../attribution/file-times.js'
import { getOrMake } from '../../profile/columns.js'
import type { WithDefinition } from '../record/recording-summary.js'
import type { FileRecord, TestOutcome } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'

export interface TestAttempt {
  /** Position in the file. */
  readonly index: number
  readonly attempt: number
  readonly wallMs: number
  readonly source: WithDefinition<TestTimes> | TestOutcome
}

/** In the order of their positions and attempts. */
export function listTests({ results, recording, onlyTests }: FileRecord): TestAttempt[] {
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

/** Names by the tests' positions in their files, from Jest's results or else from the recording. */
export class TestNames {
  readonly #known = new Map<FileRecord, readonly (readonly string[])[]>()

  /** Describe chain and title. */
  of(file: FileRecord, test: number): readonly string[] {
    return this.all(file)[test] ?? [`test ${test}`]
  }

  /** Names of all tests of the file, including those outside the selection. */
  all(file: FileRecord): readonly (readonly string[])[] {
    return getOrMake(this.#known, file, () => {
      const names: (readonly string[])[] = file.results.map(({ name }) => name)
      for (const { index, name } of file.recording?.tests ?? []) names[index] ??= name
      return Array.from(names, (name, test) => name ?? [`test ${test}`])
    })
  }
}

/** Names for the rows of tests and code. */
export interface Naming {
  readonly names: TestNames
  readonly toRelative: ToRelative
}
