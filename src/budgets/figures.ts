// The figures that each limit is compared with: those of the tests, test files and modules that a budget applies to.

import type { BudgetLimit } from '../report/budget-report.js'
import type { FileReport, PhaseTimes, TestReport } from '../report/file-report.js'
import { roundMs, toMs } from '../report/rounding.js'
import type { BudgetedFile, BudgetFigure, BudgetSources } from './budget-figure.js'
import { causeOfFile, causeOfHooks, causeOfImports, causeOfModule } from './causes-of-files.js'
import { causeOfCpu, causeOfWall } from './causes-of-tests.js'
import { memoryFigures } from './memory-figures.js'

type ReadFigures<From> = (from: From, source: BudgetSources) => BudgetFigure[]

/** How the figures of each limit are read from the files that the budget applies to. */
export const FIGURES: Readonly<Record<BudgetLimit, ReadFigures<readonly BudgetedFile[]>>> = {
  testWallMs: ofEach(({ file, tests }, { report }) =>
    tests.map(test => ({
      ...figureOf(file, test.wallMs, test.readyMs, () => causeOfWall(test, file, report)),
      test,
    })),
  ),
  testCpuMs: ofEach(({ file, tests }) =>
    tests.map(test => ({
      ...figureOf(file, test.cpuMs, cpuUncertaintyMs(test), () => causeOfCpu(test, file)),
      test,
    })),
  ),
  fileWallMs: ofEach((budgeted, { toRelative }) => {
    const { file } = budgeted
    return [figureOf(file, file.wallMs, file.readyMs, () => causeOfFile(budgeted, toRelative))]
  }),
  importMs: ofEach(({ file, recording }, { toRelative }) => [
    phaseFigure(file, 'imports', () => causeOfImports(recording, toRelative)),
  ]),
  hookMs: ofEach(({ file }) => [phaseFigure(file, 'hooks', () => causeOfHooks(file))]),
  moduleImportMs: ofEach(moduleFigures),
  testAllocatedMb: memoryFigures('testAllocatedMb'),
  heapGrowthMb: memoryFigures('heapGrowthMb'),
  keptSandboxes: memoryFigures('keptSandboxes'),
}

function ofEach(read: ReadFigures<BudgetedFile>): ReadFigures<readonly BudgetedFile[]> {
  return (files, source) => files.flatMap(budgeted => read(budgeted, source))
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
  return { file, test: null, module: null, amount: ms, uncertainty: uncertaintyMs, cause }
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
