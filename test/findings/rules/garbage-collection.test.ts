import { expect, test } from '@jest/globals'
import { garbageCollection } from '../../../src/findings/rules/garbage-collection.js'
import { factsOf, fileReport } from '../../support/facts.js'

const files = [10, 400, 300, 0, 40].map((gcMs, index) =>
  fileReport({ path: `${'abcde'[index]}.test.js`, cpuMs: 1000, gcMs }),
)
const found = (gcMs: number) => garbageCollection(factsOf({ report: { files, totals: { gcMs } } }))

test('garbageCollection finds 15 % of CPU time, and names the files with the largest parts', () => {
  expect(found(750)).toEqual([
    {
      id: 'garbage-collection',
      confidence: 'medium',
      title: 'Garbage collection takes 15 % of CPU time',
      evidence:
        '750 ms of 5.00 s; most of it in b.test.js (400 ms, 40 % of its CPU time), ' +
        'c.test.js (300 ms, 30 % of its CPU time), e.test.js (40 ms, 4 % of its CPU time).',
      remedy: expect.stringContaining('--max-semi-space-size'),
      costMs: 750,
      savings: { files: new Map() },
    },
  ])
})

test('garbageCollection finds nothing below its limit', () => {
  expect(found(749)).toEqual([])
})

test('garbageCollection finds nothing in a run without CPU time', () => {
  expect(garbageCollection(factsOf({ report: { totals: { cpuMs: 0, gcMs: 0 } } }))).toEqual([])
})
