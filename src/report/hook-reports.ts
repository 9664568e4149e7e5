// The report's hooks: each definition once, however many test files it ran in.

import type { HookTimes } from '../account/file-times.js'
import { at } from '../profile/columns.js'
import type { HookReport } from './account-reports.js'
import { byDescending, type ToRelative } from './function-report.js'
import { addUp, timesReport } from './phase-reports.js'
import type { FileRecord, Placed } from './run-record.js'

export function buildHooks(files: readonly FileRecord[], toRelative: ToRelative): HookReport[] {
  const rows = new Map<string, { parts: HookReport[]; files: Set<number> }>()
  files.forEach(({ recording }, file) => {
    const ran = recording?.hooks.filter(({ count }) => count > 0) ?? []
    for (const hook of ran) {
      const row = hookReport(hook, recording?.header.samplingIntervalMicros ?? 0, toRelative)
      const key = [row.type, ...row.describe, row.file, row.line, row.column].join('\0')
      const known = rows.get(key)
      if (known === undefined) rows.set(key, { parts: [row], files: new Set([file]) })
      else {
        known.parts.push(row)
        known.files.add(file)
      }
    }
  })
  return [...rows]
    .map(([key, row]) => [key, joined(row.parts, row.files.size)] as const)
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

function hookReport(hook: Placed<HookTimes>, intervalMicros: number, toRelative: ToRelative): HookReport {
  const { type, describe, file, line, column, count, times } = hook
  const identity = { type, describe: [...describe], file: toRelative(file), line, column }
  return { ...identity, count, files: 1, ...timesReport(times, intervalMicros) }
}
