// The report's hooks: each definition once, however many test files it ran in.

import { groups } from 'd3-array'
import type { WithDefinition } from '../record/recording-summary.js'
import type { HookTimes } from '../../attribution/file-times.js'
import { at } from '../../profile/columns.js'
import type { Microseconds } from '../../profile/profile.js'
import type { HookReport } from '../account-reports.js'
import type { FileHookReport } from '../file-report.js'
import { addUp, timesReport } from './phase-reports.js'
import type { FileRecord } from '../record/run-record.js'
import { toMs } from '../rounding.js'
import type { ToRelative } from '../relative-path.js'
import { byDescending } from '../../profile/order.js'

export function buildHooks(files: readonly FileRecord[], toRelative: ToRelative): HookReport[] {
  const rows = files.flatMap(({ recording }, file) => {
    const ran = recording?.hooks.filter(({ runs }) => runs.length > 0) ?? []
    const interval = recording?.header.samplingIntervalMicros ?? 0
    return ran.map(hook => ({ file, row: hookReport(hook, interval, toRelative) }))
  })
  const keyOf = ({ type, describe, file, line, column }: HookReport) =>
    [type, ...describe, file, line, column].join('\0')
  return groups(rows, ({ row }) => keyOf(row))
    .map(([key, parts]) => {
      const inFiles = new Set(parts.map(({ file }) => file)).size
      return [
        key,
        joined(
          parts.map(({ row }) => row),
          inFiles,
        ),
      ] as const
    })
    .toSorted(
      byDescending(
        ([, { wallMs }]) => wallMs,
        ([key]) => key,
      ),
    )
    .map(([, row]) => row)
}

function joined(parts: readonly HookReport[], files: number): HookReport {
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  return { ...at(parts, 0), ...addUp(parts), count, files }
}

function hookReport(hook: WithDefinition<HookTimes>, intervalMicros: number, toRelative: ToRelative): HookReport {
  const { runs, times } = hook
  return {
    ...hookIdentity(hook, toRelative),
    count: runs.length,
    files: 1,
    ...timesReport(times, intervalMicros),
  }
}

function hookIdentity({ type, describe, file, line, column }: WithDefinition<HookTimes>, toRelative: ToRelative) {
  return { type, describe: [...describe], file: toRelative(file), line, column }
}

/** Those of one test file, with each of their runs. `startOf` turns moments of the recording into those of the run. */
export function buildFileHooks(
  hooks: readonly WithDefinition<HookTimes>[],
  { startOf, toRelative }: { startOf: (moment: { start: Microseconds }) => number; toRelative: ToRelative },
): FileHookReport[] {
  return hooks.map(hook => ({
    ...hookIdentity(hook, toRelative),
    runs: hook.runs.map(({ start, end, test }) => ({
      test: test ?? null,
      startedAtMs: startOf({ start }),
      wallMs: toMs(end - start),
    })),
  }))
}
