// Hooks by type and place: `describe.each` and several test files make many hooks of one definition.

import type { HookReport } from '../../report/account-reports.js'
import type { RunRecord } from '../../report/record/run-record.js'
import type { ToRelative } from '../../report/relative-path.js'
import { place } from './own-calls.js'

type PlacedHook = Pick<HookReport, 'type' | 'file' | 'line'> & { readonly describe: readonly string[] }

/** Type and place, or the describe blocks around it where that is not known. `file` is as in the report. */
export function hookPlace({ type, describe, file, line }: PlacedHook): string {
  return `${type}:${file === '' ? describe.join(' › ') : place({ file, line })}`
}

/** For each hook of a test file, by the position of its definition. */
export function hookPlaces({ recording }: RunRecord['files'][number], toRelative: ToRelative): string[] {
  return (recording?.hooks ?? []).map(hook => hookPlace({ ...hook, file: toRelative(hook.file) }))
}
