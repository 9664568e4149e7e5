import { describe, expect, test } from '@jest/globals'
import { fileId, testIds } from '../../src/report/views/ids.js'
import { type SelectableFile, type SelectionQuery, selectFiles } from '../../src/saved-runs/selection.js'

function file(path: string, names: string[][], project = ''): SelectableFile {
  const results = names.map(name => ({ name, status: 'passed' as const, wallMs: 1 }))
  const saved = { projectId: project, project, path: `/repo/${path}`, status: 'passed' as const, results }
  return { file: { ...saved, recording: null, startedAtMs: 0, wallMs: 1 }, path, names }
}

const CART = [
  ['cart', 'adds up'],
  ['cart', 'adds up twice'],
  ['cart', 'adds up'],
]
const FILES = [
  file('test/cart.test.ts', CART),
  file('test/shop/cart.test.ts', [['shop', 'Opens']]),
  file('web/cart.test.ts', [['web', 'adds up']], 'web'),
]

function chosen(selection: SelectionQuery): string[] {
  return [...selectFiles(FILES, selection)].map(([{ path }, tests]) => {
    const which = tests === undefined ? '' : ` ${[...tests].join(',')}`
    return path.replace('/repo/', '') + which
  })
}

describe('selectFiles by file', () => {
  test.each<[string, string[]]>([
    ['test/cart.test.ts', ['test/cart.test.ts']],
    ['./test/cart.test.ts', ['test/cart.test.ts']],
    ['/repo/web/cart.test.ts', ['web/cart.test.ts']],
    ['shop/cart.test.ts', ['test/shop/cart.test.ts']],
    ['test/**', ['test/cart.test.ts', 'test/shop/cart.test.ts']],
    ['cart', ['test/cart.test.ts', 'test/shop/cart.test.ts', 'web/cart.test.ts']],
    [fileId({ path: 'web/cart.test.ts', project: 'web' }), ['web/cart.test.ts']],
  ])('finds %s', (typed, expected) => {
    expect(chosen({ file: typed })).toEqual(expected)
  })

  test('selects all files without a query', () => {
    expect(chosen({})).toHaveLength(3)
  })

  test('names the nearest files when nothing matches', () => {
    expect(() => chosen({ file: 'test/crat.test.ts' })).toThrow(
      'jest-profiler: --file matches nothing in this run, got "test/crat.test.ts". The nearest: "test/cart.test.ts"',
    )
  })
})

describe('selectFiles by test', () => {
  test.each<[string, string[]]>([
    ['cart adds up', ['test/cart.test.ts 0,2']],
    ['cart › adds up', ['test/cart.test.ts 0,2']],
    ['adds up', ['test/cart.test.ts 0,2', 'web/cart.test.ts 0']],
    ['up twice', ['test/cart.test.ts 1']],
    ['opens', ['test/shop/cart.test.ts 0']],
  ])('finds "%s"', (typed, expected) => {
    expect(chosen({ test: typed })).toEqual(expected)
  })

  test('distinguishes tests with equal names by id', () => {
    const ids = testIds({ path: 'test/cart.test.ts', project: '' }, CART)
    expect(ids.map(id => chosen({ test: id }))).toEqual([
      ['test/cart.test.ts 0'],
      ['test/cart.test.ts 1'],
      ['test/cart.test.ts 2'],
    ])
  })

  test('looks only in the selected files', () => {
    expect(chosen({ file: 'web/cart.test.ts', test: 'adds up' })).toEqual(['web/cart.test.ts 0'])
  })

  test('names the nearest tests when nothing matches, or the command that lists all', () => {
    expect(() => chosen({ test: 'how the total adds' })).toThrow('The nearest: "adds up", "adds up twice".')
    expect(() => chosen({ test: 'xyz' })).toThrow(
      'jest-profiler: --test matches nothing in this run, got "xyz". List all with `npx jest-profiler show --by test`.',
    )
    expect(() => chosen({ file: 'cart.test.ts', test: 'xyz' })).toThrow(
      '--test matches nothing in the test files of --file "cart.test.ts", got "xyz". List all with `npx jest-profiler show --file "cart.test.ts" --by test`.',
    )
  })
})
