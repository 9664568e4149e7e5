// The markers of a thread in a Firefox profile, and the schema by which the viewer shows them. Times in milliseconds.
// https://github.com/firefox-devtools/profiler/blob/main/docs-developer/markers.md

import type { Category, Microseconds } from '../../profile/profile.js'
import type { FileReport, TestReport } from '../../report/file-report.js'
import {
  type FileSpan,
  type HookSpan,
  knownTimes,
  type PhaseSpan,
  type Span,
  type TimelineTest,
} from './run-timeline.js'
import { hookName, placeName, testName } from './scope-labels.js'

/** https://github.com/firefox-devtools/profiler/blob/main/src/types/gecko-profile.ts: a start and an end. */
const INTERVAL = 1

const IN_CHART = ['marker-chart', 'marker-table']

const TIMES = [
  { key: 'cpuMs', label: 'CPU', format: 'duration' },
  { key: 'readyMs', label: 'No core', format: 'duration' },
  { key: 'blockedMs', label: 'Blocked', format: 'duration' },
  { key: 'idleMs', label: 'Waiting', format: 'duration' },
  { key: 'gcMs', label: 'Garbage collection, part of CPU', format: 'duration' },
]
const TEXT = { format: 'string' }
const PLACE = { format: 'file-path' }
const COLOR = { key: 'color', label: 'Color', format: 'string', hidden: true }

/** A label's `{marker.data.name}` stands for the text of that field, which is not read as a label again. */
export const MARKER_SCHEMA = [
  {
    name: 'JestFile',
    tooltipLabel: 'Test file {marker.data.path}',
    tableLabel: '{marker.data.path}',
    chartLabel: '{marker.data.path}',
    description: 'A test file, from before its environment is built until after it is torn down.',
    display: IN_CHART,
    colorField: 'color',
    fields: [
      { key: 'path', label: 'File', ...PLACE },
      { key: 'project', label: 'Project', ...TEXT },
      { key: 'status', label: 'Status', ...TEXT },
      ...TIMES,
      COLOR,
    ],
  },
  {
    name: 'JestPhase',
    tooltipLabel: 'Phase {marker.data.phase}',
    tableLabel: '{marker.data.phase}',
    chartLabel: '{marker.data.phase}',
    description: 'What Jest did for a test file. Hooks and tests lie within `other`.',
    display: IN_CHART,
    fields: [{ key: 'phase', label: 'Phase', ...TEXT }],
  },
  {
    name: 'JestTest',
    tooltipLabel: '{marker.data.test}',
    tableLabel: '{marker.data.test}',
    chartLabel: '{marker.data.test}',
    description: 'A test with its hooks; of a concurrent test, its function’s own run.',
    display: [...IN_CHART, 'timeline-overview'],
    colorField: 'color',
    fields: [
      { key: 'test', label: 'Test', ...TEXT },
      { key: 'position', label: 'Position', ...PLACE },
      { key: 'status', label: 'Status', ...TEXT },
      { key: 'concurrent', label: 'Concurrent', ...TEXT },
      ...TIMES,
      COLOR,
    ],
  },
  {
    name: 'JestHook',
    tooltipLabel: '{marker.data.hook}',
    tableLabel: '{marker.data.hook}',
    chartLabel: '{marker.data.hook}',
    description: 'One run of a hook.',
    display: IN_CHART,
    fields: [
      { key: 'hook', label: 'Hook', ...TEXT },
      { key: 'position', label: 'Position', ...PLACE },
    ],
  },
  {
    name: 'JestWait',
    tooltipLabel: '{marker.data.what} {marker.data.origin}',
    tableLabel: '{marker.data.what} {marker.data.origin}',
    chartLabel: '{marker.data.origin}',
    description: 'Time in which nothing ran, and the function that started what was waited for.',
    display: IN_CHART,
    fields: [
      { key: 'what', label: 'What', ...TEXT },
      { key: 'origin', label: 'Started by', ...TEXT },
      { key: 'position', label: 'Position', ...PLACE },
    ],
  },
]

interface WaitOrigin {
  readonly name: string
  readonly position: string
  /** Index into the stack table. */
  readonly stack: number
}

interface MarkerTables {
  string(text: string): number
  category(name: Category): number
}

export class FirefoxMarkers {
  readonly #tables: MarkerTables
  readonly #data: object[] = []
  readonly #name: number[] = []
  readonly #startTime: number[] = []
  readonly #endTime: number[] = []
  readonly #category: number[] = []

  constructor(tables: MarkerTables) {
    this.#tables = tables
  }

  addFile({ path, report, phases, tests, hooks, ...span }: FileSpan): void {
    const { project, status } = report ?? {}
    const data = { path, project, status, ...knownTimes(report), color: colorOf(status) }
    this.#add('Test file', 'jest', span, { type: 'JestFile', ...data })
    for (const phase of phases) this.#addPhase(phase)
    for (const test of tests) this.#addTest(test, path)
    for (const hook of hooks) this.#addHook(hook)
  }

  /** `origin`: the function that started what was waited for, or that blocks. */
  addWait(span: Span, { leaf, origin }: { leaf: string; origin: WaitOrigin | undefined }): void {
    const cause = origin && { time: toMs(span.start), stack: origin.stack }
    const data = { what: leaf, origin: origin?.name ?? 'unexplained', position: origin?.position, cause }
    this.#add('Wait', 'idle', span, { type: 'JestWait', ...data })
  }

  /** In no order: viewers sort by themselves. */
  toJson() {
    return {
      data: this.#data,
      name: this.#name,
      startTime: this.#startTime,
      endTime: this.#endTime,
      phase: this.#data.map(() => INTERVAL),
      category: this.#category,
      length: this.#data.length,
    }
  }

  #addPhase({ phase, ...span }: PhaseSpan): void {
    this.#add('Phase', 'jest', span, { type: 'JestPhase', phase })
  }

  #addTest({ test, overlaps, ...span }: TimelineTest, file: string): void {
    const position = placeName({ ...test, file })
    const data = {
      test: testName(test),
      position,
      status: test.status,
      concurrent: overlaps ? 'yes' : undefined,
    }
    const times = { ...knownTimes(test), color: colorOf(test.status) }
    this.#add('Test', 'test', span, { type: 'JestTest', ...data, ...times })
  }

  #addHook({ hook, ...span }: HookSpan): void {
    const position = placeName(hook)
    this.#add('Hook', 'test', span, { type: 'JestHook', hook: hookName(hook), position })
  }

  #add(name: string, category: Category, { start, end }: Span, data: object): void {
    this.#data.push(data)
    this.#name.push(this.#tables.string(name))
    this.#startTime.push(toMs(start))
    this.#endTime.push(toMs(end))
    this.#category.push(this.#tables.category(category))
  }
}

function colorOf(status: FileReport['status'] | TestReport['status'] | undefined): string {
  if (status === 'failed') return 'red'
  return status === 'passed' ? 'green' : 'grey'
}

function toMs(micros: Microseconds): number {
  return micros / 1000
}
