import { describe, expect, test } from '@jest/globals'
import type { Entity, Table } from '../../../src/compare/comparison.js'
import { matchSides } from '../../../src/compare/match/match-sides.js'
import type { Figure } from '../../../src/compare/run-figures.js'
import { sideOf } from '../../../src/compare/sides.js'
import { drawnFigures, figure } from '../../support/drawn-figures.js'

type Drawn = Partial<Record<Table, Figure[]>>

const timed = (given: Partial<Entity>) => figure(given, { wall: 10 })
const file = (path: string) => timed({ file: path })
const tests = (path: string, ...names: string[]) =>
  names.map(name => timed({ file: path, name: name.split(' › ') }))
const source = (path: string, ...names: string[]) => ({
  modules: [timed({ file: path, category: 'source' })],
  functions: names.map((name, line) => timed({ file: path, name: [name], line, category: 'source' })),
})

function matched(table: Table, base: Drawn, head: Drawn): string[] {
  const sides = [base, head].map(tables => sideOf([drawnFigures({ tables })])) as [never, never]
  const { matched: pairs, onlyBase, onlyHead } = matchSides(...sides).tables[table]
  const textOf = ({ file: path, name, line }: Entity) =>
    [path, ...name, ...(line > 0 ? [line] : [])].join(' ')
  return [
    ...pairs.map(([a, b]) => `${textOf(a.entity)} = ${textOf(b.entity)}`),
    ...onlyBase.map(({ entity }) => `− ${textOf(entity)}`),
    ...onlyHead.map(({ entity }) => `+ ${textOf(entity)}`),
  ]
}

describe('matchSides for test files', () => {
  test('matches a moved file and its tests if the tests are the same', () => {
    const base = { files: [file('a.test.ts')], tests: tests('a.test.ts', 'adds', 'subtracts') }
    const head = { files: [file('test/a.test.ts')], tests: tests('test/a.test.ts', 'adds', 'subtracts') }
    expect(matched('files', base, head)).toEqual(['a.test.ts = test/a.test.ts'])
    expect(matched('tests', base, head)).toEqual([
      'a.test.ts adds = test/a.test.ts adds',
      'a.test.ts subtracts = test/a.test.ts subtracts',
    ])
  })

  test('matches neither of two new files with the same tests', () => {
    const base = { files: [file('a.test.ts')], tests: tests('a.test.ts', 'adds') }
    const head = {
      files: [file('b.test.ts'), file('c.test.ts')],
      tests: [...tests('b.test.ts', 'adds'), ...tests('c.test.ts', 'adds')],
    }
    expect(matched('files', base, head)).toEqual(['− a.test.ts', '+ b.test.ts', '+ c.test.ts'])
  })

  test('matches a file that stays, even if another file gets its tests', () => {
    const base = { files: [file('a.test.ts')], tests: tests('a.test.ts', 'adds') }
    const head = {
      files: [file('a.test.ts'), file('b.test.ts')],
      tests: [...tests('a.test.ts', 'divides'), ...tests('b.test.ts', 'adds')],
    }
    expect(matched('files', base, head)).toEqual(['a.test.ts = a.test.ts', '+ b.test.ts'])
  })

  describe('in several projects', () => {
    const of = (project: string, path: string) => ({
      files: [timed({ file: path, project })],
      tests: ['adds', 'subtracts'].map(name => timed({ file: path, project, name: [name] })),
    })
    const both = (a: Drawn, b: Drawn): Drawn => ({
      files: [...(a.files ?? []), ...(b.files ?? [])],
      tests: [...(a.tests ?? []), ...(b.tests ?? [])],
    })
    const functions = (path: string) => [timed({ file: path, name: ['price'], line: 3, category: 'test' })]

    test('matches a file that moved in one project and stayed in the other', () => {
      const base = both(of('node', 'a.test.ts'), of('dom', 'a.test.ts'))
      const head = both(of('node', 'node/a.test.ts'), of('dom', 'a.test.ts'))
      expect(matched('files', base, head)).toEqual(['a.test.ts = node/a.test.ts', 'a.test.ts = a.test.ts'])
      expect(matched('tests', base, head).filter(text => !text.includes('='))).toEqual([])
      expect(
        matched(
          'functions',
          { ...base, functions: functions('a.test.ts') },
          { ...head, functions: functions('a.test.ts') },
        ),
      ).toEqual(['a.test.ts price 3 = a.test.ts price 3'])
    })

    test('matches no functions of a file that moved to two places', () => {
      const base = both(of('node', 'a.test.ts'), of('dom', 'a.test.ts'))
      const head = both(of('node', 'node/a.test.ts'), of('dom', 'dom/a.test.ts'))
      expect(matched('files', base, head)).toEqual([
        'a.test.ts = node/a.test.ts',
        'a.test.ts = dom/a.test.ts',
      ])
      expect(
        matched(
          'functions',
          { ...base, functions: functions('a.test.ts') },
          { ...head, functions: functions('dom/a.test.ts') },
        ),
      ).toEqual(['− a.test.ts price 3', '+ dom/a.test.ts price 3'])
    })

    test('matches the functions of a file that moved in all projects', () => {
      const base = both(of('node', 'a.test.ts'), of('dom', 'a.test.ts'))
      const head = both(of('node', 'test/a.test.ts'), of('dom', 'test/a.test.ts'))
      expect(
        matched(
          'functions',
          { ...base, functions: functions('a.test.ts') },
          { ...head, functions: functions('test/a.test.ts') },
        ),
      ).toEqual(['a.test.ts price 3 = test/a.test.ts price 3'])
    })

    test('does not match files across projects', () => {
      expect(matched('files', of('node', 'a.test.ts'), of('dom', 'test/a.test.ts'))).toEqual([
        '− a.test.ts',
        '+ test/a.test.ts',
      ])
    })
  })
})

