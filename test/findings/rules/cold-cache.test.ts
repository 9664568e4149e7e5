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

test('coldCache finds a run with half of its files uncached at 5 % of CPU time', () => {
  expect(found([babel])).toEqual([
    {
      id: 'cold-cache',
      confidence: 'high',
      title: "Jest's transform cache was cold",
      evidence:
        '50 of 100 files had to be transformed, which took 250 ms (3 % of the time of all test files).',
      remedy: expect.stringContaining('`cacheDirectory`'),
      costMs: 250,
      savings: { files: new Map() },
    },
  ])
})

test('coldCache suggests to enable the cache if it is off', () => {
  expect(found([{ ...babel, files: 50, uncached: 50 }])).toMatchObject([
    { id: 'cache-off', remedy: expect.stringContaining('--no-cache'), costMs: 250 },
  ])
})

test('coldCache includes loading the transformer for uncached files in the cost', () => {
  expect(found([{ ...babel, loadMs: 800, missLoadMs: 700, uncached: 0 }])).toMatchObject([{ costMs: 950 }])
})

test('coldCache ignores a transformer whose cache never warms', () => {
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
    'files of several transformers that were mostly cached together',
    [babel, { ...babel, cacheMisses: 49, missMs: 0, loadMs: 0, missLoadMs: 0, uncached: 0 }],
  ],
  ['transforms below 5 % of CPU time', [{ ...babel, missMs: 249, loadMs: 0, missLoadMs: 0, uncached: 0 }]],
  ['files that are used unchanged', [{ ...babel, transformer: null }]],
  ['no transforms', []],
])('coldCache finds nothing for %s', (_what, transforms) => {
  expect(found(transforms)).toEqual([])
})
