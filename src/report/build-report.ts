// Profile + run record → Report. Same input, same report: every order has its tie-break.

import { rankBy } from '../analysis/rank.js'
import { at, increase } from '../profile/columns.js'
import { CATEGORIES, type Category, type Frame, type Profile } from '../profile/profile.js'
import { bounded } from './bounds.js'
import { buildFileReports } from './build-file-reports.js'
import type { LineReport, PackageReport } from './code-reports.js'
import { type FileSummary, fileSummary } from './file-summaries.js'
import { byDescending, type ToRelative, toMs } from './function-report.js'
import { buildHooks } from './hook-reports.js'
import { buildHotspots } from './hotspots.js'
import { buildImports, buildTransforms } from './imports.js'
import { limitsOf } from './limits.js'
import { runPhases, sumOfKnown } from './phase-reports.js'
import { profilingCostMs } from './profiling-cost.js'
import type { Report, Totals } from './report.js'
import { SCHEMA_VERSION } from './report.js'
import { roomFor } from './room.js'
import type { RunRecord } from './run-record.js'
import { buildSchedule } from './schedule.js'
import { TestNames } from './test-names.js'
import { buildLeaks, buildWaits, unexplainedMs } from './wait-reports.js'

export function buildReport(profile: Profile, record: RunRecord): Report {
  const toRelative = relativeTo(record.run.rootDir)
  const names = new TestNames()
  const naming = { names, toRelative }
  const room = roomFor(record.files, toRelative)
  const summaries = record.files.map(file => fileSummary(file, record, toRelative)).toSorted(slowestFirst)
  const { hotspots, total } = buildHotspots(profile, record.files, naming)
  const waits = buildWaits(record.files, naming)
  return bounded(
    {
      schemaVersion: SCHEMA_VERSION,
      run: {
        ...record.run,
        startedAt: new Date(record.startedAtMs).toISOString(),
      },
      totals: { ...totalsOf(summaries, record), tests: room.tests, unexplainedMs: unexplainedMs(waits) },
      phases: runPhases(record.files),
      schedule: buildSchedule(summaries, record.run),
      files: buildFileReports(profile, { record, room, ...naming }),
      hotspots,
      lines: buildLines(profile, toRelative),
      packages: buildPackages(profile),
      categories: buildCategories(profile),
      imports: buildImports(record.modules, toRelative),
      transforms: buildTransforms(record.transforms, toRelative),
      hooks: buildHooks(record.files, toRelative),
      waits,
      leaks: buildLeaks(record.files, naming),
      budgets: [],
      findings: [],
      missing: record.missing.map(entry => ({ ...entry, file: toRelative(entry.file) })),
      limits: [...record.notes, ...limitsOf(record.files, waits, profile)],
      truncated: [],
    },
    { hotspots: total, files: record.files.length, tests: room.attempts.total },
  )
}

/** Paths below `rootDir` relative to it, others as they are. */
export function relativeTo(rootDir: string): ToRelative {
  const prefix = rootDir.endsWith('/') ? rootDir : `${rootDir}/`
  return file => (file.startsWith(prefix) ? file.slice(prefix.length) : file)
}

/** The order in which recordings came must not decide between equals. */
const slowestFirst = byDescending<FileSummary>(
  ({ wallMs }) => wallMs,
  ({ path, project }) => `${path}\0${project}`,
)

function totalsOf(files: readonly FileSummary[], record: RunRecord): Omit<Totals, 'tests' | 'unexplainedMs'> {
  const recorded = files.filter(file => file.recording !== null)
  const sum = (amountOf: (file: FileSummary) => number | null) =>
    Math.round(recorded.reduce((total, file) => total + (amountOf(file) ?? 0), 0) * 1000) / 1000
  const headers = record.files.flatMap(({ recording }) => recording?.header ?? [])
  const [cpuMs, blockedMs] = [sum(file => file.cpuMs), sum(file => file.blockedMs)]
  const threadCpuMs = sumOfKnown(recorded.map(file => file.threadCpuMs))
  const samples = sum(file => file.sampleCount)
  return {
    wallMs: Math.round((record.endedAtMs - record.startedAtMs) * 1000) / 1000,
    fileWallMs: sum(file => file.wallMs),
    cpuMs,
    idleMs: sum(file => file.idleMs),
    gcMs: sum(file => file.gcMs),
    blockedMs,
    threadCpuMs,
    sampleCount: samples,
    testFiles: files.length,
    overheadMs: profilingCostMs({
      ...{ headers, samples, mergeMicros: record.mergeMicros },
      cpuMs: threadCpuMs ?? cpuMs - blockedMs,
    }),
  }
}

function buildLines({ frames, lines }: Profile, toRelative: ToRelative): LineReport[] {
  const rows = new Map<string, LineReport>()
  lines.frame.forEach((frame, row) => {
    const { file, category } = at(frames, frame)
    const line = at(lines.line, row)
    const key = `${file}\0${line}\0${category}`
    const known = rows.get(key)?.selfMs ?? 0
    const selfMs = Math.round(known * 1000 + at(lines.weight, row)) / 1000
    rows.set(key, { file: toRelative(file), line, selfMs, category })
  })
  return [...rows.values()].toSorted(
    byDescending(
      ({ selfMs }) => selfMs,
      ({ file, line, category }) => `${file}\0${String(line).padStart(9, '0')}\0${category}`,
    ),
  )
}

function buildPackages(profile: Profile): PackageReport[] {
  const separator = '\0'
  const keyOf = ({ package: name, category }: Frame) =>
    name === undefined ? undefined : category + separator + name
  const functions = new Map<string, number>()
  for (const { key: frame, self } of rankBy(profile, (_frame, index) => index)) {
    const key = keyOf(at(profile.frames, frame))
    if (key !== undefined && self > 0) increase(functions, key, 1)
  }
  return rankBy(profile, keyOf)
    .map(({ key, self, total, count: sampleCount }) => {
      const [category = '', name = ''] = key.split(separator)
      const count = functions.get(key) ?? 0
      return {
        package: name,
        category: category as Category,
        functions: count,
        sampleCount,
        selfMs: toMs(self),
        totalMs: toMs(total),
      }
    })
    .toSorted(
      byDescending(
        ({ selfMs }) => selfMs,
        row => row.package + separator + row.category,
      ),
    )
}

function buildCategories(profile: Profile): Report['categories'] {
  const selfOf = new Map(rankBy(profile, ({ category }) => category).map(({ key, self }) => [key, self]))
  const shown = CATEGORIES.filter((category): category is Exclude<Category, 'idle'> => category !== 'idle')
  return Object.fromEntries(
    shown.map(category => [category, toMs(selfOf.get(category) ?? 0)]),
  ) as Report['categories']
}
