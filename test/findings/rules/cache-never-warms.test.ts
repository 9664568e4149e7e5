import { describe, expect, test } from '@jest/globals'
import type { ProcessKey } from '../../../src/attribution/cache-keys.js'
import { cacheNeverWarms } from '../../../src/findings/rules/cache-never-warms.js'
import type { TransformReport } from '../../../src/report/account-reports.js'
import { factsOf, type GivenFacts } from '../../support/facts.js'

const transform: TransformReport = {
  ...{ transformer: 'src/transformer.js', extension: '.js', files: 10, cacheMisses: 10 },
  ...{ totalMs: 900, missMs: 900, loadMs: 60, missLoadMs: 50, uncached: 0 },
}

/** Keys given as `path input worker key`, followed by the second key if it was requested again. */
function keys(...drawn: string[]): ProcessKey[] {
  return drawn.map(text => {
    const [path = '', input = '', worker = '', key = '', again = null] = text.split(' ')
    return { transformer: '/project/src/transformer.js', path, input, worker, key, again }
  })
}

const found = (cacheKeys: ProcessKey[], given: GivenFacts = {}, row: Partial<TransformReport> = {}) =>
  cacheNeverWarms(factsOf({ cacheKeys, ...given, report: { transforms: [{ ...transform, ...row }] } }))

describe('cacheNeverWarms', () => {
  test('finds a transformer whose key changes when it is requested again', () => {
    expect(found(keys('a i 1 k1 k2', 'b i 1 k3 k4'))).toEqual([
      {
        id: 'cache-never-warms:src/transformer.js',
        confidence: 'high',
        title:
          "Jest's transform cache never warms: getCacheKey of src/transformer.js returns a new key in every run",
        evidence:
          'Called twice in one process for 2 files, it returned different keys. 10 of 10 files had to be ' +
          'transformed, which took 950 ms (10 % of the time of all test files).',
        remedy: expect.stringContaining('not on a time, random value, process id'),
        costMs: 950,
        savings: { files: new Map() },
      },
    ])
  })

  test('suggests to change the config if the transformer is a package', () => {
    const transformer = '/project/node_modules/babel-jest/build/index.js'
    const cacheKeys = keys('a i 1 k1 k2').map(entry => ({ ...entry, transformer }))
    expect(found(cacheKeys, {}, { transformer: 'babel-jest' })).toMatchObject([
      { id: 'cache-never-warms:babel-jest', remedy: expect.stringMatching(/^Its config/) },
    ])
  })

  test('finds a transformer whose keys differ between workers', () => {
    expect(found(keys('a i 1 k1 k1', 'a i 2 k2', 'b i 1 k3'))).toMatchObject([
      { confidence: 'medium', title: expect.stringMatching(/returns a new key in every worker$/) },
    ])
  })

  test('finds a transformer whose keys all differ from an earlier run', () => {
    const changedKeys = [{ transformer: '/project/src/transformer.js', files: 3 }]
    expect(found(keys('a i 1 k1 k1'), { changedKeys })).toMatchObject([
      {
        title: expect.stringMatching(/returns a new key in every run$/),
        evidence: expect.stringMatching(/^The keys of 3 files differ from those of an earlier run/),
      },
    ])
  })

  test.each<[string, string[]]>([
    ['equal keys', ['a i 1 k1 k1', 'a i 2 k1']],
    ['keys that were requested once', ['a i 1 k1', 'b i 2 k2']],
    ['an equal key for one of several files', ['a i 1 k1 k2', 'b i 1 k3 k3']],
    ['an equal key in two of three workers', ['a i 1 k1', 'a i 2 k1', 'a i 3 k3']],
    [
      'an equal key in all workers for one of several files',
      ['a i 1 k1', 'a i 2 k2', 'b i 1 k3', 'b i 2 k3'],
    ],
    ['different inputs', ['a i 1 k1', 'a j 2 k2']],
    ['no keys', []],
  ])('finds nothing for %s', (_what, drawn) => {
    expect(found(keys(...drawn))).toEqual([])
  })

  test('finds nothing for a cache that serves most files', () => {
    const proof = keys('a i 1 k1 k2')
    expect(found(proof, {}, { cacheMisses: 4 })).toEqual([])
    expect(found(proof, {}, { cacheMisses: 5 })).toHaveLength(1)
    expect(found(proof, {}, { transformer: 'babel-jest' })).toEqual([])
  })
})
