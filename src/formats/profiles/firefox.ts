// The processed format of the Firefox Profiler, https://profiler.firefox.com: a track for each worker, with samples in
// time order and markers for files, phases, tests, hooks and waits. Times in milliseconds since the start of the run.
// https://github.com/firefox-devtools/profiler/blob/main/docs-developer/processed-profile-format.md

import { at } from '../../profile/columns.js'
import { BLOCKED, CATEGORIES, type Frame, type Microseconds, type Profile } from '../../profile/profile.js'
import type { Report } from '../../report/report.js'
import { exactMs, fileMarkers, MARKER_SCHEMA, markerTable, waitMarker } from './firefox-markers.js'
import { FirefoxTables } from './firefox-tables.js'
import { runTimeline, type Span, type WorkerTimeline } from './run-timeline.js'
import {
  samplingStep,
  stackNumbers,
  type TimelineSamples,
  timelineSamples,
  waitsIn,
} from './timeline-samples.js'

/** Viewers since March 2026 read this version, and newer ones upgrade it. */
const FORMAT_VERSION = 61
/** The version of the format that Firefox itself writes. Viewers require but do not use it. */
const GECKO_VERSION = 33

const COLORS: Readonly<Record<(typeof CATEGORIES)[number] | 'blocked', string>> = {
  source: 'yellow',
  test: 'green',
  dependency: 'blue',
  jest: 'magenta',
  transform: 'purple',
  compile: 'lightblue',
  stacks: 'magenta',
  node: 'lightblue',
  native: 'brown',
  gc: 'orange',
  // Viewers use the first grey category for everything without one.
  program: 'grey',
  profiler: 'darkgrey',
  idle: 'transparent',
  blocked: 'red',
}

const CATEGORY_NAMES = [...CATEGORIES, 'blocked'] as const

export function toFirefox(profile: Profile, report: Report): string {
  const step = samplingStep(profile.sequences)
  const tables = new FirefoxTables(report.run.displayRoot)
  const stackOf = stackNumbers(profile, {
    root: -1,
    add: (stack, caller) => {
      const frame = at(profile.frames, at(profile.stacks.frame, stack))
      return tables.stack(frame, { caller, category: categoryOf(frame) })
    },
  })
  const recorded = runTimeline(profile, report)
  // Viewers refuse a profile without tracks.
  const timeline = recorded.length === 0 ? [{ worker: 1, files: [] }] : recorded
  const threads = timeline.map(worker => thread(worker, { profile, report, step, tables, stackOf }))
  const end = Math.max(0, ...timeline.map(({ files }) => files.at(-1)?.end ?? 0))
  return JSON.stringify({
    meta: {
      ...meta(report, step, end),
      // By default, viewers show only the busiest tracks that have samples.
      initialVisibleThreads: [...threads.keys()],
      initialSelectedThreads: [0],
    },
    libs: [],
    shared: tables.toJson(),
    threads,
  })
}

interface ThreadSources {
  profile: Profile
  report: Report
  /** See `samplingStep`. */
  step: Microseconds
  tables: FirefoxTables
  stackOf: (stack: number) => number
}

function categoryOf({ name, category }: Frame): number {
  return CATEGORY_NAMES.indexOf(name === BLOCKED.name && category === 'idle' ? 'blocked' : category)
}

