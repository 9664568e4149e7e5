// Rows of modules, imports, waits and calls, with default values for fields that a test does not set.

import type { ModuleTotal } from '../../src/attribution/module-totals.js'

import type { ImportReport, WaitReport } from '../../src/report/account-reports.js'
import type { CallRow } from '../../src/report/code-reports.js'

/** A module of the project that one test file loaded once, in no time. */
export function moduleTotal(given: Partial<ModuleTotal> & Pick<ModuleTotal, 'path'>): ModuleTotal {
  return {
    ...{ isTransformer: false, isSampled: false, category: 'source', package: undefined, files: 1, loads: 1 },
    ...{ self: 0, total: 0, saved: 0, resolve: 0, transform: 0, compile: 0, mock: 0 },
    ...{ phases: new Map(), importers: new Map(), chain: [] },
    ...given,
  }
}

/** Like `moduleTotal`, as a row of the report. */
export function importReport(given: Partial<ImportReport> & Pick<ImportReport, 'module'>): ImportReport {
  return {
    ...{ transformer: null, package: null, category: 'source', files: 1, loads: 1, phases: {} },
    ...{ selfMs: 0, totalMs: 0, savedMs: 0 },
    ...{ resolveMs: 0, transformMs: 0, compileMs: 0, mockMs: 0, evaluateMs: 0 },
    ...{ importers: [], chain: [] },
    ...given,
  }
}

/** Timers that one stack started. By default, `startedAt` is the innermost call of the project. */
export function waitReport(given: Partial<WaitReport>): WaitReport {
  const { stack = [] } = given
  const own = stack.find(({ file }) => !file.includes('node_modules/'))
  return {
    ...{ kind: 'timer', blocking: false, startedAt: own ?? stack[0] ?? null, callers: [], stack },
    ...{ count: 1, totalMs: 0, tests: [] },
    ...given,
  }
}

/** A call of `getByRole` in a test file. */
export function callRow(given: Partial<CallRow> = {}): CallRow {
  return {
    caller: { function: '(anonymous)', file: 'test/cart.test.ts', line: 8, column: 1, lines: [9] },
    callee: {
      function: 'queryAllByRole',
      writtenAs: ['getByRole'],
      package: '@testing-library/dom',
      category: 'dependency',
    },
    kind: 'library',
    totalMs: 80,
    selfMs: 1,
    sampleCount: 8,
    testCount: 1,
    tests: [],
    ...given,
  }
}
