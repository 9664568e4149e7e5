import { describe, expect, test } from '@jest/globals'
import { AddedCode } from '../../src/resolve/added-functions.js'

interface Drawn {
  name: string
  /** Of the code that ran. */
  line: number
  /** Where its map leads. */
  original?: number
  isUnmapped?: boolean
  file?: string
}

const BABEL = 'babel-jest'

function placed({ name, line, original = line, isUnmapped = false, file = '/project/a.js' }: Drawn) {
  return { name, file, line: original, column: 1, script: 0, generatedLine: line, isUnmapped }
}

function addedCode({
  transformer = BABEL,
  source = 'export const work = 1',
}: {
  transformer?: string | undefined
  source?: string
}) {
  return new AddedCode({ transformerOf: () => transformer, readSource: () => source })
}

function packages(functions: Drawn[], given: Parameters<typeof addedCode>[0] = {}) {
  return addedCode(given).packagesOf(functions.map(placed))
}

describe('functions that a transformer has added', () => {
  test.each([
    ['_asyncToGenerator', '@babel/helpers'],
    ['asyncGeneratorStep', '@babel/helpers'],
    ['_objectSpread2', '@babel/helpers'],
    ['_async_to_generator', '@swc/helpers'],
    ['_type_of', '@swc/helpers'],
    ['__awaiter', 'tslib'],
    ['__privateGet', 'esbuild'],
    ['_optionalChain', 'sucrase'],
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

  test('are none whose name is in the source, or in what was not transformed', () => {
    const functions = [{ name: '_get', line: 3 }]
    expect(packages(functions, { source: 'function _get(key) {}' })).toEqual([undefined])
    expect(packages(functions, { source: 'const my_get = $_get' })).toEqual(['@babel/helpers'])
    const untransformed = new AddedCode({ transformerOf: () => undefined, readSource: () => '' })
    expect(untransformed.packagesOf(functions.map(placed))).toEqual([undefined])
  })

  test('are not what Babel calls functions of the file’s own', () => {
    const names = ['_callee', '_callee$', '_default', '_loop', '_temp', 'render']
    expect(packages(names.map((name, line) => ({ name, line })))).toEqual(names.map(() => undefined))
  })

  test('are SWC’s where it has transformed the file, though they are named as Babel’s', () => {
    const functions = [{ name: 'asyncGeneratorStep', line: 3 }]
    expect(packages(functions, { transformer: '@swc/jest' })).toEqual(['@swc/helpers'])
  })

  test('are whatever a map that can be read leads nowhere from, but in files that are more than a script', () => {
    const functions = [
      { name: 'resume', line: 40, isUnmapped: true },
      { name: '(anonymous)', line: 41, isUnmapped: true },
      { name: 'render', line: 50, isUnmapped: true, file: '/project/a.vue' },
      { name: 'work', line: 12 },
    ]
    expect(packages(functions, { transformer: 'esbuild-jest' })).toEqual([
      'esbuild-jest',
      'esbuild-jest',
      undefined,
      undefined,
    ])
  })

  test('have calls in them: of helpers, of what is in their lines, and of what no map leads to', () => {
    const code = addedCode({})
    code.packagesOf([placed({ name: 'asyncGeneratorStep', line: 2 }), placed({ name: 'work', line: 9 })])
    const isAdded = (drawn: Drawn) => code.isAdded(placed(drawn))
    expect(isAdded({ name: 'asyncGeneratorStep', line: 2 })).toBe(true)
    expect(isAdded({ name: '_next', line: 2, original: 1 })).toBe(true)
    expect(isAdded({ name: 'step', line: 5, isUnmapped: true })).toBe(true)
    expect(isAdded({ name: 'work', line: 9 })).toBe(false)
  })
})
