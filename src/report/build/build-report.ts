// Profile + run record → Report. Same input, same report: every order has its tie-break.

import { sum } from 'd3-array'
import { at, getOrMake, increase } from '../../profile/columns.js'
import { mainCategories, mainCategory, rankFunctions } from '../../profile/functions.js'
import { byDescending } from '../../profile/order.js'
import { fileKey } from '../../profile/paths.js'
import {
  CATEGORIES,
  type Category,
  type Frame,
  type Microseconds,
  type Profile,
} from '../../profile/profile.js'
import { rankBy } from '../../profile/rank.js'
import type { LineReport, PackageReport } from '../code-reports.js'
import type { RunRecord } from '../record/run-record.js'
import { relativeTo, type ToRelative } from '../relative-path.js'
import { type Report, SCHEMA_VERSION } from '../report.js'
import { roundMs, toMs } from '../rounding.js'
import { busyMachineText, ownMs } from '../views/busy-machine.js'
import { hasProfile } from '../views/profiled.js'
import { unrecordedWaitsText } from '../views/unrecorded-waits.js'
import { limitRows, selectReportedFiles } from './bounds.js'
import { buildCalls } from './build-calls.js'
import { buildFileReports } from './build-file-reports.js'
import { buildOpenHandles } from './build-handles.js'
import { buildMemory } from './build-memory.js'
import { buildTimeLimits } from './build-time-limits.js'
import { buildHooks } from './hook-reports.js'
import { buildHotspots, testIdentifier } from './hotspots.js'
import { buildImports, buildTransforms } from './imports.js'
import { describeCoverage, describeLimitations } from './limitations.js'
import { TestNames } from './listed-tests.js'
import { buildFileTotals, type FileTotals, sumPhases, sumTimes } from './phase-reports.js'
import { profilingCostMs } from './profiling-cost.js'
import { buildCommandReport, buildSchedule, sumTimeBetweenFiles } from './schedule.js'
import { buildLeaks, buildWaits, unexplainedMs } from './wait-reports.js'

/** A caveat. */
const MEMORY_TEXT =
  'Memory was recorded: collections and snapshots of the heap make this run longer than others, and its times are not to be compared with theirs.'

export function buildReport(profile: Profile, record: RunRecord): Report {
  const toRelative = relativeTo(record.run.displayRoot)
  const names = new TestNames()
  const naming = { names, toRelative }
  const room = selectReportedFiles(record.files, toRelative)
  const summaries = record.files.map(file => buildFileTotals(file, record, toRelative)).toSorted(slowestFirst)
  const totals = totalsOf(summaries, record)
  const identify = testIdentifier(profile.scopes, record.files, naming)
  const { hotspots, total } = buildHotspots(profile, record.files, { toRelative, identify })
  const waits = buildWaits(record.files, naming)
  const memoryText = record.memory === undefined ? '' : MEMORY_TEXT
  const caveats = [memoryText, busyMachineText(totals), unrecordedWaitsText({ totals, waits })].filter(
    text => text !== '',
  )
  const tests = record.files.flatMap(({ recording }) => recording?.tests ?? [])
  const isWhole = record.run.selection === undefined
  // In a selection, other files may have run between two of them.
  const betweenFiles = sumTimeBetweenFiles(isWhole ? record.files : [])
  return limitRows(
    {
      schemaVersion: SCHEMA_VERSION,
      run: { ...record.run, startedAt: new Date(record.startedAtMs).toISOString() },
      command: isWhole ? buildCommandReport(record.command, record.files) : null,
      totals: {
        ...totals,
        betweenFilesMs: betweenFiles.wallMs,
        importsInTestsMs: toMs(sum(tests, ({ imports, times }) => (times === undefined ? 0 : imports))),
        tests: room.tests,
        testsRun: room.testsRun,
        unexplainedMs: unexplainedMs(waits),
      },
      phases: { ...sumPhases(record.files), betweenFiles },
      schedule: buildSchedule(summaries, record.run),
      files: buildFileReports(profile, { record, room, ...naming }),
      hotspots,
      calls: buildCalls(profile, record.files, { toRelative, identify }),
      lines: buildLines(profile, toRelative),
      packages: buildPackages(profile),
      categories: buildCategories(profile, record),
      imports: buildImports(record.modules, toRelative),
      transforms: buildTransforms(record.transforms, toRelative),
      hooks: buildHooks(record.files, toRelative),
      waits,
      leaks: buildLeaks(record.files, naming),
      openHandles: buildOpenHandles(record, naming),
      timeLimits: buildTimeLimits(record, naming),
      ...(record.memory === undefined
        ? {}
        : { memory: buildMemory(record.memory, { profile, files: record.files }, naming) }),
      budgets: [],
      caveats,
      findings: [],
      savesWallMs: null,
      missing: record.missing.map(entry => ({ ...entry, file: toRelative(entry.file) })),
      limits: [
        ...record.notes,
        ...(record.memory?.problems ?? []),
        ...describeCoverage(record.run),
        ...describeLimitations(record.files, waits, profile),
      ],
      truncated: [],
    },
    { hotspots: total, files: record.files.length, tests: room.attempts.total },
  )
}

