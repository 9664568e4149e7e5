import { expect, test } from '@jest/globals'
import { coverageCost } from '../../../src/findings/rules/coverage-cost.js'
import { fileKey } from '../../../src/profile/paths.js'
import type { Profile } from '../../../src/profile/profile.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'
import { reportOf } from '../../support/run-record.js'

const { schedule } = reportOf([])
const worker = {
  worker: 1,
  machine: 0,
  startedAtMs: 0,
  endedAtMs: 1,
  busyMs: 1,
  cpuMs: 1,
  blockedMs: 0,
  readyMs: 0,
}
const foundIn = (profile: Profile, files: number) =>
  coverageCost(factsOf({ profile, report: { schedule: { ...schedule, workers: [{ ...worker, files }] } } }))

const withBabel = profileFromText(
  `
  -                                             -                                             -                                             -                                             -
  getAllCoverageInfoCopy[jest:jest-runtime]     getAllCoverageInfoCopy[jest:jest-runtime]     babel[transform:@babel/core]                  A                                             A
  deepCyclicCopy[jest:jest-util]                deepCyclicCopy[jest:jest-util]                visitProgram[transform:babel-plugin-istanbul] cov_1ab9zk2xq                                 B
  deepCyclicCopy[jest:jest-util]                deepCyclicCopy[jest:jest-util]                visit[transform:istanbul-lib-instrument]
`,
  { weight: 100_000 },
)

const withV8 = profileFromText(
  `
  -                                             -                                             -
  collectV8Coverage[jest:jest-runtime]          stopCollectingV8Coverage[jest:jest-runtime]   getAllV8CoverageInfoCopy[jest:jest-runtime]
  start[dependency:collect-v8-coverage]         post[node]
`,
  { weight: 100_000 },
)

test('coverageCost adds up the parts of coverage in workers, each once', () => {
  expect(foundIn(withBabel, 10)).toEqual([
    {
      id: 'coverage-cost',
      confidence: 'high',
      title: 'Collecting coverage takes at least 8 % of CPU time in workers',
      evidence:
        'In 10 test files: copying all counters after each test file 200 ms, instrumenting code (cached until it changes) ' +
        '100 ms, counters that V8 has not inlined 100 ms. ' +
        'Compiling and running instrumented code also takes longer: that time is counted with the modules themselves.',
      remedy: expect.stringContaining('Exclude code that needs no coverage'),
      costMs: 400,
      savings: { files: new Map([[fileKey({ project: '', file: '/project/a.test.js' }), 400_000]]) },
      shares: { transformMs: 100 },
    },
  ])
})

test('coverageCost suggests V8 coverage only if counters cost more', () => {
  expect(foundIn(withBabel, 10)[0]?.remedy).not.toContain('v8')
  expect(foundIn(withBabel, 1)[0]?.remedy).not.toContain('v8')
  const much = profileFromText('-\ngetAllCoverageInfoCopy[jest:jest-runtime]', { weight: 400_000 })
  expect(foundIn(much, 1)[0]?.remedy).toContain("`coverageProvider: 'v8'`")
})

test('coverageCost suggests counters for expensive V8 coverage', () => {
  expect(foundIn(withV8, 2)).toMatchObject([
    {
      evidence: 'In 2 test files: starting, stopping and reading V8 coverage 300 ms.',
      remedy: expect.stringContaining("`coverageProvider: 'babel'`"),
      costMs: 300,
    },
  ])
})

test('coverageCost ignores functions of the project with the names of coverage functions', () => {
  const profile = profileFromText('-  -                       -\nA  getAllCoverageInfoCopy  cov_1ab9zk2xq', {
    weight: 500_000,
  })
  expect(foundIn(profile, 1)).toEqual([])
})

test('coverageCost finds nothing without coverage', () => {
  expect(foundIn(profileFromText('-\ncheckout', { weight: 400_000 }), 10)).toEqual([])
})
