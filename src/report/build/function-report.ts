// One function's row, as hotspots, tests and groups show it.

import { at } from '../../profile/columns.js'
import type { FunctionAmounts } from '../../profile/functions.js'
import type { Profile } from '../../profile/profile.js'
import type { FunctionReport } from '../code-reports.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'

export function buildFunctionReport(
  { frames }: Pick<Profile, 'frames'>,
  { frame, self, total, count }: FunctionAmounts,
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
