// The report's files: Jest's results, joined with what was recorded.

import { functionsByOwner } from '../../profile/functions-by-owner.js'
import type { Microseconds, Profile } from '../../profile/profile.js'
import type { OwnerOf } from '../../profile/rows-by-owner.js'
import type { FunctionReport } from '../code-reports.js'
import type { FileReport } from '../file-report.js'
import type { FileRecord, RunRecord } from '../record/run-record.js'
import type { ToRelative } from '../relative-path.js'
import { roundMs } from '../rounding.js'
import { fileId } from '../views/ids.js'
import type { ReportedFiles } from './bounds.js'
import { buildTestReports } from './build-test-reports.js'
import { buildFileHooks } from './hook-reports.js'
import { buildFunctionReport } from './hotspots.js'
import type { TestNames } from './listed-tests.js'
import { attemptKey, cpuByOwner, groupKey, ownedByAttempt, ownedByGroup } from './owners.js'
import { buildFileTotals, buildPhaseReports, toSampledTimes } from './phase-reports.js'

/** Functions shown for one test or group. */
const TEST_HOTSPOTS = 5

interface FileReportSources {
  readonly record: RunRecord
  readonly room: ReportedFiles
  readonly names: TestNames
  readonly toRelative: ToRelative
}

/** The slowest files first. */
export function buildFileReports(profile: Profile, sources: FileReportSources): FileReport[] {
  const { room, toRelative, record } = sources
  const cpu = cpuByOwner(record.files)
  const wanted = { most: TEST_HOTSPOTS, cpuOf: (owner: string) => cpu.get(owner) }
  const functions = new Map([
    ...functionsByOwner(profile, ownedByKept(room), wanted),
    ...functionsByOwner(profile, ownedByGroup, wanted),
  ])
  const hotspotsOf: HotspotsOf = owner =>
    functions.get(owner)?.map(entry => buildFunctionReport(profile, entry, toRelative)) ?? []
  return room.files.map(file => fileReport(file, { ...sources, hotspotsOf }))
}

/** Owners of time, without tests that are not reported. */
function ownedByKept({ files, testsOf, attempts }: ReportedFiles): OwnerOf {
  if (attempts.kept === attempts.total) return ownedByAttempt
  const kept = new Set(
    files.flatMap(file => {
      const key = { project: file.projectId, file: file.path }
      return testsOf(file).map(({ index, attempt }) => attemptKey(key, index, attempt))
    }),
  )
  return scope => {
    const owner = ownedByAttempt(scope)
    return owner !== undefined && kept.has(owner) ? owner : undefined
  }
}

type HotspotsOf = (owner: string) => FunctionReport[]

function fileReport(
  file: FileRecord,
  { record, room, names, toRelative, hotspotsOf }: FileReportSources & { hotspotsOf: HotspotsOf },
): FileReport {
  const summary = buildFileTotals(file, record, toRelative)
  const { path, project, startedAtMs } = summary
  const startOf = ({ start }: { start: Microseconds }) => roundMs(startedAtMs + start / 1000)
  const tests = buildTestReports(file, room.testsOf(file), {
    identity: { path, project },
    names,
    startOf,
    hotspotsOf,
    toRelative,
  })
  const { recording, projectId } = file
  const interval = recording?.header.samplingIntervalMicros ?? null
  return {
    id: fileId({ path, project }),
    ...summary,
    tests,
    phases: recording === undefined ? null : buildPhaseReports(recording),
    phaseStarts: (recording?.phaseStarts ?? []).map(({ phase, start }) => {
      return { phase, startedAtMs: startOf({ start }) }
    }),
    heap: {
      atMs: (recording?.heap.time ?? []).map(start => startOf({ start })),
      usedBytes: recording?.heap.usedBytes ?? [],
    },
    hooks: buildFileHooks(recording?.hooks ?? [], { startOf, toRelative }),
    groups: (recording?.groups ?? []).map((group, index) => ({
      tests: group.tests,
      startedAtMs: startOf(group),
      ...toSampledTimes(group.times, interval),
      hotspots: hotspotsOf(groupKey({ project: projectId, file: file.path }, index)),
    })),
  }
}