function thread({ worker, files }: WorkerTimeline, sources: ThreadSources) {
  const { profile, report, step, tables, stackOf } = sources
  const sampled = files.map(file => timelineSamples(file, step))
  const interval = Math.max(report.run.samplingIntervalMicros ?? 0, step)
  const waits = waitsIn(sampled, profile, interval).map(wait => {
    const leaf = at(profile.frames, at(profile.stacks.frame, wait.stack))
    const caller = at(profile.stacks.caller, wait.stack)
    const frame = caller < 0 ? undefined : at(profile.frames, at(profile.stacks.frame, caller))
    const origin = frame && { name: frame.name, position: tables.position(frame), stack: stackOf(caller) }
    return waitMarker(wait, { leaf: leaf.name, origin })
  })
  const [start, end] = [exactMs(files[0]?.start ?? 0), exactMs(files.at(-1)?.end ?? 0)]
  return {
    // Viewers hide some of the types that they know.
    processType: 'unknown',
    processName: `Jest worker ${worker}`,
    processStartupTime: start,
    processShutdownTime: end,
    registerTime: start,
    unregisterTime: end,
    pausedRanges: [],
    showMarkersInTimeline: true,
    name: `Worker ${worker}`,
    // Only main threads get a track next to each other.
    isMainThread: true,
    pid: String(worker),
    tid: worker,
    samples: samples(sampled, files, sources),
    markers: markerTable([...files.flatMap(fileMarkers), ...waits], {
      string: text => tables.string(text),
      category: name => CATEGORY_NAMES.indexOf(name),
    }),
  }
}

/** Weighted by time, because V8's samples are not equally spaced, and idle time is split where the wait changes. */
function samples(
  sampled: readonly TimelineSamples[],
  files: readonly Span[],
  { profile, stackOf }: ThreadSources,
) {
  const { frames, stacks } = profile
  const stack: (number | null)[] = []
  const time: number[] = []
  const weight: number[] = []
  // Microseconds since the previous sample.
  const threadCPUDelta: number[] = []
  sampled.forEach((columns, index) => {
    if (columns.stack.length === 0) return
    let cpu = 0
    columns.stack.forEach((leaf, row) => {
      const length = at(columns.length, row)
      stack.push(stackOf(leaf))
      time.push(exactMs(at(columns.start, row)))
      weight.push(exactMs(length))
      threadCPUDelta.push(cpu)
      cpu = at(frames, at(stacks.frame, leaf)).category === 'idle' ? 0 : length
    })
    // Ends the last sample, which would otherwise be drawn until the next file begins.
    stack.push(null)
    time.push(exactMs(at(files, index).end))
    weight.push(0)
    threadCPUDelta.push(cpu)
  })
  return { stack, time, weight, weightType: 'tracing-ms', threadCPUDelta, length: stack.length }
}

function meta({ run }: Report, step: Microseconds, end: Microseconds) {
  return {
    product: 'jest-profiler',
    version: GECKO_VERSION,
    preprocessedProfileVersion: FORMAT_VERSION,
    interval: exactMs(Math.max(run.samplingIntervalMicros ?? 0, step)),
    startTime: Date.parse(run.startedAt),
    profilingStartTime: 0,
    profilingEndTime: exactMs(end),
    processType: 0,
    stackwalk: 0,
    debug: false,
    platform: run.platform,
    oscpu: `${run.platform} ${run.arch}`,
    CPUName: run.cpuModel,
    logicalCPUs: run.cpuCount,
    arguments: run.command,
    // Viewers recognize idle samples by the category name `Idle`.
    categories: CATEGORY_NAMES.map(name => ({
      name: name === 'gc' ? 'GC' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      color: COLORS[name],
      subcategories: ['Other'],
    })),
    markerSchema: MARKER_SCHEMA,
    sampleUnits: { time: 'ms', eventDelay: 'ms', threadCPUDelta: 'µs' },
    symbolicated: true,
    symbolicationNotSupported: true,
    usesOnlyOneStackType: true,
    sourceCodeIsNotOnSearchfox: true,
    keepProfileThreadOrder: true,
    extra: [{ label: 'Jest', entries: facts(run, step) }],
  }
}

function facts(run: Report['run'], step: Microseconds) {
  const { id, jestVersion, nodeVersion, workers } = run
  const texts = { Run: id, Jest: jestVersion, Node: nodeVersion, Workers: String(workers) }
  const thinned = step > 0 ? { Samples: `too many to draw: one per ${exactMs(step)} ms` } : {}
  const all = Object.entries<string>({ ...texts, ...thinned })
  return all.map(([label, value]) => ({ label, format: 'string', value }))
}