describe('matchSides for tests', () => {
  /** `name: body` */
  const withBodies = (texts: string[]) =>
    texts.map(text => {
      const [name = '', body] = text.split(': ')
      const drawn = timed({ file: 'a', name: name.split(' › ') })
      return body === undefined ? drawn : { ...drawn, body }
    })
  const renamed = (before: string[], after: string[]) =>
    matched(
      'tests',
      { files: [file('a')], tests: withBodies(before) },
      { files: [file('a')], tests: withBodies(after) },
    )

  test('matches a renamed test by its function at any position', () => {
    expect(renamed(['x', 'd › old: body'], ['d › new: body', 'x'])).toContain('a d old = a d new')
    expect(renamed(['old: body'], ['new: body'])).toEqual(['a old = a new'])
  })

  test('matches all tests of a renamed describe block', () => {
    expect(renamed(['d › x: one', 'd › y: two'], ['e › x: one', 'e › y: two'])).toEqual([
      'a d x = a e x',
      'a d y = a e y',
    ])
  })

  test('does not match a test that replaced another', () => {
    const listed = ['− a d old', '+ a d new']
    expect(renamed(['x', 'd › old: body', 'z'], ['x', 'd › new: other', 'z'])).toEqual(
      expect.arrayContaining(listed),
    )
    // As in runs recorded before tests had hashes of their functions.
    expect(renamed(['x', 'd › old', 'z'], ['x', 'd › new', 'z'])).toEqual(expect.arrayContaining(listed))
  })

  test('does not match tests that share their function, as in a table, or whose whole name changed', () => {
    expect(renamed(['row 1: body', 'row 2: body'], ['row 1: body', 'row 3: body'])).toEqual([
      ...['a row 1 = a row 1', '− a row 2', '+ a row 3'],
    ])
    expect(renamed(['d › old: body'], ['e › new: body'])).toEqual(['− a d old', '+ a e new'])
  })

  test('matches tests of one name in order if both sides have the same number of them', () => {
    expect(renamed(['x', 'x'], ['x', 'x'])).toEqual(['a x = a x', 'a x = a x'])
    expect(renamed(['x', 'x'], ['x', 'x', 'x'])).toEqual(['− a x', '− a x', '+ a x', '+ a x', '+ a x'])
  })
})

describe('matchSides for source files', () => {
  test('matches a moved file, its functions and its imports if name and functions are the same', () => {
    const [base, head] = [
      source('src/cart.ts', 'price', 'total'),
      source('src/shop/cart.ts', 'price', 'total'),
    ]
    expect(matched('modules', base, head)).toEqual(['src/cart.ts = src/shop/cart.ts'])
    expect(matched('functions', base, head)).toEqual([
      'src/cart.ts price = src/shop/cart.ts price',
      'src/cart.ts total 1 = src/shop/cart.ts total 1',
    ])
  })

  test('does not match a file of the same name with other functions, or with none', () => {
    expect(matched('modules', source('src/index.ts', 'a'), source('lib/index.ts', 'b'))).toEqual([
      '− src/index.ts',
      '+ lib/index.ts',
    ])
    expect(matched('modules', source('src/index.ts'), source('lib/index.ts'))).toEqual([
      '− src/index.ts',
      '+ lib/index.ts',
    ])
  })
})

test('matchSides matches hooks of one type and describe block in order at any position', () => {
  const hook = (line: number) => timed({ file: 'a.test.ts', name: ['cart', 'beforeEach'], line })
  expect(matched('hooks', { hooks: [hook(3), hook(9)] }, { hooks: [hook(5), hook(11)] })).toEqual([
    'a.test.ts cart beforeEach 3 = a.test.ts cart beforeEach 5',
    'a.test.ts cart beforeEach 9 = a.test.ts cart beforeEach 11',
  ])
})
