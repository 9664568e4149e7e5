// Chrome's trace event format, which Perfetto and Chrome's performance panel open: workers are threads with files,
// phases, tests and hooks as nested slices above the CPU samples. Integer microseconds since the start of the run.
// https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU

import { increase } from '../../profile/columns.js'
import type { Microseconds, Profile } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { hookName } from '../../report/views/names.js'
import {
  type FileSpan,
  knownTimes,
  runTimeline,
  type Span,
  type TimelineTest,
  type WorkerTimeline,
} from './run-timeline.js'
import { placeName, testName } from './scope-labels.js'
import { samplingStep } from './timeline-samples.js'
import { type TraceEvent, traceSamples } from './trace-samples.js'

/** All workers are shown as threads of one process, although they may be processes or the parent itself. */
const PROCESS = 1

export function toTrace(profile: Profile, report: Report): string {
  const workers = runTimeline(profile, report)
  const step = samplingStep(profile.sequences)
  const traceEvents = [
    metadata('process_name', { name: 'Jest' }),
    ...workers.flatMap(({ worker }) => [
      metadata('thread_name', { name: `Worker ${worker}` }, worker),
      metadata('thread_sort_index', { sort_index: worker }, worker),
    ]),
    ...workers.flatMap(({ worker, files }) =>
      files.flatMap(file => nested(slices(file)).map(slice => complete(slice, worker))),
    ),
    ...asynchronousTests(workers),
    ...runningTests(workers),
    ...workers.flatMap(heapUse),
    ...workers.flatMap(timeline => traceSamples(timeline, { profile, step, process: PROCESS })),
  ]
  const { id, startedAt, jestVersion, nodeVersion, command, samplingIntervalMicros } = report.run
  const interval = Math.max(samplingIntervalMicros ?? 0, step)
  return JSON.stringify({
    traceEvents,
    displayTimeUnit: 'ms',
    otherData: { id, startedAt, jestVersion, nodeVersion, command, samplingIntervalMicros: interval },
  })
}

interface Slice extends Span {
  readonly name: string
  readonly category: 'file' | 'phase' | 'test' | 'hook'
  readonly args: object
}

/** Outermost first. */
function slices({ path, report, phases, tests, hooks, start, end }: FileSpan): Slice[] {
  const { project, status } = report ?? {}
  const args = { project, status, ...knownTimes(report) }
  return [
    { name: path, category: 'file', start, end, args },
    ...phases.flatMap(({ phase, ...span }): Slice[] =>
      // `other` contains hooks and tests, and the rest of it is the file's slice.
      phase === 'other' ? [] : [{ name: phase, category: 'phase', ...span, args: { file: path } }],
    ),
    ...tests.flatMap((test): Slice[] => (test.overlaps ? [] : [testSlice(test, path)])),
    ...hooks.map(
      ({ hook, ...span }): Slice => ({
        name: hookName(hook),
        category: 'hook',
        ...span,
        args: { file: path, type: hook.type, position: placeName(hook) },
      }),
    ),
  ]
}

function testSlice({ test, start, end }: TimelineTest, file: string): Slice {
  const { index, attempt, status } = test
  const position = placeName({ ...test, file })
  const args = { file, position, index, attempt, status, ...knownTimes(test) }
  return { name: testName(test), category: 'test', start, end, args }
}

/**
 * Ends slices with their parents, because readers drop or misplace others. Such slices are rare: timestamps are rounded,
 * and test runners other than circus may continue in the middle of a phase.
 */
function nested(unordered: readonly Slice[]): Slice[] {
  const open: Span[] = []
  return unordered
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map(slice => {
      while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= slice.start) open.pop()
      const fitting = { ...slice, end: Math.min(slice.end, open.at(-1)?.end ?? slice.end) }
      open.push(fitting)
      return fitting
    })
}

function complete({ name, category: cat, start: ts, end, args }: Slice, tid: number): TraceEvent {
  return { name, cat, ph: 'X', ts, dur: end - ts, pid: PROCESS, tid, args }
}

/** Concurrent tests overlap, so they cannot be slices of a thread. */
function asynchronousTests(workers: readonly WorkerTimeline[]): TraceEvent[] {
  const overlapping = workers.flatMap(({ worker: tid, files }) =>
    files.flatMap(({ path, tests }) =>
      tests.filter(({ overlaps }) => overlaps).map(test => ({ ...testSlice(test, path), tid })),
    ),
  )
  return overlapping.flatMap(({ name, category: cat, start, end, args, tid }, index) => {
    const common = { name, cat, id: `0x${(index + 1).toString(16)}`, pid: PROCESS, tid }
    return [
      { ...common, ph: 'b', ts: start, args },
      { ...common, ph: 'e', ts: end, args: {} },
    ]
  })
}

/** A counter of the tests that are running in all workers. */
function runningTests(workers: readonly WorkerTimeline[]): TraceEvent[] {
  const changes = new Map<Microseconds, number>()
  for (const { tests } of workers.flatMap(({ files }) => files)) {
    for (const { start, end } of tests) {
      increase(changes, start, 1)
      increase(changes, end, -1)
    }
  }
  let running = 0
  return [...changes]
    .filter(([, by]) => by !== 0)
    .toSorted(([a], [b]) => a - b)
    .map(([ts, by]) => {
      running += by
      return { name: 'running tests', ph: 'C', ts, pid: PROCESS, tid: 0, args: { tests: running } }
    })
}

/** A counter of heap use for each worker, with values where tests began and ended. */
function heapUse({ worker, files }: WorkerTimeline): TraceEvent[] {
  return files.flatMap(({ report }) =>
    (report?.heap.atMs ?? []).map((atMs, index) => ({
      name: `heap of worker ${worker}`,
      ph: 'C',
      ts: Math.round(atMs * 1000),
      pid: PROCESS,
      tid: 0,
      args: { usedBytes: report?.heap.usedBytes[index] ?? 0 },
    })),
  )
}

function metadata(name: string, args: object, tid = 0): TraceEvent {
  return { name, ph: 'M', ts: 0, pid: PROCESS, tid, args }
}
