// The names of a run's tests, by their positions in their files: from Jest's results, and where it told of none from what
// was recorded.

import type { FileRecord } from '../record/run-record.js'

export class TestNames {
  readonly #known = new Map<FileRecord, readonly (readonly string[])[]>()

  /** Describe chain and title. */
  of(file: FileRecord, test: number): readonly string[] {
    return this.all(file)[test] ?? [`test ${test}`]
  }

  full(file: FileRecord, test: number): string {
    return this.of(file, test).join(' ')
  }

  /** Of all tests of the file, whichever the report is about. */
  all(file: FileRecord): readonly (readonly string[])[] {
    const known = this.#known.get(file)
    if (known !== undefined) return known
    const names: (readonly string[])[] = file.results.map(({ name }) => name)
    for (const { index, name } of file.recording?.tests ?? []) names[index] ??= name
    const all = Array.from(names, (name, test) => name ?? [`test ${test}`])
    this.#known.set(file, all)
    return all
  }
}
