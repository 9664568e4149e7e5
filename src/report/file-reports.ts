// The report's files and tests: Jest's results joined with what was recorded of them.

import { functionsByOwner } from '../analysis/functions-by-owner.js'
import type { TestSpan } from '../collect/recording.js'
import { type ConcurrentGroup, sharesThread } from '../import/test-timeline.js'
import type { Window, WindowTimes } from '../import/window-times.js'
import type { Profile } from '../profile/profile.js'
import { functionReport, type ToRelative, toMs } from './function-report.js'
import { attemptKey, groupKey, ownedByAttempt } from './owners.js'
import type { FileReport, FunctionReport, TestReport } from './report.js'
import type { FileRecord, RecordedFile, RunRecord } from './run-record.js'

/** Functions shown for one test or group. */
const TEST_HOTSPOTS = 5

const UNKNOWN = { cpuMs: null, idleMs: null, gcMs: null, sampleCount: null }

/** In the order of the record's files. */
export function buildFileReports(profile: Profile, record: RunRecord, toRelative: ToRelative): FileReport[] {
  const functions = functionsByOwner(profile, ownedByAttempt, TEST_HOTSPOTS)
  const hotspotsOf = (owner: string): FunctionReport[] =>
    functions.get(owner)?.map(entry => functionReport(profile, entry, toRelative)) ?? []
  return record.files.map(file => {
    const { path, project, status, recording } = file
    const common = { path: toRelative(path), project, status }
    const times =
      recording === undefined ? unrecorded(file, record) : recorded(file, recording, { record, hotspotsOf })
    return { ...common, ...times }
  })
}

type FileTimes = Omit<FileReport, 'path' | 'project' | 'status'>

interface Sources {
  record: RunRecord
  hotspotsOf: (owner: string) => FunctionReport[]
}

function recorded(file: FileRecord, recording: RecordedFile, { record, hotspotsOf }: Sources): FileTimes {
  const { header, tests, groups } = recording
  const key = { project: file.projectId, file: file.path }
  const startedAtMs = Math.max(0, round(header.startedAtMs - record.startedAtMs))
  const startOf = ({ start }: Window) => round(startedAtMs + start / 1000)
  const ofCircus = tests.map(test => ({
    ...testReport(test, groups),
    startedAtMs: startOf(test),
    hotspots: hotspotsOf(attemptKey(key, test.index, test.attempt)),
  }))
  const others = onlyInResults(file, recording).map(test => ({ ...test, startedAtMs }))
  return {
    worker: header.worker,
    recording: recording.name,
    startedAtMs,
    ...timesReport({ ...recording.times, start: 0, end: header.wallMicros }),
    tests: [...ofCircus, ...others].toSorted((a, b) => a.index - b.index || a.attempt - b.attempt),
    groups: groups.map((group, index) => ({
      tests: group.tests,
      startedAtMs: startOf(group),
      ...timesReport(group),
      hotspots: hotspotsOf(groupKey(key, index)),
    })),
  }
}

function testReport(
  test: TestSpan & WindowTimes,
  groups: readonly ConcurrentGroup[],
): Omit<TestReport, 'startedAtMs' | 'hotspots'> {
  const { index, name, status, attempt, concurrent } = test
  const ran = status !== 'skipped' && status !== 'todo'
  const { wallMs, ...times } = timesReport(test)
  const known = ran && !sharesThread(test, groups)
  const identity = { index, name, fullName: name.join(' '), status, attempt, concurrent }
  return { ...identity, wallMs, ...(known ? times : UNKNOWN) }
}

function timesReport({ start, end, idle, gc, sampleCount }: Window & WindowTimes) {
  const wall = end - start
  return { wallMs: toMs(wall), cpuMs: toMs(wall - idle), idleMs: toMs(idle), gcMs: toMs(gc), sampleCount }
}

function unrecorded(file: FileRecord, { startedAtMs: runStartedAtMs }: RunRecord): FileTimes {
  const startedAtMs = Math.max(0, file.startedAtMs - runStartedAtMs)
  return {
    worker: null,
    recording: null,
    startedAtMs,
    wallMs: file.wallMs,
    ...UNKNOWN,
    tests: onlyInResults(file, undefined).map(test => ({ ...test, startedAtMs })),
    groups: [],
  }
}

// Tests that no circus event told of: the file was not recorded, or another test runner ran it.
function onlyInResults(
  { results }: FileRecord,
  recording: RecordedFile | undefined,
): Omit<TestReport, 'startedAtMs'>[] {
  const recorded = new Set(recording?.tests.map(test => test.index))
  return results.flatMap(({ name, status, wallMs }, index) => {
    if (recorded.has(index)) return []
    const identity = {
      index,
      name: [...name],
      fullName: name.join(' '),
      status,
      attempt: 1,
      concurrent: false,
    }
    return [{ ...identity, wallMs, ...UNKNOWN, hotspots: [] }]
  })
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
