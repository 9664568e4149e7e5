import { describe, expect, test } from '@jest/globals'
import { setUpImports } from '../../../src/findings/rules/set-up-imports.js'
import type { Phase } from '../../../src/profile/profile.js'
import { moduleTotal } from '../../support/account-rows.js'
import { factsOf } from '../../support/facts.js'
import { resolvedFromText } from '../../support/recording.js'
import { recordedFile } from '../../support/run-record.js'

const SET_UP = '/project/set-up.js'
const DOM = '/project/node_modules/jest-dom/index.js'
const EXTENDS = 'expect.extend({ toBeVisible, toBeInTheDocument, toHaveLength })'

interface Given {
  /** Of the package's time: what only it leads to. */
  savedShare?: number
  phase?: Phase
  importer?: string
  dom?: string
  helper?: string
  tests?: readonly string[]
}

/** Findings of a run of 10 s in which a package took 500 ms in each of three files. */
function found({
  phase = 'setupFilesAfterEnv',
  importer = SET_UP,
  dom = EXTENDS,
  helper = '',
  savedShare = 1,
  ...given
}: Given = {}) {
  const { tests = ['expect(a).toBe(1)', 'expect(a).toHaveLength(1)', 'expect(a).toBeVisible()'] } = given
  const paths = tests.map((_, index) => `/project/${'abc'[index]}.test.js`)
  const records = paths.map(path => {
    const file = recordedFile(resolvedFromText('0\nA', { header: { testPath: path } }))
    if (file.recording === undefined) throw new Error('nothing was recorded')
    const module = { path: DOM, importer, self: 0, total: 500_000, phase, isSampled: false }
    return { ...file, recording: { ...file.recording, modules: [module] } }
  })
  const modules = [
    ...paths.map(path => moduleTotal({ path, category: 'test' })),
    moduleTotal({ path: SET_UP }),
    moduleTotal({ path: '/project/helper.js', importers: new Map([['/project/a.test.js', 1]]) }),
    moduleTotal({
      path: DOM,
      category: 'dependency',
      package: 'jest-dom',
      total: 1_500_000,
      saved: 1_500_000 * savedShare,
      importers: new Map([[SET_UP, 3]]),
    }),
  ]
  const sources = {
    ...Object.fromEntries(paths.map((path, index) => [path, tests[index] ?? ''])),
    '/project/helper.js': helper,
    [DOM]: dom,
  }
  return setUpImports(factsOf({ records, modules, sources }))
}

describe('setUpImports', () => {
  test('finds test files that mention no matcher of a package that extends expect', () => {
    expect(found()).toMatchObject([
      {
        id: 'set-up-import:jest-dom',
        title: '2 test files of 3 load jest-dom in set-up but use nothing of it',
        costMs: 1000,
        confidence: 'medium',
        position: { file: 'set-up.js', line: 1, column: 1 },
        remedy: expect.stringContaining('only in the 1 file that use it (c.test.js)'),
      },
    ])
  })

  test('counts only what nothing else would load', () => {
    expect(found({ savedShare: 0.4 })).toMatchObject([{ costMs: 400 }])
  })

  test('advises to remove a package that no file uses', () => {
    expect(found({ tests: ['', '', ''] })[0]?.remedy).toBe('Remove it from set-up.js.')
  })

  test.each([
    ['all files use it', { tests: ['.toBeVisible', '.toBeVisible', '.not.toBeInTheDocument()'] }],
    ['the package does not extend expect', { dom: 'exports.toBeVisible = 1' }],
    ['the test file itself imports it', { phase: 'imports' }],
    ['another package imports it', { importer: '/project/node_modules/preset/index.js' }],
  ] satisfies [string, Given][])('finds nothing if %s', (_why, given) => {
    expect(found(given)).toEqual([])
  })

  test('a helper of the project that a test file imports may use a matcher', () => {
    expect(found({ helper: 'expect(a).toBeVisible()' })[0]?.title).toMatch(/^1 test file of 3 /)
  })
})
