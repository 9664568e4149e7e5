import { describe, expect, test } from '@jest/globals'
import { describeUnknownJest, partOfSuite } from '../../src/run/run-facts.js'

type Asked = Parameters<typeof partOfSuite>[0]

/** The config of a run of the whole suite, with Jest's defaults. */
const NOTHING = {
  ...{ findRelatedTests: false, nonFlagArgs: [], onlyChanged: false, onlyFailures: false },
  testPathPatterns: { patterns: [] },
} satisfies Asked

describe('partOfSuite', () => {
  test.each<[string, Partial<Asked>, string[]]>([
    ['the whole suite as no part', {}, []],
    ['paths', { nonFlagArgs: ['cart', 'order'] }, ['cart', 'order']],
    ['patterns of Jest 30', { testPathPatterns: { patterns: ['cart'] } }, ['cart']],
    ['the pattern of Jest 29', { testPathPattern: 'cart|order' }, ['cart|order']],
    [
      'paths that are patterns as well once each',
      { nonFlagArgs: ['cart'], testPathPatterns: { patterns: ['cart'] } },
      ['cart'],
    ],
    ['a test name pattern', { testNamePattern: 'adds "up"' }, ['-t "adds \\"up\\""']],
    ['empty patterns as no part', { testNamePattern: '', testPathPattern: '' }, []],
    [
      'tests related to source files',
      { findRelatedTests: true, nonFlagArgs: ['src/cart.ts'] },
      ['--findRelatedTests', 'src/cart.ts'],
    ],
    ['changed files', { onlyChanged: true }, ['--onlyChanged']],
    ['files changed since a commit', { changedSince: 'main' }, ['--changedSince main']],
    ['failed tests', { onlyFailures: true }, ['--onlyFailures']],
    ['a filter', { filter: '/project/filter.js' }, ['--filter']],
    [
      'paths and a test name pattern',
      { nonFlagArgs: ['cart'], testNamePattern: 'adds' },
      ['cart', '-t "adds"'],
    ],
  ])('describes %s', (_what, asked, part) => {
    expect(partOfSuite({ ...NOTHING, ...asked })).toEqual(part)
  })

  test('is empty for a shard', () => {
    expect(partOfSuite({ ...NOTHING, shard: { shardIndex: 1, shardCount: 3 } } as Asked)).toEqual([])
  })
})

const known = { version: '30.5.2', foundReporters: true, isMarked: true }

test('describeUnknownJest returns no note for a known Jest', () => {
  expect(describeUnknownJest(known)).toEqual([])
  expect(describeUnknownJest({ ...known, version: '29.7.0' })).toEqual([])
  expect(describeUnknownJest({ ...known, version: undefined })).toEqual([])
})

test('describeUnknownJest names a newer version and missing parts', () => {
  expect(describeUnknownJest({ version: '31.0.0', foundReporters: false, isMarked: false })).toEqual([
    'Jest 31.0.0 is newer than the versions that this release of jest-profiler was tested with (29.7 to 30.5). Look for a newer release.',
    "The time of Jest's own reporters is unknown, because this version of Jest keeps them elsewhere.",
    'How long Jest took to find files and tests is unknown, because this version of Jest does not mark these steps.',
  ])
})