/** The order of recordings must not decide between equally slow files. */
const slowestFirst = byDescending<FileTotals>(ownMs, ({ path: file, project }) => fileKey({ file, project }))

function totalsOf(files: readonly FileTotals[], record: RunRecord) {
  const recorded = files.filter(file => file.recording !== null)
  const { wallMs: fileWallMs, ...times } = sumTimes(recorded)
  return {
    wallMs: roundMs(record.endedAtMs - record.startedAtMs),
    fileWallMs,
    ...times,
    sampleCount: sum(recorded, file => file.sampleCount),
    testFiles: files.length,
    overheadMs: profilingCostMs(record),
  }
}

function buildLines({ frames, lines }: Profile, toRelative: ToRelative): LineReport[] {
  const rows = new Map<string, { file: string; line: number; times: Map<Category, Microseconds> }>()
  lines.frame.forEach((frame, row) => {
    const { file, category } = at(frames, frame)
    const line = at(lines.line, row)
    const begin = () => ({ file: toRelative(file), line, times: new Map<Category, Microseconds>() })
    const { times } = getOrMake(rows, `${file}\0${line}`, begin)
    increase(times, category, at(lines.weight, row))
  })
  return [...rows.values()]
    .map(({ times, ...place }) => ({
      ...place,
      selfMs: toMs(sum(times.values())),
      category: mainCategory(times),
    }))
    .toSorted(byDescending('selfMs', ({ file, line }) => `${file}\0${String(line).padStart(9, '0')}`))
}

function buildPackages(profile: Profile): PackageReport[] {
  const nameOf = (frame: Frame) => frame.package
  const categoryOf = mainCategories(profile, nameOf)
  const functions = new Map<string, number>()
  for (const { frame, self } of rankFunctions(profile)) {
    const name = nameOf(at(profile.frames, frame))
    if (name !== undefined && self > 0) increase(functions, name, 1)
  }
  return rankBy(profile, nameOf)
    .map(({ key: name, self, total, count: sampleCount }) => ({
      package: name,
      category: categoryOf.get(name) ?? 'dependency',
      functions: functions.get(name) ?? 0,
      sampleCount,
      selfMs: toMs(self),
      totalMs: toMs(total),
    }))
    .toSorted(byDescending('selfMs', row => row.package))
}

function buildCategories(profile: Profile, record: Pick<RunRecord, 'run'>): Report['categories'] {
  const selfOf = new Map(rankBy(profile, ({ category }) => category).map(({ key, self }) => [key, self]))
  const shown = CATEGORIES.filter((category): category is Exclude<Category, 'idle'> => category !== 'idle')
  return Object.fromEntries(
    shown.map(category => [category, hasProfile(record) ? toMs(selfOf.get(category) ?? 0) : null]),
  ) as Report['categories']
}
