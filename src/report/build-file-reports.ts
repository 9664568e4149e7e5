// The report's files and tests: Jest's results joined with what was recorded of them.

import type { TestTimes } from '../account/file-times.js'
import { functionsByOwner, type OwnerOf } from '../analysis/functions-by-owner.js'
import type { Microseconds, Profile } from '../profile/profile.js'
import { MOST } from './bounds.js'
import type { FunctionReport } from './code-reports.js'
import type { FileReport, TestReport } from './file-report.js'
import { functionReport, type ToRelative, toMs } from './function-report.js'
import { buildFileHooks } from './hook-reports.js'
import { fileId, testIds } from './ids.js'
import { attemptKey, groupKey, ownedByAttempt, ownedByGroup } from './owners.js'
import { phaseReports, timesReport } from './phase-reports.js'
import type { FileRecord, Placed, RecordedFile, RunRecord } from './run-record.js'

/** Functions shown for one test or group. */
const TEST_HOTSPOTS = 5

const UNKNOWN = {
  cpuMs: null,
  idleMs: null,
  gcMs: null,
  blockedMs: null,
  threadCpuMs: null,
  uncertaintyMs: null,
  gcUncertaintyMs: null,
  sampleCount: null,
}

/** In the order of the record's files. */
export function buildFileReports(profile: Profile, record: RunRecord, toRelative: ToRelative): FileReport[] {
  const functions = new Map([
    ...functionsByOwner(profile, ownedBySlowAttempt(record), TEST_HOTSPOTS),
    ...functionsByOwner(profile, ownedByGroup, TEST_HOTSPOTS),
  ])
  const hotspotsOf = (owner: string): FunctionReport[] =>
    functions.get(owner)?.map(entry => functionReport(profile, entry, toRelative)) ?? []
  return record.files.map(file => {
    const { path, project, projectId, status, recording } = file
    const identity = { path: toRelative(path), project }
    const idOf = testNamer(identity, file)
    const common = { id: fileId(identity), ...identity, projectId, status }
    const times =
      recording === undefined
        ? unrecorded(file, { record, idOf })
        : recorded(file, recording, { record, hotspotsOf, toRelative, idOf })
    return { ...common, ...times }
  })
}

/** The report has room for so many tests: nobody sees the functions of the others. */
function ownedBySlowAttempt({ files }: RunRecord): OwnerOf {
  const attempts = files.flatMap(({ projectId: project, path: file, recording }) =>
    (recording?.tests ?? []).map(({ index, attempt, start, end }) => ({
      key: () => attemptKey({ project, file }, index, attempt),
      wall: end - start,
    })),
  )
  if (attempts.length <= MOST.tests) return ownedByAttempt
  const shortest = attempts.map(({ wall }) => wall).toSorted((a, b) => b - a)[MOST.tests - 1] ?? 0
  const slow = new Set(attempts.filter(({ wall }) => wall >= shortest).map(({ key }) => key()))
  return scope => {
    const owner = ownedByAttempt(scope)
    return owner !== undefined && slow.has(owner) ? owner : undefined
  }
}

type FileTimes = Omit<FileReport, 'id' | 'path' | 'project' | 'projectId' | 'status'>

/** Of all tests of the file, whichever the report is about. */
function testNamer(
  identity: { path: string; project: string },
  { results, recording }: FileRecord,
): (index: number) => string {
  const names: (readonly string[])[] = results.map(({ name }) => name)
  for (const { index, name } of recording?.tests ?? []) names[index] ??= name
  const ids = testIds(
    identity,
    Array.from(names, name => name ?? []),
  )
  return index => ids[index] ?? ''
}

interface Sources {
  record: RunRecord
  hotspotsOf: (owner: string) => FunctionReport[]
  toRelative: ToRelative
  idOf: (test: number) => string
}

