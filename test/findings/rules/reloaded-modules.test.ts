import { describe, expect, test } from '@jest/globals'
import { reloadedModules } from '../../../src/findings/rules/reloaded-modules.js'
import type { CallRow } from '../../../src/report/code-reports.js'
import { moduleTotal } from '../../support/account-rows.js'
import { factsOf, fileReport, testReport } from '../../support/facts.js'

const reset: CallRow = {
  caller: { function: 'beforeEach of dom', file: 'dom.test.js', line: 2, column: 1, lines: [3] },
  callee: { function: 'jest.resetModules', writtenAs: [], package: null, category: 'jest' },
  ...{ kind: 'module', totalMs: 8, selfMs: 8, sampleCount: 8, testCount: 60, tests: [] },
}
const modules = [
  moduleTotal({ path: '/project/src/dom.js', files: 1, loads: 60, self: 600_000 }),
  moduleTotal({ path: '/project/src/part.js', files: 2, loads: 20, self: 100_000 }),
  moduleTotal({ path: '/project/src/twice.js', files: 1, loads: 2, self: 900_000 }),
]

describe('reloadedModules', () => {
  test('finds loads after the first one of each file, at the line that empties the registry', () => {
    expect(reloadedModules(factsOf({ modules, report: { calls: [reset] } }))).toMatchObject([
      {
        id: 'reloaded-modules',
        title: '`jest.resetModules` at dom.test.js:3 makes Jest load modules again',
        evidence:
          '2 modules were loaded 80 times in all, up to 60 times in 1 test file: 680 ms after the first time, 7 % of the time of all files.',
        costMs: 680,
        position: { file: 'dom.test.js', line: 3, column: 1 },
      },
    ])
  })

  test('reads which test file isolates modules, where the call itself takes no time', () => {
    const files = [
      fileReport({ path: 'quick.test.js', tests: [testReport({ importsMs: 1 })] }),
      fileReport({ path: 'slow.test.js', tests: [testReport({ importsMs: 900 })] }),
    ]
    const isolating = "test('reads', () => {\n  jest.isolateModules(() => require('./dom'))\n})"
    const sources = { 'quick.test.js': isolating, 'slow.test.js': `\n${isolating}` }
    expect(reloadedModules(factsOf({ modules, sources, report: { files } }))).toMatchObject([
      {
        title: '`jest.isolateModules` at slow.test.js:3 makes Jest load modules again',
        position: { file: 'slow.test.js', line: 3 },
      },
    ])
  })

  test('names the option where no call empties the registry', () => {
    const [found] = reloadedModules(factsOf({ modules }))
    expect(found).toMatchObject({ title: 'Modules are loaded again for each test', position: null })
    expect(found?.remedy).toContain('`resetModules: true`')
  })

  test('finds nothing in modules that are loaded once or twice, or in no time', () => {
    expect(reloadedModules(factsOf({ modules: modules.slice(2) }))).toEqual([])
    expect(reloadedModules(factsOf({ modules: modules.slice(1) }))).toEqual([])
  })
})
