// Tests and hooks that timed out, or nearly did → the report's time limits.

import { byDescending } from '../../profile/order.js'
import type { RunRecord } from '../record/run-record.js'
import { toMs } from '../rounding.js'
import type { TimeLimitReport } from '../time-limit-report.js'
import { hookIdentity } from './hook-reports.js'
import type { Naming } from './listed-tests.js'
import { callReports, testReference } from './wait-reports.js'

/** Those that timed out come first, then those with the least time to spare. */
export function buildTimeLimits({ files }: Pick<RunRecord, 'files'>, naming: Naming): TimeLimitReport[] {
  const rows = files.flatMap(file =>
    (file.recording?.timeLimits ?? []).map(({ test, hook, limitMs, lasted, times, open, ...limit }) => {
      const definition = hook === undefined ? undefined : file.recording?.hooks[hook]
      return {
        file: naming.toRelative(file.path),
        project: file.project,
        test: test === undefined ? null : testReference(test, file, naming),
        hook: definition === undefined ? null : hookIdentity(definition, naming.toRelative),
        limitMs,
        lastedMs: toMs(lasted),
        ...limit,
        cpuMs: times === undefined ? null : toMs(times.cpu),
        readyMs: times?.ready === undefined ? null : toMs(times.ready),
        open: open?.map(({ kind, stack }) => ({ kind, stack: callReports(stack, naming) })) ?? null,
      }
    }),
  )
  return rows
    .map(row => ({ row, rank: (row.timedOut ? 1e6 : 0) + row.lastedMs / row.limitMs }))
    .toSorted(
      byDescending('rank', ({ row: { project, file, test, hook } }) =>
        JSON.stringify([project, file, test?.index, hook]),
      ),
    )
    .map(({ row }) => row)
}
