// The report's files and tests: Jest's results joined with what was recorded of them.

import { functionsByOwner } from '../analysis/functions-by-owner.js'
import { type SampledTime, sampledTimeByOwner } from '../analysis/sampled-time.js'
import type { TestSpan } from '../collect/recording.js'
import { type ConcurrentGroup, concurrentGroups, sharesThread } from '../import/test-timeline.js'
import type { Microseconds, Profile } from '../profile/profile.js'
import { functionReport, type ToRelative, toMs } from './function-report.js'
import { attemptKey, fileKey, groupKey, ownedByAttempt, ownedByFile } from './owners.js'
import type { FileReport, FunctionReport, GroupReport, TestReport } from './report.js'
import type { FileRecord, RecordedFile, RunRecord } from './run-record.js'

/** Functions shown for one test or group. */
const TEST_HOTSPOTS = 5

const NO_TIME: SampledTime = { busy: 0, gc: 0, idle: 0, count: 0 }
const UNKNOWN = { cpuMs: null, idleMs: null, gcMs: null, sampleCount: null }

export function buildFileReports(profile: Profile, record: RunRecord, toRelative: ToRelative): FileReport[] {
  const sampledFiles = sampledTimeByOwner(profile, ownedByFile)
  const sampledTests = sampledTimeByOwner(profile, ownedByAttempt)
  const functions = functionsByOwner(profile, ownedByAttempt, TEST_HOTSPOTS)
  const hotspotsOf = (key: string): FunctionReport[] =>
    functions.get(key)?.map(entry => functionReport(profile, entry, toRelative)) ?? []
  const sampledOf = (key: string) => sampledTests.get(key) ?? NO_TIME
  return record.files.map(file => {
    const { projectId, project, status, recording } = file
    const key = { project: projectId, file: file.path }
    const common = { path: toRelative(file.path), project, status }
    if (recording === undefined) return { ...common, ...unrecorded(file, record.startedAtMs) }
    const { header, tests } = recording
    const startedAtMs = sinceStart(header.startedAtMs, record)
    const sampled = sampledFiles.get(fileKey(key)) ?? NO_TIME
    const groups = concurrentGroups(tests)
    const times = (owner: string, start: number) => ({
      sampled: sampledOf(owner),
      hotspots: hotspotsOf(owner),
      startedAtMs: round(startedAtMs + start / 1000),
    })
    return {
      ...common,
      worker: header.worker,
      recording: recording.name,
      startedAtMs,
      wallMs: toMs(header.wallMicros),
      cpuMs: toMs(header.cpuMicros ?? Math.min(sampled.busy, header.wallMicros)),
      ...sampledReport(sampled, header.wallMicros),
      tests: [
        ...tests.map(test =>
          testReport(test, groups, times(attemptKey(key, test.index, test.attempt), test.start)),
        ),
        ...onlyInResults(file, recording).map(test => ({ ...test, startedAtMs })),
      ].toSorted((a, b) => a.index - b.index || a.attempt - b.attempt),
      groups: groups.map((group, index) => groupReport(group, times(groupKey(key, index), group.start))),
    }
  })
}

function sinceStart(epochMs: number, { startedAtMs }: RunRecord): number {
  return Math.max(0, round(epochMs - startedAtMs))
}

interface OwnTimes {
  sampled: SampledTime
  hotspots: FunctionReport[]
  startedAtMs: number
}

function testReport(test: TestSpan, groups: ConcurrentGroup[], { sampled, ...own }: OwnTimes): TestReport {
  const { index, name, status, attempt, concurrent, start, end, cpuMicros } = test
  const wall = end - start
  const times = sharesThread(test, groups)
    ? UNKNOWN
    : { cpuMs: toMs(cpuMicros ?? Math.min(sampled.busy, wall)), ...sampledReport(sampled, wall) }
  return {
    index,
    name,
    fullName: name.join(' '),
    status,
    attempt,
    concurrent,
    wallMs: toMs(wall),
    ...times,
    ...own,
  }
}

function groupReport({ tests, start, end }: ConcurrentGroup, { sampled, ...own }: OwnTimes): GroupReport {
  const wall = end - start
  const cpuMs = toMs(Math.min(sampled.busy, wall))
  return { tests, wallMs: toMs(wall), cpuMs, ...sampledReport(sampled, wall), ...own }
}

// A sample stands for the time until the next one, which may be past the end of what it was taken in.
function sampledReport({ idle, gc, count }: SampledTime, wall: Microseconds) {
  return { idleMs: toMs(Math.min(idle, wall)), gcMs: toMs(Math.min(gc, wall)), sampleCount: count }
}

function unrecorded(
  file: FileRecord,
  runStartedAtMs: number,
): Omit<FileReport, 'path' | 'project' | 'status'> {
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
