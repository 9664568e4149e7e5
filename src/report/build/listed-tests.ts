// The tests of a file as a report lists them: those that were recorded, each attempt, and those that only Jest's results have, because
// the file was not recorded or another test runner ran it. And their names.

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

/** By their positions, and attempt by attempt. */
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

/** Names by the tests' positions in their files: from Jest's results, else from what was recorded. */
export class TestNames {
  readonly #known = new Map<FileRecord, readonly (readonly string[])[]>()

  /** Describe chain and title. */
  of(file: FileRecord, test: number): readonly string[] {
    return this.all(file)[test] ?? [`test ${test}`]
  }

  full(file: FileRecord, test: number): string {
    return this.of(file, test).join(' ')
  }

  /** Names of all tests of the file, whichever the report is about. */
  all(file: FileRecord): readonly (readonly string[])[] {
    return getOrMake(this.#known, file, () => {
      const names: (readonly string[])[] = file.results.map(({ name }) => name)
      for (const { index, name } of file.recording?.tests ?? []) names[index] ??= name
      return Array.from(names, (name, test) => name ?? [`test ${test}`])
    })
  }
}

/** What rows of tests and code are named by. */
export interface Naming {
  readonly names: TestNames
  readonly toRelative: ToRelative
}
