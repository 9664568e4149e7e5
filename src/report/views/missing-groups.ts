// Files that were not fully profiled for the same reason, told of together: a runner of another kind may run hundreds.

import { compareText } from '../../profile/order.js'
import type { Missing } from '../report.js'

export interface MissingGroup extends Pick<Missing, 'reason' | 'remedy'> {
  /** At least one, sorted; `''`: it is unknown which. */
  readonly files: readonly string[]
}

/** In the order of each group's first file. */
export function groupMissing(missing: readonly Missing[]): MissingGroup[] {
  const groups = new Map<string, MissingGroup & { files: string[] }>()
  for (const { file, reason, remedy } of missing) {
    const key = `${reason}\0${remedy}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { reason, remedy, files: [file] })
    else known.files.push(file)
  }
  return [...groups.values()].map(group => ({ ...group, files: group.files.toSorted(compareText) }))
}

/** The file, or how many and which first: `a.test.js`, `10 files (a.test.js, b.test.js, …)`; `''`: unknown. */
export function groupFilesText({ files }: MissingGroup, shown = 2): string {
  const [first = '', second] = files
  if (second === undefined) return first
  const named = files.slice(0, shown).join(', ')
  return `${files.length.toLocaleString('en-US')} files (${named}${files.length > shown ? ', …' : ''})`
}
