// The report's hooks: definitions with the sums of all test files, runs by test file, and the hooks of each test.

import { group, sum } from 'd3-array'
import type { HookTimes } from '../../attribution/file-times.js'
import { at, getOrMake } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import type { Microseconds } from '../../profile/profile.js'
import type { HookReport } from '../account-reports.js'
import type { FileHookReport, HookIdentity, TestHookReport, TestReport } from '../file-report.js'
import type { RecordingSummary, WithDefinition } from '../record/recording-summary.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import { allocatedField, sumPhaseTimes, toPhaseTimes } from './phase-reports.js'

export function buildHooks(files: readonly FileRecord[], toRelative: ToRelative): HookReport[] {
  const rows = files.flatMap(({ recording }, file) => {
    const ran = [...(recording?.hooks ?? []).entries()].filter(([, { runs }]) => runs.length > 0)
    const interval = recording?.header.samplingIntervalMicros ?? null
    return ran.map(([position, hook]) => {
      const allocated = recording?.allocated && (recording.allocated.hooks.get(position) ?? 0)
      const times = { ...toPhaseTimes(hook.times, interval), ...allocatedField(allocated) }
      return { file, row: { ...hookIdentity(hook, toRelative), count: hook.runs.length, files: 1, ...times } }
    })
  })
  const keyOf = ({ type, describe, file, line, column }: HookIdentity) =>
    [type, ...describe, file, line, column].join('\0')
  return [...group(rows, ({ row }) => keyOf(row)).values()]
    .map(parts => {
      const reports = parts.map(({ row }) => row)
      const inFiles = new Set(parts.map(({ file }) => file)).size
      const count = sum(reports, row => row.count)
      return { ...at(reports, 0), ...sumPhaseTimes(reports), count, files: inFiles }
    })
    .toSorted(byDescending<HookReport>('wallMs', keyOf))
}

export function hookIdentity(
  { type, describe, file, line, column }: WithDefinition<HookTimes>,
  toRelative: ToRelative,
): HookIdentity {
  return { type, describe: [...describe], file: toRelative(file), line, column }
}

/** The hooks of one test file, with each of their runs. `startOf` returns milliseconds since the start of the run. */
export function buildFileHooks(
  hooks: readonly WithDefinition<HookTimes>[],
  {
    startOf,
    toRelative,
  }: { startOf: (timestamp: { start: Microseconds }) => number; toRelative: ToRelative },
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

/** The hooks that ran for an attempt at a test or once for the blocks around it, the longest first. */
export function findTestHooks({
  hooks,
}: Pick<RecordingSummary, 'hooks'>): (test: Attempt) => TestHookReport[] {
  const ofAttempts = new Map<string, TestHookReport[]>()
  const around: (TestHookReport & { describe: readonly string[] })[] = []
  hooks.forEach(({ describe, runs }, hook) => {
    for (const [attempt, own] of group(runs, ({ test }) => test && attemptOf(test))) {
      const wallMs = toMs(sum(own, ({ start, end }) => end - start))
      const row = { hook, count: own.length, wallMs, isAround: attempt === undefined }
      if (attempt === undefined) around.push({ ...row, describe })
      else getOrMake(ofAttempts, attempt, () => []).push(row)
    }
  })
  return test => {
    const others = around
      .filter(({ describe }) => isWithin(test.name.slice(0, -1), describe))
      .map(({ describe: _, ...row }) => row)
    const own = ofAttempts.get(attemptOf(test)) ?? []
    return [...own, ...others].toSorted((a, b) => b.wallMs - a.wallMs || a.hook - b.hook)
  }
}

type Attempt = Pick<TestReport, 'index' | 'attempt'> & { readonly name: readonly string[] }

function attemptOf({ index, attempt }: Omit<Attempt, 'name'>): string {
  return `${index} ${attempt}`
}

/** Whether `describe` is one of the blocks, or contains them. */
function isWithin(blocks: readonly string[], describe: readonly string[]): boolean {
  return describe.every((block, depth) => block === blocks[depth])
}
