// The markers of a thread in a Firefox profile, and their schema for the viewer. Times in milliseconds.
// https://github.com/firefox-devtools/profiler/blob/main/docs-developer/markers.md

import type { Category, Microseconds } from '../../profile/profile.js'
import type { FileStatus, TestStatus } from '../../recording/enums.js'
import { hookName } from '../../report/views/names.js'
import { type FileSpan, knownTimes, type Span } from './run-timeline.js'
import { placeName, testName } from './scope-labels.js'

/** A marker with start and end: https://github.com/firefox-devtools/profiler/blob/main/src/types/gecko-profile.ts */
const INTERVAL = 1

const fieldsOf = (format: string) => (key: string, label: string) => ({ key, label, format })
const text = fieldsOf('string')
const place = fieldsOf('file-path')
const duration = fieldsOf('duration')

const TIMES = [
  duration('cpuMs', 'CPU'),
  duration('readyMs', 'No core'),
  duration('blockedMs', 'Blocked'),
  duration('idleMs', 'Waiting'),
  duration('gcMs', 'Garbage collection, part of CPU'),
]
const COLOR = { ...text('color', 'Color'), hidden: true }

const IN_CHART = ['marker-chart', 'marker-table']

/** In labels, the viewer replaces `{marker.data.name}` by the text of that field. */
function markerType(
  name: string,
  label: string,
  given: { readonly fields: object[]; readonly [key: string]: unknown },
) {
  return { name, tooltipLabel: label, tableLabel: label, chartLabel: label, display: IN_CHART, ...given }
}

export const MARKER_SCHEMA = [
  markerType('JestFile', '{marker.data.path}', {
    tooltipLabel: 'Test file {marker.data.path}',
    description: 'A test file, from before its environment is built until after it is torn down.',
    colorField: 'color',
    fields: [place('path', 'File'), text('project', 'Project'), text('status', 'Status'), ...TIMES, COLOR],
  }),
  markerType('JestPhase', '{marker.data.phase}', {
    tooltipLabel: 'Phase {marker.data.phase}',
    description: 'What Jest did for a test file. Hooks and tests lie within `other`.',
    fields: [text('phase', 'Phase')],
  }),
  markerType('JestTest', '{marker.data.test}', {
    description: 'A test with its hooks; of a concurrent test, its function’s own run.',
    display: [...IN_CHART, 'timeline-overview'],
    colorField: 'color',
    fields: [
      text('test', 'Test'),
      place('position', 'Position'),
      text('status', 'Status'),
      text('concurrent', 'Concurrent'),
      ...TIMES,
      COLOR,
    ],
  }),
  markerType('JestHook', '{marker.data.hook}', {
    description: 'One run of a hook.',
    fields: [text('hook', 'Hook'), place('position', 'Position')],
  }),
  markerType('JestWait', '{marker.data.what} {marker.data.origin}', {
    chartLabel: '{marker.data.origin}',
    description: 'Time in which nothing ran, and the function that started what was waited for.',
    fields: [text('what', 'What'), text('origin', 'Started by'), place('position', 'Position')],
  }),
]

/** `data.type` is a name of the schema. */
interface Marker extends Span {
  readonly name: string
  readonly category: Category
  readonly data: object
}

/** Markers of a test file, and of the phases, tests and hooks in it. */
export function fileMarkers({ path, report, phases, tests, hooks, ...file }: FileSpan): Marker[] {
  const { project, status } = report ?? {}
  const data = { path, project, status, ...knownTimes(report), color: colorOf(status) }
  return [
    marker('Test file', 'jest', file, { type: 'JestFile', ...data }),
    ...phases.map(({ phase, ...span }) => marker('Phase', 'jest', span, { type: 'JestPhase', phase })),
    ...tests.map(({ test, overlaps, ...span }) => {
      const [position, concurrent] = [placeName({ ...test, file: path }), overlaps ? 'yes' : undefined]
      const own = { type: 'JestTest', test: testName(test), position, status: test.status, concurrent }
      return marker('Test', 'test', span, { ...own, ...knownTimes(test), color: colorOf(test.status) })
    }),
    ...hooks.map(({ hook, ...span }) => {
      const data = { type: 'JestHook', hook: hookName(hook), position: placeName(hook) }
      return marker('Hook', 'test', span, data)
    }),
  ]
}

function marker(name: string, category: Category, { start, end }: Span, data: object): Marker {
  return { name, category, start, end, data }
}

/** `origin`: the function that started the wait or is blocked, with its index in the stack table. */
export function waitMarker(
  span: Span,
  { leaf, origin }: { leaf: string; origin: { name: string; position: string; stack: number } | undefined },
): Marker {
  const cause = origin && { time: exactMs(span.start), stack: origin.stack }
  const own = { what: leaf, origin: origin?.name ?? 'unexplained', position: origin?.position, cause }
  return marker('Wait', 'idle', span, { type: 'JestWait', ...own })
}

/** Unsorted, because viewers sort markers. */
export function markerTable(
  markers: readonly Marker[],
  tables: { string: (text: string) => number; category: (name: Category) => number },
) {
  return {
    data: markers.map(({ data }) => data),
    name: markers.map(({ name }) => tables.string(name)),
    startTime: markers.map(({ start }) => exactMs(start)),
    endTime: markers.map(({ end }) => exactMs(end)),
    phase: markers.map(() => INTERVAL),
    category: markers.map(({ category }) => tables.category(category)),
    length: markers.length,
  }
}

function colorOf(status: FileStatus | TestStatus | undefined): string {
  if (status === 'failed') return 'red'
  return status === 'passed' ? 'green' : 'grey'
}

/** Not rounded. */
export function exactMs(micros: Microseconds): number {
  return micros / 1000
}
