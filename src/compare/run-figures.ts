// One saved run → RunFigures: the data of a comparison, small enough to keep dozens. Times in milliseconds.
// An entity that did not run has no figure: it is missing, not 0.

import { group, sum } from 'd3-array'
import { at } from '../profile/columns.js'
import { rankFunctions } from '../profile/functions.js'
import { compareText } from '../profile/order.js'
import { fileKey, testKey } from '../profile/paths.js'
import { PHASES, type Profile } from '../profile/profile.js'
import { transformerName } from '../report/build/imports.js'
import { sumPhaseTimes } from '../report/build/phase-reports.js'
import type { FileReport, PhaseTimes } from '../report/file-report.js'
import type { RunRecord } from '../report/record/run-record.js'
import { comparablePath, relativeTo, type ToRelative } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { toMs } from '../report/rounding.js'
import { loadingOf } from '../report/views/imports.js'
import { hasProfile } from '../report/views/profiled.js'
import { lastAttempts } from '../report/views/test-breakdowns.js'
import type { Entity, Measure, Table } from './comparison.js'
import { type RunContext, runContext } from './context.js'
import { samplingError } from './statistics/normal-distribution.js'

export interface RunFigures {
  readonly id: string
  readonly startedAtMs: number
  readonly context: RunContext
  /** Without a profile there are no figures of functions and packages. */
  readonly isProfiled: boolean
  readonly samplingIntervalMs: number
  /** The sum over all test files. */
  readonly fileWallMs: number
  /** Tests and hooks are in the order of definition. */
  readonly tables: Readonly<Record<Table, readonly Figure[]>>
  /** Jest's framework phase by test file: the same work in every run with one version of Jest. */
  readonly framework: readonly { readonly file: string; readonly cpuMs: number }[]
}

export interface AnalyzedRun {
  readonly report: Report
  readonly profile: Profile
  readonly record: RunRecord
}

export function runFigures({ report, profile, record }: AnalyzedRun): RunFigures {
  const toPath = comparablePath(record.run.displayRoot)
  const samplingIntervalMs = (record.run.samplingIntervalMicros ?? 0) / 1000
  return {
    id: record.run.id,
    startedAtMs: record.startedAtMs,
    context: runContext(report, record),
    isProfiled: hasProfile(record),
    samplingIntervalMs,
    fileWallMs: report.totals.fileWallMs,
    tables: {
      run: wholeFigures(report),
      phases: phaseFigures(report),
      functions: functionFigures(profile, { toPath, intervalMs: samplingIntervalMs }),
      tests: testFigures(report, record, toPath),
      files: fileFigures(report, toPath),
      modules: moduleFigures(record, toPath),
      packages: packageFigures(report),
      hooks: hookFigures(report, toPath),
    },
    framework: report.files.flatMap(({ path, project, phases }) =>
      phases === null
        ? []
        : [{ file: fileKey({ project, file: toPath(path) }), cpuMs: phases.framework.cpuMs }],
    ),
  }
}

export interface Figure {
  readonly entity: Entity
  readonly times: Readonly<Partial<Record<Measure, Time>>>
  /** Including what it called or loaded; null if not applicable. */
  readonly totalMs: number | null
  /** Identifies the source text of a test function, if no other test of the file has the same. */
  readonly body?: string | undefined
  /** For an ES module, whose body is timed by samples. */
  readonly isSampled?: boolean
}

interface Time {
  readonly ms: number
  /** The 95 % sampling error; null: measured by the clock. */
  readonly errorMs: number | null
}

function figureOf(entity: Partial<Entity>, times: Figure['times'], totalMs: number | null = null): Figure {
  const unknown = { name: [], file: '', project: '', line: 0, column: 0, category: null }
  return { entity: { ...unknown, ...entity }, times, totalMs }
}

function byClock(ms: number): Time {
  return { ms, errorMs: null }
}

function wallAndCpu(
  known: Pick<FileReport, 'wallMs' | 'cpuMs' | 'uncertaintyMs'> | PhaseTimes,
): Figure['times'] {
  const wall = byClock(known.wallMs)
  return known.cpuMs === null ? { wall } : { wall, cpu: { ms: known.cpuMs, errorMs: known.uncertaintyMs } }
}

