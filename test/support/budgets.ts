// Budgets, and reports that were checked against them, with default values for what a test does not set.

import type { CostlyModule } from '../../src/attribution/costliest-modules.js'
import { withBudgets } from '../../src/budgets/check-budgets.js'
import { PHASES, type Phase } from '../../src/profile/profile.js'
import type { BudgetExcess, BudgetReport } from '../../src/report/budget-report.js'
import type { FileReport, PhaseTimes } from '../../src/report/file-report.js'
import type { FileRecord } from '../../src/report/record/run-record.js'
import type { BudgetRule } from '../../src/report/record/saved-run.js'
import type { Report } from '../../src/report/report.js'
import { NO_TIMES } from './facts.js'
import { resolvedFromText } from './recording.js'
import { recordedFile, reportOf } from './run-record.js'

export function rule(limits: BudgetRule['limits'], given: Partial<BudgetRule> = {}): BudgetRule {
  return { files: null, filePatterns: null, tests: null, limits, ...given }
}

export interface CheckedRun {
  files: FileReport[]
  records?: FileRecord[]
  report?: Partial<Report>
}

export function checked(rules: BudgetRule[], { files, records = [], report = {} }: CheckedRun): Report {
  return withBudgets({ ...reportOf([]), files, ...report }, records, rules)
}

/** Phases with the given wall times, and no other times. */
export function phasesOf(wallMs: Partial<Record<Phase, number>>): Report['phases'] {
  const { phases } = reportOf([])
  const times = (ms: number | undefined): PhaseTimes => ({ ...NO_TIMES, wallMs: ms ?? 0 })
  const given = Object.fromEntries(PHASES.map(name => [name, times(wallMs[name])]))
  return { ...phases, ...given }
}

/** The record of `a.test.js` with these modules, times in milliseconds. */
export function recordWith(modules: (Partial<CostlyModule> & { name: string; by?: string })[]): FileRecord {
  const header = { projectId: '', testPath: '/project/a.test.js' }
  const record = recordedFile(resolvedFromText('0\nA', { header }))
  if (record.recording === undefined) throw new Error('the file has no recording')
  const costly = modules.map(
    ({ name, by, self = 0, total = 0, ...given }): CostlyModule => ({
      ...{ path: `/project/${name}`, importer: by === undefined ? undefined : `/project/${by}` },
      ...{ self: self * 1000, total: total * 1000, phase: 'imports', isSampled: false },
      ...given,
    }),
  )
  const known = { ...record.recording.known, modules: true }
  return { ...record, recording: { ...record.recording, modules: costly, known } }
}

export function budgetReport(given: Partial<BudgetReport>): BudgetReport {
  const nothing = { checked: 0, exceeded: 0, withinUncertainty: 0, excesses: [], notes: [] }
  return { files: null, tests: null, limits: {}, ...nothing, ...given }
}

export function excess(given: Partial<Extract<BudgetExcess, { unit: 'ms' }>>): BudgetExcess {
  return {
    ...{ limit: 'testWallMs', unit: 'ms', limitMs: 200, figureMs: 442, uncertaintyMs: 3 },
    ...{ verdict: 'exceeded', file: 'test/cart.test.ts', project: '', projectId: '', module: null },
    ...{
      line: 8,
      column: 1,
      test: { index: 0, attempt: 1, name: ['cart', 'adds up'], fullName: 'cart adds up' },
    },
    cause: { text: 'total', file: 'src/cart.ts', line: 3, column: 5, ms: 400 },
    ...given,
  }
}
