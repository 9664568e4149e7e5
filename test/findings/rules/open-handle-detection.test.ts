import { expect, test } from '@jest/globals'
import { openHandleDetection } from '../../../src/findings/rules/open-handle-detection.js'
import { factsOf } from '../../support/facts.js'
import { profileFromText } from '../../support/profile-from-text.js'
import { reportOf } from '../../support/run-record.js'

const profile = profileFromText(
  `
  t0                                                            t0                                        t0
  A                                                             A                                         A
  promiseInitHookWithDestroyTracking[node:internal/async_hooks] emitInitNative[node:internal/async_hooks]
  registerDestroyHook[native]                                   initHook[jest:@jest/core]
`,
  { weight: 100_000 },
)

test('openHandleDetection finds the cost of tracking promises and handles, each part once', () => {
  const run = { ...reportOf([]).run, detectOpenHandles: true }
  expect(openHandleDetection(factsOf({ profile, report: { run } }))).toMatchObject([
    { id: 'open-handle-detection', costMs: 200, evidence: expect.stringMatching(/^200 ms, 4 % of CPU time/) },
  ])
})

test('openHandleDetection finds nothing without the option, because a test may have its own hooks', () => {
  expect(openHandleDetection(factsOf({ profile }))).toEqual([])
})
