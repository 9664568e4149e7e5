// The report's hooks: each definition once, however many test files it ran in; each run, by test file; and those of each test.

import { groups } from 'd3-array'
import type { HookTimes } from '../../attribution/file-times.js'
import { at } from '../../profile/columns.js'
import { byDescending } from '../../profile/order.js'
import type { Microseconds } from '../../profile/profile.js'
import type { HookReport } from '../account-reports.js'
import type { FileHookReport, TestHookReport } from '../file-report.js'
import type { RecordingSummary, WithDefinition } from '../record/recording-summary.js'
import type { FileRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { toMs } from '../rounding.js'
import { sumPhaseTimes, toPhaseTimes } from './phase-reports.js'

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
  return { ...at(parts, 0), ...sumPhaseTimes(parts), count, files }
}

function hookReport(
  hook: WithDefinition<HookTimes>,
  intervalMicros: number,
  toRelative: ToRelative,
): HookReport {
  const { runs, times } = hook
  return {
    ...hookIdentity(hook, toRelative),
    count: runs.length,
    files: 1,
    ...toPhaseTimes(times, intervalMicros),
  }
}

function hookIdentity(
  { type, describe, file, line, column }: WithDefinition<HookTimes>,
  toRelative: ToRelative,
) {
  return { type, describe: [...describe], file: toRelative(file), line, column }
}

/** Those of one test file, with each of their runs. `startOf` turns times of the recording into those of the run. */
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

interface Attempt {
  readonly index: number
  readonly attempt: number
  /** Describe chain and title. */
  readonly name: readonly string[]
}

interface HookSum {
  count: number
  micros: number
}

/**
 * The hooks that ran for an attempt at a test, the longest first: its own, and those that ran once for the blocks around it. `hook`:
 * position in the file's hooks.
 */
export function findTestHooks({
  hooks,
}: Pick<RecordingSummary, 'hooks'>): (test: Attempt) => TestHookReport[] {
  const ofAttempts = new Map<string, Map<number, HookSum>>()
  const around: { hook: number; describe: readonly string[]; own: HookSum }[] = []
  hooks.forEach((hook, position) => {
    const own = { count: 0, micros: 0 }
    for (const { start, end, test } of hook.runs) {
      if (test === undefined) {
        own.count++
        own.micros += end - start
        continue
      }
      const key = `${test.index} ${test.attempt}`
      const known = ofAttempts.get(key) ?? new Map<number, HookSum>()
      ofAttempts.set(key, known)
      const before = known.get(position) ?? { count: 0, micros: 0 }
      known.set(position, { count: before.count + 1, micros: before.micros + end - start })
    }
    if (own.count > 0) around.push({ hook: position, describe: hook.describe, own })
  })
  return ({ index, attempt, name }) => {
    const own = [...(ofAttempts.get(`${index} ${attempt}`) ?? [])].map(([hook, { count, micros }]) => ({
      hook,
      count,
      wallMs: toMs(micros),
      isAround: false,
    }))
    const others = around
      .filter(({ describe }) => isWithin(name.slice(0, -1), describe))
      .map(({ hook, own: { count, micros } }) => ({ hook, count, wallMs: toMs(micros), isAround: true }))
    return [...own, ...others].toSorted((a, b) => b.wallMs - a.wallMs || a.hook - b.hook)
  }
}

/** Whether a test with these blocks around it is in that one. */
function isWithin(blocks: readonly string[], describe: readonly string[]): boolean {
  return describe.every((block, depth) => block === blocks[depth])
}
