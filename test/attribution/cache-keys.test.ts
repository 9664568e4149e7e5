import { expect, test } from '@jest/globals'
import { CacheKeys } from '../../src/attribution/cache-keys.js'
import { header } from '../support/recording.js'

const entry = (path: string) => ({ transformer: '/t.js', path, input: 'i', key: 'k', again: null })

test('cache keys of different processes and threads are kept apart', () => {
  const keys = new CacheKeys()
  for (const [processId, threadId] of [
    [1, 0],
    [2, 0],
    [2, 1],
  ])
    keys.add({
      header: header({ processId: processId ?? 0, threadId: threadId ?? 0 }),
      cacheKeys: [entry('/a')],
    })
  expect(keys.keys.map(({ worker }) => worker)).toEqual(['1-0', '2-0', '2-1'])
})

test('the same 20 files of a transformer are kept, in any order of recordings', () => {
  const paths = Array.from({ length: 200 }, (_, index) => `/p/${index}.js`)
  const keptOf = (ordered: string[], apart: string[] = []) => {
    const [keys, others] = [new CacheKeys(), new CacheKeys()]
    for (const path of ordered) keys.add({ header: header(), cacheKeys: [entry(path)] })
    for (const path of apart) others.add({ header: header(), cacheKeys: [entry(path)] })
    keys.join(others.keys)
    return keys.keys.map(({ path }) => path).toSorted()
  }
  const kept = keptOf(paths)
  expect(kept).toHaveLength(20)
  expect(keptOf(paths.toReversed())).toEqual(kept)
  expect(keptOf(paths.slice(0, 90), paths.slice(90))).toEqual(kept)
})