function recorded(
  file: FileRecord,
  recording: RecordedFile,
  { record, hotspotsOf, toRelative, idOf }: Sources,
): FileTimes {
  const { header, tests, groups, times } = recording
  const key = { project: file.projectId, file: file.path }
  const interval = header.samplingIntervalMicros
  const startedAtMs = Math.max(0, round(header.startedAtMs - record.startedAtMs))
  const startOf = ({ start }: { start: Microseconds }) => round(startedAtMs + start / 1000)
  const ofCircus = tests.map(test => ({
    id: idOf(test.index),
    ...testReport(test, { path: file.path, interval }),
    startedAtMs: startOf(test),
    hotspots: hotspotsOf(attemptKey(key, test.index, test.attempt)),
  }))
  const others = onlyInResults(file, recording).map(test => ({ id: idOf(test.index), ...test, startedAtMs }))
  return {
    worker: header.worker,
    recording: recording.name,
    startedAtMs,
    ...timesReport(times.whole, interval),
    phases: phaseReports(times.phases, interval),
    sampleCount: times.whole.sampleCount,
    phaseStarts: recording.phaseStarts.map(({ phase, start }) => ({
      phase,
      startedAtMs: startOf({ start }),
    })),
    heap: {
      atMs: recording.heap.time.map(moment => startOf({ start: moment })),
      usedBytes: recording.heap.usedBytes,
    },
    hooks: buildFileHooks(recording.hooks, { startOf, toRelative }),
    tests: [...ofCircus, ...others].toSorted((a, b) => a.index - b.index || a.attempt - b.attempt),
    groups: groups.map((group, index) => ({
      tests: group.tests,
      startedAtMs: startOf(group),
      ...timesReport(group.times, interval),
      sampleCount: group.times.sampleCount,
      hotspots: hotspotsOf(groupKey(key, index)),
    })),
  }
}

function testReport(
  test: Placed<TestTimes>,
  { path, interval }: { path: string; interval: Microseconds },
): Omit<TestReport, 'id' | 'startedAtMs' | 'hotspots'> {
  const { index, name, status, attempt, concurrent, times, start, end } = test
  const isHere = test.file === path
  const identity = { index, name, fullName: name.join(' '), status, attempt, concurrent }
  const { line, column } = isHere ? test : { line: 0, column: 0 }
  const position = { line, column }
  const wallMs = toMs(end - start)
  if (times === undefined) return { ...identity, ...position, ...UNKNOWN, wallMs, hooksMs: null }
  const known = { ...timesReport(times, interval), sampleCount: times.sampleCount, hooksMs: toMs(test.hooks) }
  return { ...identity, ...position, ...known, wallMs }
}

function unrecorded(file: FileRecord, { record, idOf }: Pick<Sources, 'record' | 'idOf'>): FileTimes {
  const startedAtMs = Math.max(0, file.startedAtMs - record.startedAtMs)
  return {
    worker: null,
    recording: null,
    startedAtMs,
    wallMs: file.wallMs,
    phases: null,
    ...UNKNOWN,
    phaseStarts: [],
    heap: { atMs: [], usedBytes: [] },
    hooks: [],
    tests: onlyInResults(file, undefined).map(test => ({ id: idOf(test.index), ...test, startedAtMs })),
    groups: [],
  }
}

// Tests that no circus event told of: the file was not recorded, or another test runner ran it.
function onlyInResults(
  { results, onlyTests }: FileRecord,
  recording: RecordedFile | undefined,
): Omit<TestReport, 'id' | 'startedAtMs'>[] {
  const recorded = new Set(recording?.tests.map(test => test.index))
  return results.flatMap(({ name, status, wallMs }, index) => {
    if (recorded.has(index) || onlyTests?.has(index) === false) return []
    const identity = {
      index,
      name: [...name],
      fullName: name.join(' '),
      status,
      attempt: 1,
      concurrent: false,
    }
    const position = { line: 0, column: 0 }
    return [{ ...identity, ...position, wallMs, ...UNKNOWN, hooksMs: null, hotspots: [] }]
  })
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
