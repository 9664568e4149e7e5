import { describe, expect, test } from '@jest/globals'
import { packagesOfAdded } from '../../src/import/added-functions.js'

interface Drawn {
  name: string
  /** Of the code that ran. */
  line: number
  /** Where its map leads. */
  original?: number
}

function packages(functions: Drawn[], { isTransformed = true, source = 'export const work = 1' } = {}) {
  return packagesOfAdded(
    { script: functions.map(() => 0), line: functions.map(({ line }) => line) },
    functions.map(({ name, line, original = line }) => ({
      name,
      file: '/project/a.js',
      line: original,
      column: 1,
    })),
    { isTransformed: () => isTransformed, readSource: () => source },
  )
}

describe('functions that a transformer has added', () => {
  test.each([
    ['_asyncToGenerator', '@babel/helpers'],
    ['asyncGeneratorStep', '@babel/helpers'],
    ['_objectSpread2', '@babel/helpers'],
    ['_async_to_generator', '@swc/helpers'],
    ['__awaiter', 'tslib'],
    ['cov_1a2b3c4d5e', 'babel-plugin-istanbul'],
  ])('%s comes from %s', (name, from) => {
    expect(packages([{ name, line: 3 }])).toEqual([from])
  })

  test('include what is within them, by its line or by where its map leads', () => {
    const functions = [
      { name: '_objectSpread2', line: 3, original: 1 },
      { name: '(anonymous)', line: 3, original: 7 },
      { name: 'ownKeys', line: 9, original: 1 },
      { name: 'work', line: 12, original: 4 },
      { name: '(module)', line: 1, original: 1 },
    ]
    const helpers = '@babel/helpers'
    expect(packages(functions)).toEqual([helpers, helpers, helpers, undefined, undefined])
  })

  test('are none whose name stands in the source, or in what was not transformed', () => {
    const functions = [{ name: '_get', line: 3 }]
    expect(packages(functions, { source: 'function _get(key) {}' })).toEqual([undefined])
    expect(packages(functions, { source: 'const my_get = $_get' })).toEqual(['@babel/helpers'])
    expect(packages(functions, { isTransformed: false })).toEqual([undefined])
  })

  test('are not what Babel calls functions of the file’s own', () => {
    const names = ['_callee', '_callee$', '_default', '_loop', '_temp', 'render']
    expect(packages(names.map((name, line) => ({ name, line })))).toEqual(names.map(() => undefined))
  })
})
