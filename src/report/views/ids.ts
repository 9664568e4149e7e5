// Short ids for the rows of tables, to be typed and compared. They stay the same from run to run if path and name do.

import { createHash } from 'node:crypto'
import type { FileReport } from '../file-report.js'

/** Hexadecimal digits. With 10,000 rows, two share an id in one of 100 suites; that id then selects both. */
const DIGITS = 8

/** The id of a row, from its kind and what identifies it. Rows of one identity share an id. */
export function rowId(kind: string, ...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(parts.join('\0')).digest('hex')
  return `${kind}-${hash.slice(0, DIGITS)}`
}

type FileIdentity = Pick<FileReport, 'path' | 'project'>

export function fileId({ path, project }: FileIdentity): string {
  return rowId('file', project, path)
}

/** The ids of a file's tests, in the order of their definitions. Tests of one name differ by their position among each other. */
export function testIds(file: FileIdentity, names: readonly (readonly string[])[]): string[] {
  const turns = new Map<string, number>()
  return names.map(name => {
    const fullName = name.join('\0')
    const turn = (turns.get(fullName) ?? 0) + 1
    turns.set(fullName, turn)
    return rowId('test', file.project, file.path, fullName, turn)
  })
}
