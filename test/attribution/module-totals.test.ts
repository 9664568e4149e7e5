import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ModuleTotals } from '../../src/attribution/module-totals.js'
import { compareText } from '../../src/profile/order.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { modulesOf, script } from '../support/modules.js'
import { resolvedFromText } from '../support/recording.js'

function totalsOf(...recordings: ResolvedRecording[]): ModuleTotals {
  const totals = new ModuleTotals()
  for (const recording of recordings) totals.add(recording)
  return totals
}

function moduleIn(totals: ModuleTotals, path: string) {
  const found = totals.modules.find(entry => entry.path === path)
  if (found === undefined) throw new Error(`there is no module ${path}`)
  return found
}

/** A recording of a file with a chain of nested loads, each of which takes `last` microseconds. */
function loading(testPath: string, names: readonly string[], last: number): ResolvedRecording {
  const [name = '', ...inner] = names.toReversed()
  const chain = inner.reduce((load, outer) => script(outer, [0, last], [load]), script(name, [0, last]))
  return resolvedFromText('0\nA', { header: { testPath }, modules: modulesOf([chain]) })
}

describe('ModuleTotals', () => {
  const lodash = '/project/node_modules/lodash/index.js'

  test('adds up a module’s cost over all test files, and counts the files that loaded it', () => {
    const totals = totalsOf(
      loading('/project/a.test.js', ['/project/a.test.js', 'a', lodash], 10),
      loading('/project/b.test.js', ['/project/b.test.js', lodash], 30),
    )
    expect(moduleIn(totals, lodash)).toMatchObject({
      ...{ category: 'dependency', package: 'lodash', files: 2, loads: 2, self: 40, total: 40, saved: 40 },
      phases: new Map([['other', 40]]),
      importers: new Map([
        ['/project/src/a.js', 1],
        ['/project/b.test.js', 1],
      ]),
    })
    expect(totals.modules.map(({ path, category }) => [path, category])).toEqual([
      ['/project/a.test.js', 'test'],
      ['/project/src/a.js', 'source'],
      [lodash, 'dependency'],
      ['/project/b.test.js', 'test'],
    ])
  })

  test('shows the import chain of the test file in which the module cost most', () => {
    const cheap = loading('/project/a.test.js', ['/project/a.test.js', lodash], 10)
    const dear = loading('/project/b.test.js', ['/project/b.test.js', 'b', lodash], 20)
    for (const recordings of [
      [cheap, dear],
      [dear, cheap],
    ])
      expect(moduleIn(totalsOf(...recordings), lodash).chain).toEqual([
        '/project/b.test.js',
        '/project/src/b.js',
        lodash,
      ])
  })

  test('adds up transforms by transformer and extension', () => {
    const transformed = (extension: string, files: number) => ({
      ...{ transformer: '/project/node_modules/@swc/jest/index.js', extension },
      ...{
        files,
        misses: 1,
        micros: 100 * files,
        missMicros: 100,
        loadMicros: 0,
        missLoadMicros: 0,
        uncached: 0,
      },
    })
    const recordings = [[transformed('.ts', 3), transformed('.js', 1)], [transformed('.ts', 2)]].map(
      transforms => resolvedFromText('0\nA', { transforms }),
    )
    const before = structuredClone(recordings)
    expect(totalsOf(...recordings).transforms).toEqual([
      { ...transformed('.ts', 5), misses: 2, missMicros: 200, loadMicros: 0, missLoadMicros: 0, uncached: 0 },
      transformed('.js', 1),
    ])
    expect(recordings).toEqual(before)
  })

  test('joining separate sums gives the same result as summing all recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, fc.nat(), ([recordings], cut) => {
        const place = cut % (recordings.length + 1)
        const joined = totalsOf(...recordings.slice(0, place))
        const { modules, transforms } = totalsOf(...recordings.slice(place))
        joined.join(structuredClone(modules), structuredClone(transforms))
        const all = totalsOf(...recordings)
        expect(joined.modules).toEqual(all.modules)
        expect(joined.transforms).toEqual(all.transforms)
      }),
    )
  })

  test('any order of recordings gives the same rows', () => {
    const rows = (recordings: readonly ResolvedRecording[]) =>
      totalsOf(...recordings).modules.toSorted((a, b) => compareText(a.path, b.path))
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([one, other]) => {
        expect(rows(other)).toEqual(rows(one))
      }),
    )
  })

  test('a test file that another one imports is categorized as a test, in any order of recordings', () => {
    const own = loading('/project/a.test.js', ['/project/a.test.js'], 10)
    const others = loading('/project/b.test.js', ['/project/b.test.js', '/project/a.test.js'], 20)
    expect(moduleIn(totalsOf(own, others), '/project/a.test.js').category).toBe('test')
    expect(moduleIn(totalsOf(others, own), '/project/a.test.js').category).toBe('test')
  })
})