/** The elapsed time of the run, and the sums over its test files. */
function wholeFigures({ totals, phases, command }: Report): Figure[] {
  const { uncertaintyMs, gcUncertaintyMs } = sumPhaseTimes(PHASES.map(phase => phases[phase]))
  const sums = {
    wall: byClock(totals.fileWallMs),
    cpu: { ms: totals.cpuMs, errorMs: uncertaintyMs },
    ...(totals.readyMs === null ? {} : { ready: byClock(totals.readyMs) }),
    blocked: byClock(totals.blockedMs),
    idle: byClock(totals.idleMs),
    // Without a profile it is exact.
    gc: { ms: totals.gcMs, errorMs: gcUncertaintyMs || null },
  }
  const run = { wall: byClock(command?.wallMs ?? totals.wallMs) }
  return [figureOf({ name: ['run'] }, run), figureOf({ name: ['test files'] }, sums)]
}

function phaseFigures({ phases }: Report): Figure[] {
  return PHASES.map(phase => figureOf({ name: [phase] }, wallAndCpu(phases[phase])))
}

function fileFigures({ files }: Report, toPath: ToRelative): Figure[] {
  return files
    .filter(({ status, recording }) => status !== 'unfinished' && recording !== null)
    .map(file => figureOf({ file: toPath(file.path), project: file.project }, wallAndCpu(file)))
}

/** In the order of definition; only the last attempt at each test. */
function testFigures({ files }: Report, { run, files: records }: RunRecord, toPath: ToRelative): Figure[] {
  const toRelative = relativeTo(run.displayRoot)
  const bodies = new Map(
    records.flatMap(({ projectId: project, path, recording }) => {
      const file = toRelative(path)
      return (recording?.tests ?? []).map(({ index, body }) => [testKey({ project, file, index }), body])
    }),
  )
  return files.flatMap(({ path, project, projectId, tests }) => {
    const ran = lastAttempts({ tests }).filter(({ status }) => status === 'passed' || status === 'failed')
    return ran.map(test => {
      const { name, line, column, index } = test
      const figure = figureOf({ name, file: toPath(path), project, line, column }, wallAndCpu(test))
      return { ...figure, body: bodies.get(testKey({ project: projectId, file: path, index })) }
    })
  })
}

/** In the order of definition. */
function hookFigures({ hooks }: Report, toPath: ToRelative): Figure[] {
  return hooks
    .toSorted((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column)
    .map(hook => {
      const { type, describe, file, line, column } = hook
      return figureOf({ name: [...describe, type], file: toPath(file), line, column }, wallAndCpu(hook))
    })
}

/** All functions on a stack except those of the profiler. Functions without self time help to match those that were moved. */
export function functionFigures(
  profile: Profile,
  { toPath, intervalMs }: { toPath: ToRelative; intervalMs: number },
): Figure[] {
  const seen = rankFunctions(profile).flatMap(({ frame, self, total, count }) => {
    const { name, file, line, column, category } = at(profile.frames, frame)
    // Functions that only waited have no CPU time.
    if (total === 0 || category === 'profiler') return []
    return { entity: { name: [name], file: toPath(file), line, column, category }, self, total, count }
  })
  const functions = group(seen, ({ entity: { name, file, line, column } }) =>
    [...name, file, line, column].join('\0'),
  )
  return Array.from(functions.values(), same => {
    const sumOf = (key: 'self' | 'total' | 'count') => sum(same, row => row[key])
    const time = sampled(toMs(sumOf('self')), sumOf('count'), intervalMs)
    return figureOf(at(same, 0).entity, { self: time }, toMs(sumOf('total')))
  })
}

function packageFigures({ packages, run }: Report): Figure[] {
  const intervalMs = (run.samplingIntervalMicros ?? 0) / 1000
  return packages.map(({ package: name, category, selfMs, totalMs, sampleCount }) =>
    figureOf({ name: [name], category }, { self: sampled(selfMs, sampleCount, intervalMs) }, totalMs),
  )
}

function sampled(ms: number, count: number, intervalMs: number): Time {
  return { ms, errorMs: samplingError(ms, count, intervalMs) }
}

function moduleFigures({ modules }: RunRecord, toPath: ToRelative): Figure[] {
  return modules.map(({ path, isTransformer, category, self, total, isSampled }) => {
    const file = isTransformer ? loadingOf(transformerName(path, toPath)) : toPath(path)
    return { ...figureOf({ file, category }, { self: byClock(toMs(self)) }, toMs(total)), isSampled }
  })
}
