import { expect, test } from '@jest/globals'
import { coldCache } from '../../../src/findings/rules/cold-cache.js'
import type { TransformReport } from '../../../src/report/account-reports.js'
import { factsOf } from '../../support/facts.js'

const babel: TransformReport = {
  ...{
    transformer: 'babel-jest',
    extension: '.js',
    files: 100,
    cacheMisses: 50,
    totalMs: 900,
    missMs: 250,
    loadMs: 0,
    missLoadMs: 0,
    uncached: 0,
  },
}
const found = (transforms: TransformReport[]) => coldCache(factsOf({ report: { transforms } }))

test('a run is cold when half of its files were not cached and a twentieth of its CPU time went to them', () => {
  expect(found([babel])).toEqual([
    {
      id: 'cold-cache',
      confidence: 'high',
      title: "Jest's transform cache was cold: this run is not representative",
      evidence: '50 of 100 files had to be transformed, which took 250 ms (5 % of CPU time).',
      remedy: expect.stringContaining('`cacheDirectory`'),
      costMs: 250,
    },
  ])
})

test('without a cache no run is warmer, and the remedy is to have one', () => {
  expect(found([{ ...babel, files: 50, uncached: 50 }])).toMatchObject([
    { id: 'cache-off', remedy: expect.stringContaining('--no-cache'), costMs: 250 },
  ])
})

test('what loading a transformer took for files that were not cached is part of the cost', () => {
  expect(found([{ ...babel, loadMs: 800, missLoadMs: 700, uncached: 0 }])).toMatchObject([{ costMs: 950 }])
})

test('nothing is reported for a transformer whose files are never cached: another run would be no different', () => {
  const keys = { transformer: '/project/t.js', path: '/project/a.js', input: 'i', worker: '1-0' }
  const report = { transforms: [{ ...babel, transformer: 't.js' }] }
  const foundWhenAskedAgain = (again: string) =>
    coldCache(factsOf({ report, cacheKeys: [{ ...keys, key: 'one', again }] }))
  expect(foundWhenAskedAgain('other')).toEqual([])
  expect(foundWhenAskedAgain('one')).toHaveLength(1)
})

test.each<[string, TransformReport[]]>([
  ['files that were mostly cached', [{ ...babel, cacheMisses: 49 }]],
  [
    'files that were mostly cached, all transformers together',
    [babel, { ...babel, cacheMisses: 49, missMs: 0, loadMs: 0, missLoadMs: 0, uncached: 0 }],
  ],
  [
    'transforms that cost next to nothing',
    [{ ...babel, missMs: 249, loadMs: 0, missLoadMs: 0, uncached: 0 }],
  ],
  ['files that are taken as they are', [{ ...babel, transformer: null }]],
  ['no transforms', []],
])('%s do not make a cold run', (_what, transforms) => {
  expect(found(transforms)).toEqual([])
})
