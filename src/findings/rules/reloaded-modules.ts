// Modules that a test file loads again and again, because `jest.resetModules`, `jest.isolateModules` or the option `resetModules`
// empties Jest's registry of modules between tests.

import { greatest, sum } from 'd3-array'
import { loadsModule } from '../../jest/frames.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { byFileBelowOrAll } from '../evidence/files.js'
import { place } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'

/** A share of the time of all test files. */
const LEAST_SHARE = 0.03
/** A module that a file loads twice may be needed twice. */
const LEAST_LOADS_OF_FILE = 3

const RESETS = /^jest\.(?:resetModules|isolateModules(?:Async)?)$/

export function reloadedModules({ report, record, profile }: Facts): FindingDraft[] {
  const again = record.modules.filter(
    ({ loads, files, isTransformer }) => !isTransformer && loads >= LEAST_LOADS_OF_FILE * files,
  )
  // The first load of each file would remain.
  const times = again.map(({ path, self, loads, files }) => ({
    path,
    ms: ((self / 1000) * (loads - files)) / loads,
  }))
  const costMs = sum(times, ({ ms }) => ms)
  if (costMs < LEAST_SHARE * report.totals.fileWallMs) return []
  const toRelative = relativeTo(report.run.displayRoot)
  const most = greatest(again, ({ loads }) => loads)
  const loads = sum(again, module => module.loads)
  const reset = resetIn(report)
  const [title, position] =
    reset === undefined
      ? ['Modules are loaded again for each test', null]
      : [`\`${reset.name}\` at ${place(reset)} makes Jest load modules again`, { ...reset, column: 1 }]
  return [
    {
      id: 'reloaded-modules',
      confidence: 'high',
      title,
      evidence:
        `${count(again.length, 'module')} were loaded ${count(loads, 'time')} in all, up to ${count(most?.loads ?? 0, 'time')} ` +
        `in ${count(most?.files ?? 0, 'test file')}: ${duration(costMs)} after the first time, ` +
        `${percent(costMs, report.totals.fileWallMs)} of the time of all files.`,
      remedy:
        (reset === undefined ? 'If the Jest config has `resetModules: true`, remove it. ' : '') +
        'Load the modules once, at the top of the test file, and reset the state that tests change, for example with a ' +
        '`reset()` that the module exports. Where one module must be fresh, load only that one in `jest.isolateModules`.',
      costMs,
      savings: { files: byFileBelowOrAll({ record, profile }, loadsModule) },
      position:
        position === null ? null : { file: position.file, line: position.line, column: position.column },
      shares: { modules: new Map(times.map(({ path, ms }) => [toRelative(path), ms])) },
    },
  ]
}

/** The most expensive call that empties the registry. */
function resetIn({ calls }: Pick<Report, 'calls'>): { name: string; file: string; line: number } | undefined {
  const call = calls.find(({ callee }) => RESETS.test(callee.function))
  if (call === undefined) return undefined
  const { file, line, lines } = call.caller
  return { name: call.callee.function, file, line: lines[0] ?? line }
}
