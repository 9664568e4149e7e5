import { describe, expect, test } from '@jest/globals'
import { promiseHooks } from '../../../src/findings/rules/promise-hooks.js'
import type { Report } from '../../../src/report/report.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'
import { reportOf } from '../../support/run-record.js'

/** 500 ms of 5 s below the hook of AsyncLocalStorage, 100 ms of code that it runs. */
const profile = profileFromText(
  `
  t0                            t0                            t0
  emitInitScript[node]          init[node:async_hooks]        run[node:async_hooks]
  init[node:async_hooks]        _propagate[node:async_hooks]  A
`,
  { weight: 250_000 },
)

const foundIn = (run: Partial<Report['run']>) =>
  promiseHooks(factsOf({ profile, report: { run: { ...reportOf([]).run, ...run } } }))

describe('promiseHooks', () => {
  test('finds what hooks of promises take before Node 24, each part once', () => {
    expect(foundIn({ nodeVersion: 'v20.20.2', jestVersion: '30.5.2' })).toMatchObject([
      {
        id: 'promise-hooks',
        title: 'Node v20.20.2 calls a hook for each promise and callback',
        evidence: expect.stringMatching(
          /^500 ms, 10 % of CPU time: Jest 30\.5\.2 knows the running test by AsyncLocalStorage/,
        ),
        costMs: 500,
      },
    ])
  })

  test('does not accuse a Jest that does without', () => {
    const [found] = foundIn({ nodeVersion: 'v22.12.0', jestVersion: '29.7.0' })
    expect(found?.evidence).toContain('your code or a package uses AsyncLocalStorage')
  })

  test.each<[string, Partial<Report['run']>]>([
    ['Node 24, which needs no hook', { nodeVersion: 'v24.0.0' }],
    [
      '--detectOpenHandles, which has a finding of its own',
      { nodeVersion: 'v20.20.2', detectOpenHandles: true },
    ],
  ])('finds nothing with %s', (_what, run) => {
    expect(foundIn(run)).toEqual([])
  })

  test('finds nothing where it takes little of the CPU time', () => {
    const run = { ...reportOf([]).run, nodeVersion: 'v20.20.2' }
    const { totals } = factsOf({}).report
    const facts = factsOf({ profile, report: { run, totals: { ...totals, cpuMs: 10_100 } } })
    expect(promiseHooks(facts)).toEqual([])
  })
})
