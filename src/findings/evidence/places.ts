// Places in the project's own code, as findings name them: calls of a stack, and hooks.

import { isOwnFile } from '../../profile/own-code.js'
import type { HookReport } from '../../report/account-reports.js'
import type { CallReport } from '../../report/code-reports.js'
import type { RunRecord } from '../../report/record/run-record.js'
import type { ToRelative } from '../../report/relative-path.js'
import type { Finding } from '../../report/report.js'
import { nameText } from '../../report/views/names.js'

/** The calls in the project's own code with a known line, innermost first. */
export function placedOwnCalls(stack: readonly CallReport[]): CallReport[] {
  return stack.filter(({ file, line }) => isOwnFile(file) && line > 0)
}

type FindingPosition = NonNullable<Finding['position']>

export function place({ file, line }: Pick<FindingPosition, 'file' | 'line'>): string {
  return `${file}:${line}`
}

export function positionOf({ file, line, column }: FindingPosition): Finding['position'] {
  return file === '' || line === 0 ? null : { file, line, column }
}

type PlacedHook = Pick<HookReport, 'type' | 'file' | 'line'> & { readonly describe: readonly string[] }

/**
 * Type and place of a hook, with its describe blocks if the place is unknown. `describe.each` and shared helpers make
 * many hooks of one place. `file` is as in the report.
 */
export function hookPlace({ type, describe, file, line }: PlacedHook): string {
  return `${type}:${file === '' ? nameText(describe) : place({ file, line })}`
}

/** The places of a test file's hooks, by their positions in the record. */
export function hookPlaces({ recording }: RunRecord['files'][number], toRelative: ToRelative): string[] {
  return (recording?.hooks ?? []).map(hook => hookPlace({ ...hook, file: toRelative(hook.file) }))
}
