import { describe, expect, test } from '@jest/globals'
import { describeUnknownJest, partOfSuite } from '../../src/run/run-facts.js'

type Asked = Parameters<typeof partOfSuite>[0]

/** As Jest fills in what nobody has asked for. */
const NOTHING = {
  ...{ findRelatedTests: false, nonFlagArgs: [], onlyChanged: false, onlyFailures: false },
  testPathPatterns: { patterns: [] },
} satisfies Asked

describe('the part of the suite that a run is about', () => {
  test.each<[string, Partial<Asked>, string[]]>([
    ['nothing that was asked for: all of it', {}, []],
    ['paths', { nonFlagArgs: ['cart', 'order'] }, ['cart', 'order']],
    ['patterns of Jest 30', { testPathPatterns: { patterns: ['cart'] } }, ['cart']],
    ['the pattern of Jest 29', { testPathPattern: 'cart|order' }, ['cart|order']],
    [
      'paths that are patterns as well: each once',
      { nonFlagArgs: ['cart'], testPathPatterns: { patterns: ['cart'] } },
      ['cart'],
    ],
    ['a name of tests', { testNamePattern: 'adds "up"' }, ['-t "adds \\"up\\""']],
    ['an empty name: all of it', { testNamePattern: '', testPathPattern: '' }, []],
    [
      'the tests of some source files',
      { findRelatedTests: true, nonFlagArgs: ['src/cart.ts'] },
      ['--findRelatedTests', 'src/cart.ts'],
    ],
    ['what has changed', { onlyChanged: true }, ['--onlyChanged']],
    ['what has changed since', { changedSince: 'main' }, ['--changedSince main']],
    ['what failed', { onlyFailures: true }, ['--onlyFailures']],
    ['what a filter lets through', { filter: '/project/filter.js' }, ['--filter']],
    [
      'files and a name of tests in them',
      { nonFlagArgs: ['cart'], testNamePattern: 'adds' },
      ['cart', '-t "adds"'],
    ],
  ])('%s', (_what, asked, part) => {
    expect(partOfSuite({ ...NOTHING, ...asked })).toEqual(part)
  })

  test('a shard is a whole of its own', () => {
    expect(partOfSuite({ ...NOTHING, shard: { shardIndex: 1, shardCount: 3 } } as Asked)).toEqual([])
  })
})

const known = { version: '30.5.2', foundReporters: true, isMarked: true }

test('a Jest that is known needs no note', () => {
  expect(describeUnknownJest(known)).toEqual([])
  expect(describeUnknownJest({ ...known, version: '29.7.0' })).toEqual([])
  expect(describeUnknownJest({ ...known, version: undefined })).toEqual([])
})

test('a Jest that is newer, or laid out in another way, is said to be', () => {
  expect(describeUnknownJest({ version: '31.0.0', foundReporters: false, isMarked: false })).toEqual([
    'Jest 31.0.0 is newer than the versions that this release of jest-profiler was tested with (29.7 to 30.5). Look for a newer release.',
    "The time of Jest's own reporters is unknown, because this version of Jest keeps them elsewhere.",
    'How long Jest took to find files and tests is unknown, because this version of Jest does not mark these steps.',
  ])
})
