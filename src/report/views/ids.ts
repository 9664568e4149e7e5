// Short names for what tables list, the same from run to run as long as path and name are: to be typed and compared.

import { createHash } from 'node:crypto'
import type { FileReport } from '../file-report.js'

/** Hexadecimal digits: among 10,000 things two share an id in one of 100 suites, and both are chosen by it then. */
const DIGITS = 8

function idOf(kind: string, ...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(parts.join('\0')).digest('hex')
  return `${kind}-${hash.slice(0, DIGITS)}`
}

type FileIdentity = Pick<FileReport, 'path' | 'project'>

export function fileId({ path, project }: FileIdentity): string {
  return idOf('file', project, path)
}

/** Ids of a file's tests in the order of their definitions: equal names differ by their turn. */
export function testIds(file: FileIdentity, names: readonly (readonly string[])[]): string[] {
  const turns = new Map<string, number>()
  return names.map(name => {
    const fullName = name.join('\0')
    const turn = (turns.get(fullName) ?? 0) + 1
    turns.set(fullName, turn)
    return idOf('test', file.project, file.path, fullName, turn)
  })
}

/** By its identity alone; what `kind` has several of under one identity gets one id. */
export function rowId(kind: string, identity: readonly (string | number)[]): string {
  return idOf(kind, ...identity)
}
