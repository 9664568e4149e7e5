// The figures that each limit is compared with: those of the tests, test files and modules that a budget applies to.

import type { BudgetCause, BudgetLimit } from '../report/budget-report.js'
import type { FileReport, PhaseTimes, TestReport } from '../report/file-report.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { ToRelative } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { roundMs, toMs } from '../report/rounding.js'
import { causeOfFile, causeOfHooks, causeOfImports, causeOfModule } from './causes-of-files.js'
import { causeOfCpu, causeOfWall } from './causes-of-tests.js'

/** A test file that a budget applies to. */
export interface BudgetedFile {
  readonly file: FileReport
  readonly recording: RecordingSummary | undefined
  /** The last attempt at each test that the budget applies to. */
  readonly tests: readonly TestReport[]
}

export interface BudgetFigure {
  readonly file: FileReport
  readonly test: TestReport | null
  /** Relative to `displayRoot`. */
  readonly module: string | null
  /** Null: unknown. */
  readonly ms: number | null
  /** Null: unknown. */
  readonly uncertaintyMs: number | null
  /** Called only if the figure is over its limit. */
  readonly cause: () => BudgetCause | null
}

export interface BudgetSources {
  readonly report: Pick<Report, 'waits' | 'truncated'>
  readonly toRelative: ToRelative
}

export const FIGURES: Readonly<
  Record<BudgetLimit, (budgeted: BudgetedFile, source: BudgetSources) => BudgetFigure[]>
> = {
  testWallMs: ({ file, tests }, { report }) =>
    tests.map(test => ({
      ...figureOf(file, test.wallMs, test.readyMs, () => causeOfWall(test, file, report)),
      test,
    })),
  testCpuMs: ({ file, tests }) =>
    tests.map(test => ({
      ...figureOf(file, test.cpuMs, cpuUncertaintyMs(test), () => causeOfCpu(test, file)),
      test,
    })),
  fileWallMs: (budgeted, { toRelative }) => {
    const { file } = budgeted
    return [figureOf(file, file.wallMs, file.readyMs, () => causeOfFile(budgeted, toRelative))]
  },
  importMs: ({ file, recording }, { toRelative }) => [
    phaseFigure(file, 'imports', () => causeOfImports(recording, toRelative)),
  ],
  hookMs: ({ file }) => [phaseFigure(file, 'hooks', () => causeOfHooks(file))],
  moduleImportMs: moduleFigures,
}

/**
 * `uncertaintyMs`: how far the figure may be above the truth; a smaller excess fails no run. For wall times it is the time
 * when the thread was runnable and no core was free: the timestamps are exact to some microseconds. It is null where neither
 * Node (before 22.19) nor Linux reports how long a thread ran. Another process that a test waited for may also have been
 * slower than on an idle machine: that is unknown.
 */
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
  return figureOf(file, times.wallMs, times.readyMs, cause)
}

function moduleFigures({ file, recording }: BudgetedFile, { toRelative }: BudgetSources): BudgetFigure[] {
  if (recording === undefined || !recording.known.modules) return [figureOf(file, null, 0, () => null)]
  const { modules, header } = recording
  return modules.map(module => {
    // The body of an ES module is timed by samples.
    const isUnknown = module.isSampled && header.samplingIntervalMicros === null
    if (isUnknown) return figureOf(file, null, 0, () => null)
    const ms = toMs(module.total)
    const phase = file.phases?.[module.phase]
    const intervalMs = module.isSampled ? toMs(header.samplingIntervalMicros ?? 0) : 0
    const cause = () => causeOfModule(module, modules, toRelative)
    const uncertaintyMs = moduleUncertaintyMs(ms, { phase, intervalMs })
    return { ...figureOf(file, ms, uncertaintyMs, cause), module: toRelative(module.path) }
  })
}

/** Null where the thread's own clock is unavailable: the CPU time then includes time without a core. */
function cpuUncertaintyMs({ readyMs, uncertaintyMs }: TestReport): number | null {
  return readyMs === null ? null : uncertaintyMs
}

/**
 * At most all of the phase's time without a core, because it is unknown when that was, plus the sampling interval if the
 * module's time comes from samples. Null if unknown.
 */
function moduleUncertaintyMs(
  totalMs: number,
  { phase, intervalMs }: { phase: Pick<PhaseTimes, 'readyMs'> | undefined; intervalMs: number },
): number | null {
  const notRun = phase === undefined ? 0 : phase.readyMs
  // Time from samples is at least as uncertain as the interval.
  if (notRun === null && intervalMs === 0) return null
  return roundMs(Math.min(totalMs, notRun ?? 0) + intervalMs)
}
