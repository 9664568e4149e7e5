// Modules that a test file loads again and again, because `jest.resetModules`, `jest.isolateModules` or the option `resetModules`
// empties Jest's registry of modules between tests.

import { greatest, sum } from 'd3-array'
import { loadsModule } from '../../jest/frames.js'
import type { FileReport } from '../../report/file-report.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { firstLineOf } from '../evidence/call-sites.js'
import { byFileBelowOrAll } from '../evidence/files.js'
import { place } from '../evidence/places.js'
import type { Facts, FindingDraft } from '../rule.js'
import { calleeName, walk } from '../syntax.js'

/** A share of the time of all test files. */
const LEAST_SHARE = 0.03
/** A module that a file loads twice may be needed twice. */
const LEAST_LOADS_OF_FILE = 3

const RESETS = /^jest\.(?:resetModules|isolateModules(?:Async)?)$/

export function reloadedModules({ report, record, profile, bodyOf }: Facts): FindingDraft[] {
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
  const reset = resetIn(report) ?? resetWritten(report, bodyOf)
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

interface Reset {
  readonly name: string
  readonly file: string
  readonly line: number
}

/** Test files whose source is searched. */
const MOST_READ = 20

/** The first such call in the text of the test files that import most while their tests run: it may take no time itself. */
function resetWritten({ files }: Pick<Report, 'files'>, bodyOf: Facts['bodyOf']): Reset | undefined {
  const importsMs = (file: FileReport) => sum(file.tests, test => test.importsMs ?? 0)
  const inOrder = files.toSorted((a, b) => importsMs(b) - importsMs(a)).slice(0, MOST_READ)
  for (const { path } of inOrder) {
    let found: Reset | undefined
    for (const statement of bodyOf(path) ?? [])
      walk(statement, node => {
        const name = `jest.${node.type === 'CallExpression' ? calleeName(node) : ''}`
        if (found === undefined && RESETS.test(name)) found = { name, file: path, line: firstLineOf(node) }
      })
    if (found !== undefined) return found
  }
  return undefined
}

/** The most expensive call that empties the registry. */
function resetIn({ calls }: Pick<Report, 'calls'>): Reset | undefined {
  const call = calls.find(({ callee }) => RESETS.test(callee.function))
  if (call === undefined) return undefined
  const { file, line, lines } = call.caller
  return { name: call.callee.function, file, line: lines[0] ?? line }
}
