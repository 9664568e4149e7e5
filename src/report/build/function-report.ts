// One function's row, as hotspots, tests and groups show it.

import { at } from '../../profile/columns.js'
import { compareText } from '../../profile/frame.js'
import type { FunctionTime } from '../../profile/functions.js'
import type { Profile } from '../../profile/profile.js'
import type { FunctionReport } from '../code-reports.js'
import { toMs } from '../rounding.js'

/** Turns absolute paths into those of the report. */
export type ToRelative = (file: string) => string

export function functionReport(
  { frames }: Pick<Profile, 'frames'>,
  { frame, self, total, count }: FunctionTime,
  toRelative: ToRelative,
): FunctionReport {
  const { name, file, line, column, generated, category, package: packageName } = at(frames, frame)
  return {
    function: name,
    file: toRelative(file),
    line,
    column,
    ...(generated ? { generated } : {}),
    category,
    package: packageName ?? null,
    selfMs: toMs(self),
    totalMs: toMs(total),
    sampleCount: count,
  }
}

/** By one property falling, then by text, so that equal times always come in the same order. */
export function byDescending<T>(
  amountOf: (item: T) => number,
  textOf: (item: T) => string,
): (a: T, b: T) => number {
  return (a, b) => amountOf(b) - amountOf(a) || compareText(textOf(a), textOf(b))
}
