import { describe, expect, test } from '@jest/globals'
import { type BuiltResult, CacheKeyLog } from '../../../src/collect/modules/cache-key-log.js'

let keys = 0

function built(given: Partial<BuiltResult> = {}): BuiltResult {
  const path = given.path ?? '/p/a.js'
  return {
    jests: {
      _config: { cache: true },
      _cache: { configString: '{}' },
      _getCacheKey: () => 'aa11',
    },
    transformer: `/p/transformer-${keys++}.js`,
    path,
    content: 'a()',
    options: { instrument: false },
    keyed: { getCacheKey: () => '' },
    cacheFile: `/tmp/cache/aa/${path.slice(3, -3)}_aa11`,
    ...given,
  }
}

function keysOf(...results: BuiltResult[]) {
  const log = new CacheKeyLog()
  for (const result of results) log.built(result)
  return log.keys()
}

describe('CacheKeyLog', () => {
  test('tells the key of a file that was transformed, and what it is when it is asked for again', () => {
    const result = built()
    const { transformer, path } = result
    const told = { transformer, path, input: expect.stringMatching(/^[0-9a-f]{16}$/), key: 'aa11' }
    expect(keysOf(result)).toEqual([{ ...told, again: 'aa11' }])
  })

  test('asks each transformer once a process', () => {
    const result = built()
    expect(keysOf(result)).toMatchObject([{ again: 'aa11' }])
    expect(keysOf(result)).toMatchObject([{ again: null }])
  })

  test('a transformer that takes long to compute a key is asked for one alone', () => {
    const slow = () => {
      const end = performance.now() + 30
      while (performance.now() < end);
      return 'aa11'
    }
    const jests = { _config: { cache: true }, _getCacheKey: slow }
    const first = built({ jests })
    const second = built({ jests, transformer: first.transformer, path: '/p/b.js' })
    const again = keysOf(first, second).map(told => told.again)
    expect(again).toEqual(['aa11', null])
  })

  test('has none of a key that is Jest’s own, or that decides nothing', () => {
    expect(keysOf(built({ keyed: {} }))).toEqual([])
    expect(keysOf(built({ jests: { _config: { cache: false } } }))).toEqual([])
    expect(keysOf(built({ cacheFile: '/tmp/cache/another-layout' }))).toEqual([])
  })

  test('does not ask again where Jest would wait for the answer, or where asking fails', () => {
    expect(keysOf(built({ keyed: { getCacheKeyAsync: async () => '' } }))).toMatchObject([{ again: null }])
    const fails = () => {
      throw new Error('torn down')
    }
    const jests = { _config: { cache: true }, _getCacheKey: fails }
    expect(keysOf(built({ jests }))).toMatchObject([{ again: null }])
  })

  test('the input is another for another text, config or option', () => {
    const others: Partial<BuiltResult>[] = [
      {},
      { content: 'b()' },
      { options: { instrument: true } },
      { jests: { _config: { cache: true }, _cache: { configString: '{"a":1}' } } },
    ]
    const inputs = others.flatMap(given => keysOf(built(given)).map(({ input }) => input))
    expect(new Set(inputs).size).toBe(4)
    expect(keysOf(built())[0]?.input).toBe(inputs[0])
  })

  test('keeps a few files, the same whatever the order', () => {
    const { transformer } = built()
    const all = Array.from({ length: 100 }, (_, index) => built({ transformer, path: `/p/${index}.js` }))
    const paths = keysOf(...all).map(({ path }) => path)
    expect(paths).toHaveLength(5)
    expect(keysOf(...all.toReversed()).map(({ path }) => path)).toEqual(paths)
  })
})
