// Profile and Report → what ran when, by worker, for formats with a time axis. Integer microseconds since the start of
// the run.

import { group } from 'd3-array'
import { compareText } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import type { Microseconds, Phase, Profile, Sequence } from '../../profile/profile.js'
import type { FileHookReport, FileReport, TestReport } from '../../report/file-report.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'

export interface Span {
  readonly start: Microseconds
  readonly end: Microseconds
}

export interface TimelineTest extends Span {
  readonly test: TestReport
  /** Whether other tests ran at the same time. */
  readonly overlaps: boolean
}

/** A test file. Everything in it lies between its start and its end. */
export interface FileSpan extends Span {
  /** Relative to `displayRoot`. */
  readonly path: string
  /** Undefined if the report does not have the file, because it is limited. */
  readonly report: FileReport | undefined
  /** Undefined if its samples exceeded the limit. */
  readonly sequence: Sequence | undefined
  readonly phases: readonly (Span & { readonly phase: Phase })[]
  /** Tests that took time, if it is known when. */
  readonly tests: readonly TimelineTest[]
  readonly hooks: readonly (Span & { readonly hook: FileHookReport })[]
}

export interface WorkerTimeline {
  readonly worker: number
  /** In time order, one after the other. */
  readonly files: readonly FileSpan[]
}

/** The longest runs of hooks are drawn. */
const MOST_HOOK_RUNS = 50_000

/** Sorted by worker. */
export function runTimeline({ sequences }: Profile, report: Report): WorkerTimeline[] {
  const workers = group(timedFiles(sequences, report), ({ worker }) => worker)
  const shortestHook = shortestOf(
    report.files.flatMap(({ hooks }) => hooks.flatMap(({ runs }) => runs.map(({ wallMs }) => wallMs))),
    MOST_HOOK_RUNS,
  )
  return [...workers]
    .toSorted(([a], [b]) => a - b)
    .map(([worker, files]) => ({ worker, files: inTurn(files, shortestHook) }))
}

/** The smallest of the `most` largest numbers; 0 if there are not more than that. */
export function shortestOf(lengths: readonly number[], most: number): number {
  return lengths.length <= most ? 0 : (lengths.toSorted((a, b) => b - a)[most - 1] ?? 0)
}

function toMicros(milliseconds: number): Microseconds {
  return Math.round(milliseconds * 1000)
}

/** The known parts of a file's or test's time, in milliseconds. */
export function knownTimes(report: FileReport | TestReport | undefined): Record<string, number> {
  const { cpuMs, readyMs, blockedMs, idleMs, gcMs } = report ?? {}
  const known = Object.entries({ cpuMs, readyMs, blockedMs, idleMs, gcMs })
  return Object.fromEntries(known.flatMap(([name, ms]) => (typeof ms === 'number' ? [[name, ms]] : [])))
}

function timedFiles(sequences: readonly Sequence[], { run, files }: Report) {
  const toRelative = relativeTo(run.displayRoot)
  const runStart = Date.parse(run.startedAt)
  const unmatched = new Map(files.map(file => [fileKey({ project: file.projectId, file: file.path }), file]))
  const sampled = sequences.map(sequence => {
    const { project, file, worker, startedAtMs, wallMicros: length } = sequence
    const path = toRelative(file)
    const key = fileKey({ project, file: path })
    const report = unmatched.get(key)
    unmatched.delete(key)
    const start = toMicros(report?.startedAtMs ?? Math.max(0, startedAtMs - runStart))
    return { worker, path, project, start, length, report, sequence }
  })
  const others = [...unmatched.values()].flatMap(report => {
    const { worker, path, projectId: project } = report
    if (worker === null) return []
    const [start, length] = [toMicros(report.startedAtMs), toMicros(report.wallMs)]
    return [{ worker, path, project, start, length, report, sequence: undefined }]
  })
  return [...sampled, ...others]
}

/** A worker runs files one after another. If they overlap, because the wall clock was rounded or set back, they are moved. */
function inTurn(files: ReturnType<typeof timedFiles>, shortestHookMs: number): FileSpan[] {
  const byStart = files.toSorted(
    (a, b) => a.start - b.start || compareText(a.path, b.path) || compareText(a.project, b.project),
  )
  let free = 0
  return byStart.map(({ path, start: ownStart, length, report, sequence }) => {
    const start = Math.max(ownStart, free)
    free = start + length
    const whole = { start, end: free }
    return { ...whole, path, report, sequence, ...partsOf(report, whole, shortestHookMs) }
  })
}

function partsOf(file: FileReport | undefined, { start, end }: Span, shortestHookMs: number) {
  if (file === undefined) return { phases: [], tests: [], hooks: [] }
  const timeOf = (milliseconds: number) =>
    Math.min(end, Math.max(start, start + toMicros(milliseconds - file.startedAtMs)))
  const spanOf = ({ startedAtMs, wallMs }: { startedAtMs: number; wallMs: number }): Span => ({
    start: timeOf(startedAtMs),
    end: timeOf(startedAtMs + wallMs),
  })
  const phases = file.phaseStarts.map(({ phase, startedAtMs }, index) => {
    const next = file.phaseStarts[index + 1]
    return { phase, start: timeOf(startedAtMs), end: next === undefined ? end : timeOf(next.startedAtMs) }
  })
  const shared = new Set(file.groups.flatMap(group => group.tests))
  const tests = file.tests
    .map(test => ({ test, overlaps: test.concurrent || shared.has(test.index), ...spanOf(test) }))
    // It is unknown when tests ran that are only in Jest's results.
    .filter(({ test, overlaps }) => overlaps || test.cpuMs !== null)
  const hooks = file.hooks.flatMap(hook =>
    hook.runs.filter(({ wallMs }) => wallMs >= shortestHookMs).map(run => ({ hook, ...spanOf(run) })),
  )
  return { phases: lasting(phases), tests: lasting(tests), hooks: lasting(hooks) }
}

function lasting<T extends Span>(spans: readonly T[]): T[] {
  return spans.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start || b.end - a.end)
}
