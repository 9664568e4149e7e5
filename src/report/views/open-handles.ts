// What test files left open, as text. Needs no Node.

import { startingCalls } from '../../profile/own-code.js'
import type { CallReport } from '../code-reports.js'
import type { OpenHandleReport } from '../handle-report.js'
import { grouped } from './figures.js'
import { nameText } from './names.js'

/** Milliseconds: a process that lives on for less is not worth a warning. */
const LONG = 1000

/** Those for which a process lived on, or that Jest ended by force. */
export function keptAliveBy(handles: readonly OpenHandleReport[]): OpenHandleReport[] {
  return handles.filter(({ end, heldMs }) => end === 'force' || (end === 'exit' && heldMs >= LONG))
}

/** The innermost call of the project's own code that made it, or of any; undefined if unknown. */
export function madeAt({ stack }: Pick<OpenHandleReport, 'stack'>): CallReport | undefined {
  return startingCalls({ stack })[0]
}

/** `timer`, `server ×3`. */
export function handleName({ kind, count }: Pick<OpenHandleReport, 'kind' | 'count'>): string {
  return count > 1 ? `${kind} ×${grouped(count)}` : kind
}

/** `timer src/conversation.js:4 (test “replies”)`, `server ×2 of test/api.test.js`. `toShown` converts a path. */
export function handleText(handle: OpenHandleReport, toShown = (path: string) => path): string {
  const call = madeAt(handle)
  const name = handleName(handle)
  if (call === undefined) return `${name} of ${toShown(handle.file)}`
  const maker = handle.test === null ? toShown(handle.file) : `test “${nameText(handle.test.name)}”`
  return `${name} ${toShown(call.file)}:${call.line} (${maker})`
}
