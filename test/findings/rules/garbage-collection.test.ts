import { describe, expect, test } from '@jest/globals'
import { garbageCollection } from '../../../src/findings/rules/garbage-collection.js'
import { ALLOCATED } from '../../../src/profile/profile.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import { factsOf, fileReport } from '../../support/facts.js'
import { drawInto } from '../../support/profile-from-text.js'

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

describe('With allocations', () => {
  const allocations = [
    { function: 'parse', file: 'src/rows.js', line: 3, column: 1, category: 'source', package: null },
  ].map(row => ({
    ...row,
    category: 'source' as const,
    bytes: 60e6,
    totalBytes: 60e6,
    tests: [
      {
        file: 'b.test.js',
        project: '',
        index: 0,
        name: ['rows', 'large'],
        fullName: 'rows large',
        bytes: 5e7,
      },
    ],
  }))
  const allocated = { intervalBytes: 65_536, bytes: 9e7, sampledBytes: 9e7, files: 5, sampledFiles: 5 }
  const memory = {
    allocated,
    tests: [],
    allocations,
    modules: [],
    growth: [],
    files: [],
    kept: [],
    processes: [],
  }

  function withStacks(...stacks: string[]) {
    const builder = new ProfileBuilder()
    for (const stack of stacks) drawInto(builder, stack, { value: ALLOCATED, weight: 1e6 })
    return garbageCollection(
      factsOf({ report: { files, totals: { gcMs: 750 }, memory }, profile: builder.build() }),
    )
  }

  test('the function of the project that allocates most is named, with its place', () => {
    expect(withStacks('t1\nA')).toMatchObject([
      {
        confidence: 'high',
        evidence: expect.stringMatching(
          /60\.0 MB of the 90\.0 MB that were allocated are those of `parse` \(src\/rows\.js:3\), most for “rows › large”\.$/,
        ),
        remedy: expect.stringMatching(/^Allocate less in `parse`/),
        position: { file: 'src/rows.js', line: 3 },
      },
    ])
  })

  test('nothing is found where packages allocate', () => {
    expect(
      withStacks('t1\nA', 't1\nA\nD[dependency:lib]', 't1\nA\nD[dependency:lib]', 't1\nA\nD[dependency:lib]'),
    ).toEqual([])
  })
})

test('garbageCollection finds nothing below its limit', () => {
  expect(found(749)).toEqual([])
})

test('garbageCollection finds nothing in a run without CPU time', () => {
  expect(garbageCollection(factsOf({ report: { totals: { cpuMs: 0, gcMs: 0 } } }))).toEqual([])
})
