// The figures that each limit is compared with: those of the tests, test files and modules that a budget is for.

import type { BudgetCause, BudgetLimit } from '../report/budget-report.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { ToRelative } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { roundMs, toMs } from '../report/rounding.js'
import { causeOfFile, causeOfHooks, causeOfImports, causeOfModule } from './causes-of-files.js'
import { causeOfCpu, causeOfWall } from './causes-of-tests.js'

/** A test file that a budget is for. */
export interface BudgetedFile {
  readonly file: FileReport
  readonly recording: RecordingSummary | undefined
  /** Its tests that the budget is for, each with its last attempt. */
  readonly tests: readonly TestReport[]
}

export interface BudgetFigure {
  readonly file: FileReport
  readonly test: TestReport | null
  /** Relative to `displayRoot`. */
  readonly module: string | null
  /** Null: it is not known. */
  readonly ms: number | null
  /** Null: not known. */
  readonly uncertaintyMs: number | null
  /** Asked only for what is over its limit. */
  readonly cause: () => BudgetCause | null
}

export interface BudgetSources {
  readonly report: Pick<Report, 'waits' | 'truncated'>
  readonly toRelative: ToRelative
}

export type FiguresOf = (budgeted: BudgetedFile, source: BudgetSources) => BudgetFigure[]

export const FIGURES: Readonly<Record<BudgetLimit, FiguresOf>> = {
  testWallMs: ({ file, tests }, { report }) =>
    tests.map(test => {
      const cause = () => causeOfWall(test, file, report)
      return { ...figureOf(file, test.wallMs, wallUncertaintyMs(test), cause), test }
    }),
  testCpuMs: ({ file, tests }) =>
    tests.map(test => {
      const cause = () => causeOfCpu(test, file)
      return { ...figureOf(file, test.cpuMs, cpuUncertaintyMs(test), cause), test }
    }),
  fileWallMs: (budgeted, { toRelative }) => {
    const { file } = budgeted
    const cause = () => causeOfFile(budgeted, toRelative)
    return [figureOf(file, file.wallMs, wallUncertaintyMs(file), cause)]
  },
  importMs: ({ file, recording }, { toRelative }) => [
    phaseFigure(file, 'imports', () => causeOfImports(recording, toRelative)),
  ],
  hookMs: ({ file }) => [phaseFigure(file, 'hooks', () => causeOfHooks(file))],
  moduleImportMs: moduleFigures,
}

function figureOf(
  file: FileReport,
  ms: number | null,
  uncertaintyMs: number | null,
  cause: BudgetFigure['cause'],
): BudgetFigure {
  return { file, test: null, module: null, ms, uncertaintyMs, cause }
}

function phaseFigure(
  file: FileReport,
  phase: 'imports' | 'hooks',
  cause: BudgetFigure['cause'],
): BudgetFigure {
  const times = file.phases?.[phase]
  if (times === undefined) return figureOf(file, null, 0, cause)
  return figureOf(file, times.wallMs, wallUncertaintyMs(times), cause)
}

function moduleFigures({ file, recording }: BudgetedFile, { toRelative }: BudgetSources): BudgetFigure[] {
  if (recording === undefined || !recording.known.modules) return [figureOf(file, null, 0, () => null)]
  const { modules, header } = recording
  return modules.map(module => {
    const ms = toMs(module.total)
    const phase = file.phases?.[module.phase]
    const intervalMs = module.isSampled ? toMs(header.samplingIntervalMicros) : 0
    const cause = () => causeOfModule(module, modules, toRelative)
    const uncertaintyMs = moduleUncertaintyMs(ms, { phase, intervalMs })
    return { ...figureOf(file, ms, uncertaintyMs, cause), module: toRelative(module.path) }
  })
}

// How far a figure may be above the truth, in milliseconds: an excess that is no larger fails no run.

/** Null: not known. */
interface ClockTimes {
  readonly readyMs: number | null
  readonly uncertaintyMs: number | null
}

/**
 * For wall time. Its marks are exact to some microseconds; what is not the test's own is the time for which its thread
 * was ready to run and did not, since the machine had too few free cores. Where neither Node (before 22.19)
 * nor Linux tells how long a thread ran, this is null: nothing is known of that. Neither is known what another process that was waited for
 * would have taken on a free machine.
 */
function wallUncertaintyMs({ readyMs }: ClockTimes): number | null {
  return readyMs
}

/** For CPU time: null where the thread's own clock is not known, so that time without a core is part of it. */
function cpuUncertaintyMs({ readyMs, uncertaintyMs }: ClockTimes): number | null {
  return readyMs === null ? null : uncertaintyMs
}

/**
 * For what one module took: at most all of its phase's time in which the thread did not run, because it is unknown when that
 * was; and where samples show its time, the interval between two of them.
 */
function moduleUncertaintyMs(
  totalMs: number,
  { phase, intervalMs }: { phase: ClockTimes | undefined; intervalMs: number },
): number | null {
  const notRun = phase === undefined ? 0 : wallUncertaintyMs(phase)
  // What samples show is known to be no surer than they are.
  if (notRun === null && intervalMs === 0) return null
  return roundMs(Math.min(totalMs, notRun ?? 0) + intervalMs)
}
