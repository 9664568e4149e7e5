// A transformer with unstable cache keys never has a hit in Jest's cache, which is a finding; other reasons for misses are not.

import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { JEST_MAJORS, NEWEST_JEST } from './support/suite.js'
import { suiteWithTransformer, TRANSFORMER } from './support/transformer-suite.js'

const WORK = 'burn(60)'

/** The ids of findings; a cold cache is a caveat. */
const idsOf = ({ findings, caveats }: Report) => [
  ...findings.map(({ id }) => id),
  ...caveats.filter(text => text.startsWith("Jest's transform cache was cold")).map(() => 'cold-cache'),
]

describe.each(JEST_MAJORS)('a transform cache that never warms, under Jest %s', jestMajor => {
  test('is found in the first run when one file gets several keys', async () => {
    const key = 'source + path + performance.now()'
    const suite = await suiteWithTransformer(jestMajor, 'random-key', { key, process: WORK })
    const report = (await suite.profile(['-i'])).report()
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        id: `cache-never-warms:${TRANSFORMER}`,
        title: `Jest's transform cache never warms: getCacheKey of ${TRANSFORMER} returns a new key in every run`,
      }),
    )
    expect(idsOf(report)).not.toContain('cold-cache')
  })

  test('is found when each process has its own keys: in the first run of several workers, and in the second run of one', async () => {
    const drawn = { module: 'const salt = Math.random()', key: 'source + path + salt', process: WORK }
    const workers = await suiteWithTransformer(jestMajor, 'key-of-worker', drawn)
    const parallel = (await workers.profile(['-w', '2'])).report()
    expect(new Set(parallel.files.map(({ worker }) => worker)).size).toBe(2)
    expect(idsOf(parallel)).toContain(`cache-never-warms:${TRANSFORMER}`)
    const single = await suiteWithTransformer(jestMajor, 'key-of-process', drawn)
    expect(idsOf((await single.profile(['-i'])).report())).toEqual(expect.arrayContaining(['cold-cache']))
    const second = (await single.profile(['-i'])).report()
    expect(idsOf(second)).toContain(`cache-never-warms:${TRANSFORMER}`)
    expect(idsOf(second)).not.toContain('cold-cache')
    // The finding is saved with the run.
    const { stdout } = await single.command(['show'])
    expect(stdout).toContain('never warms')
  })
})

test('a cold cache, an edited file, a cleared cache and --no-cache are no transform cache that never warms', async () => {
  const suite = await suiteWithTransformer(NEWEST_JEST, 'stable-key', { process: WORK })
  const cold = (await suite.profile(['-w', '2'])).report()
  expect(idsOf(cold)).toContain('cold-cache')
  suite.write({ 'src/shared.js': 'module.exports = 1 // edited', 'setup.js': 'globalThis.isSetUp = 1' })
  const reports = [
    cold,
    (await suite.profile(['-i'])).report(),
    (await suite.profile(['-i', `--cacheDirectory=${join(suite.directory, '.other-cache')}`])).report(),
    (await suite.profile(['-i', '--no-cache'])).report(),
  ]
  for (const report of reports) expect(idsOf(report).join()).not.toContain('never-warms')
  const [, , , withoutCache] = reports.map(idsOf)
  expect(withoutCache).toContain('cache-off')
  expect(withoutCache).not.toContain('cold-cache')
})
