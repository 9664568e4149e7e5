import { describe, expect, test } from '@jest/globals'
import { CacheKeyLog } from '../../../src/collect/modules/cache-key-log.js'
import type { CacheMiss } from '../../../src/jest/runtime-observer.js'

let transformers = 0

function cacheMiss(given: Partial<CacheMiss> = {}): CacheMiss {
  return {
    transformer: `/p/transformer-${transformers++}.js`,
    path: '/p/a.js',
    key: 'aa11',
    input: () => 'a()',
    askAgain: () => 'aa11',
    ...given,
  }
}

function keysOf(...misses: CacheMiss[]) {
  const log = new CacheKeyLog()
  for (const miss of misses) log.missed(miss)
  return log.keys()
}

describe('CacheKeyLog', () => {
  test('records the cache key of a transformed file, and the key of a second request for it', () => {
    const miss = cacheMiss({ askAgain: () => 'bb22' })
    const { transformer, path } = miss
    const told = { transformer, path, input: expect.stringMatching(/^[0-9a-f]{16}$/), key: 'aa11' }
    expect(keysOf(miss)).toEqual([{ ...told, again: 'bb22' }])
  })

  test('asks each transformer only once per process', () => {
    const miss = cacheMiss()
    expect(keysOf(miss)).toMatchObject([{ again: 'aa11' }])
    expect(keysOf(miss)).toMatchObject([{ again: null }])
  })

  test('asks a transformer that computes keys slowly for one key only', () => {
    const askAgain = () => {
      const end = performance.now() + 30
      while (performance.now() < end);
      return 'aa11'
    }
    const first = cacheMiss({ askAgain })
    const second = cacheMiss({ askAgain, transformer: first.transformer, path: '/p/b.js' })
    expect(keysOf(first, second).map(told => told.again)).toEqual(['aa11', null])
  })

  test('records null when no second key can be computed', () => {
    expect(keysOf(cacheMiss({ askAgain: () => undefined }))).toMatchObject([{ again: null }])
  })

  test('records equal inputs for equal texts, and different ones for others', () => {
    const inputs = ['a()', 'b()', 'a()'].flatMap(text => keysOf(cacheMiss({ input: () => text })))
    expect(inputs[0]?.input).not.toBe(inputs[1]?.input)
    expect(inputs[0]?.input).toBe(inputs[2]?.input)
  })

  test('keeps the same five files of a transformer in any order', () => {
    const { transformer } = cacheMiss()
    const all = Array.from({ length: 100 }, (_, index) => cacheMiss({ transformer, path: `/p/${index}.js` }))
    const paths = keysOf(...all).map(({ path }) => path)
    expect(paths).toHaveLength(5)
    expect(keysOf(...all.toReversed()).map(({ path }) => path)).toEqual(paths)
  })
})
