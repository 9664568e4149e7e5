// Files that were not fully profiled, grouped by reason: a custom runner may run hundreds of them.

import { group } from 'd3-array'
import { at } from '../../profile/columns.js'
import { compareText } from '../../profile/order.js'
import type { Missing } from '../report.js'
import { grouped } from './figures.js'

export interface MissingGroup extends Pick<Missing, 'reason' | 'remedy'> {
  /** At least one, sorted; `''`: an unknown file. */
  readonly files: readonly string[]
}

/** In the order of each group's first file. */
export function groupMissing(missing: readonly Missing[]): MissingGroup[] {
  const byReason = group(missing, ({ reason, remedy }) => `${reason}\0${remedy}`)
  return [...byReason.values()].map(entries => {
    const { reason, remedy } = at(entries, 0)
    return { reason, remedy, files: entries.map(({ file }) => file).toSorted(compareText) }
  })
}

/** `a.test.js`, or `10 files (a.test.js, b.test.js, …)`; `''` if unknown. */
export function groupFilesText({ files }: MissingGroup, shown = 2): string {
  const [first = '', second] = files
  if (second === undefined) return first
  const named = files.slice(0, shown).join(', ')
  return `${grouped(files.length)} files (${named}${files.length > shown ? ', …' : ''})`
}
