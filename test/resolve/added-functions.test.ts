import { describe, expect, test } from '@jest/globals'
import { AddedCode } from '../../src/resolve/added-functions.js'

interface Drawn {
  name: string
  /** Line in the generated code. */
  line: number
  /** Line in the source, by the source map. */
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

describe('AddedCode', () => {
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
  ])('attributes %s to %s', (name, from) => {
    expect(packages([{ name, line: 3 }])).toEqual([from])
  })

  test('includes functions on the lines of an added function, and functions that are mapped to the same place', () => {
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

  test('excludes functions whose names are in the source, and files that were not transformed', () => {
    const functions = [{ name: '_get', line: 3 }]
    expect(packages(functions, { source: 'function _get(key) {}' })).toEqual([undefined])
    expect(packages(functions, { source: 'const my_get = $_get' })).toEqual(['@babel/helpers'])
    const untransformed = new AddedCode({ transformerOf: () => undefined, readSource: () => '' })
    expect(untransformed.packagesOf(functions.map(placed))).toEqual([undefined])
  })

  test('excludes Babel’s names for the file’s own functions', () => {
    const names = ['_callee', '_callee$', '_default', '_loop', '_temp', 'render']
    expect(packages(names.map((name, line) => ({ name, line })))).toEqual(names.map(() => undefined))
  })

  test('attributes helpers with Babel’s names to SWC when SWC transformed the file', () => {
    const functions = [{ name: 'asyncGeneratorStep', line: 3 }]
    expect(packages(functions, { transformer: '@swc/jest' })).toEqual(['@swc/helpers'])
  })

  test('includes functions that the source map leaves out, except in files such as Vue components', () => {
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

  test('recognizes added calls: of helpers, on the lines of helpers, and without a mapping', () => {
    const code = addedCode({})
    code.packagesOf([placed({ name: 'asyncGeneratorStep', line: 2 }), placed({ name: 'work', line: 9 })])
    const isAdded = (drawn: Drawn) => code.isAdded(placed(drawn))
    expect(isAdded({ name: 'asyncGeneratorStep', line: 2 })).toBe(true)
    expect(isAdded({ name: '_next', line: 2, original: 1 })).toBe(true)
    expect(isAdded({ name: 'step', line: 5, isUnmapped: true })).toBe(true)
    expect(isAdded({ name: 'work', line: 9 })).toBe(false)
  })
})
