// The figures that each limit is compared with: those of the tests, test files and modules that a budget is for.

import type { BudgetCause, BudgetLimit } from '../report/budget-report.js'
import type { FileReport, TestReport } from '../report/file-report.js'
import type { RecordingSummary } from '../report/record/recording-summary.js'
import type { ToRelative } from '../report/relative-path.js'
import type { Report } from '../report/report.js'
import { toMs } from '../report/rounding.js'
import { causeOfFile, causeOfHooks, causeOfImports, causeOfModule } from './causes-of-files.js'
import { causeOfCpu, causeOfWall } from './causes-of-tests.js'
import { cpuUncertaintyMs, moduleUncertaintyMs, wallUncertaintyMs } from './uncertainty.js'

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
  testWallMs: ({ file, tests }, source) =>
    tests.map(test => ({
      file,
      test,
      module: null,
      ms: test.wallMs,
      uncertaintyMs: wallUncertaintyMs(test),
      cause: () => causeOfWall(test, file, source.report),
    })),
  testCpuMs: ({ file, tests }) =>
    tests.map(test => ({
      file,
      test,
      module: null,
      ms: test.cpuMs,
      uncertaintyMs: cpuUncertaintyMs(test),
      cause: () => causeOfCpu(test, file),
    })),
  fileWallMs: (budgeted, { toRelative }) => {
    const { file } = budgeted
    const cause = () => causeOfFile(budgeted, toRelative)
    return [ofFile(file, { ms: file.wallMs, uncertaintyMs: wallUncertaintyMs(file), cause })]
  },
  importMs: ({ file, recording }, { toRelative }) =>
    ofPhase(file, 'imports', () => causeOfImports(recording, toRelative)),
  hookMs: ({ file }) => ofPhase(file, 'hooks', () => causeOfHooks(file)),
  moduleImportMs: moduleFigures,
}

type OfFile = Pick<BudgetFigure, 'ms' | 'uncertaintyMs' | 'cause'>

function ofFile(file: FileReport, figure: OfFile): BudgetFigure {
  return { file, test: null, module: null, ...figure }
}

function ofPhase(file: FileReport, phase: 'imports' | 'hooks', cause: BudgetFigure['cause']): BudgetFigure[] {
  const times = file.phases?.[phase]
  if (times === undefined) return [ofFile(file, { ms: null, uncertaintyMs: 0, cause })]
  return [ofFile(file, { ms: times.wallMs, uncertaintyMs: wallUncertaintyMs(times), cause })]
}

function moduleFigures({ file, recording }: BudgetedFile, { toRelative }: BudgetSources): BudgetFigure[] {
  if (recording === undefined || !recording.known.modules)
    return [ofFile(file, { ms: null, uncertaintyMs: 0, cause: () => null })]
  const { modules, header } = recording
  return modules.map(module => {
    const ms = toMs(module.total)
    const phase = file.phases?.[module.phase]
    const intervalMs = module.isSampled ? toMs(header.samplingIntervalMicros) : 0
    const cause = () => causeOfModule(module, modules, toRelative)
    const uncertaintyMs = moduleUncertaintyMs(ms, { phase, intervalMs })
    return { ...ofFile(file, { ms, uncertaintyMs, cause }), module: toRelative(module.path) }
  })
}
