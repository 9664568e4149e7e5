import { describe, expect, test } from '@jest/globals'
import { jestExtensions } from '../../../src/findings/rules/jest-extensions.js'
import { NO_CALLER, type Phase, type StackIndex, TIMES } from '../../../src/profile/profile.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { Report } from '../../../src/report/report.js'
import { waitReport } from '../../support/account-rows.js'
import { factsOf } from '../../support/facts.js'
import { drawnFrame, drawnScope } from '../../support/profile-from-text.js'

interface Sampled {
  readonly phase: Phase
  readonly stack: readonly string[]
  readonly ms: number
  readonly file?: string
}

/** Findings of a run with these samples, whose files take 10 s. */
function found(samples: readonly Sampled[], report: Partial<Report> = {}) {
  const builder = new ProfileBuilder()
  for (const { phase, stack, ms, file = '/project/a.test.js' } of samples) {
    let caller: StackIndex | typeof NO_CALLER = NO_CALLER
    for (const name of stack) caller = builder.stack(builder.frame(drawnFrame(name)), caller)
    if (caller === NO_CALLER) throw new Error('a stack has frames')
    const scope = builder.scope({ ...drawnScope('-'), phase, file })
    builder.addSamples(caller, scope, { value: TIMES.cpu, start: 0, weight: 1000 * ms, count: 1 })
  }
  return jestExtensions(factsOf({ profile: builder.build(), report }))
}

const RESOLVE = ['require[jest:jest-runtime]', 'findNodeModule[jest:jest-resolve]']

describe('jestExtensions', () => {
  test('finds an environment by what its own code takes in each file, and by the waits that it started', () => {
    const at = { function: 'setup', file: 'src/A.js', line: 3, column: 1 }
    const waits = [waitReport({ kind: 'timer', totalMs: 900, startedAt: at, stack: [at] })]
    const samples = [
      { phase: 'environment', stack: ['runTest[jest]', 'A'], ms: 400 },
      { phase: 'environment', stack: ['runTest[jest]', 'A', 'B'], ms: 500, file: '/project/b.test.js' },
      { phase: 'teardown', stack: ['runTest[jest]', 'A', 'L[dependency:lodash]'], ms: 200 },
    ] as const
    expect(found(samples, { waits })).toMatchObject([
      {
        id: 'jest-extension:environment src/A.js',
        title: 'The environment src/A.js takes 2.00 s, 1.00 s in each of 2 test files',
        evidence:
          'Its code and what it calls ran for 1.10 s, 22 % of CPU time, and waits that it started took 900 ms. Most of it is in `A`.',
        costMs: 2000,
        position: { file: 'src/A.js', line: 1 },
      },
    ])
  })

  test('is not about code that only runs while an environment is torn down, such as a timer of the code under test', () => {
    expect(found([{ phase: 'teardown', stack: ['runTest[jest]', 'A'], ms: 5000 }])).toEqual([])
  })

  test('does not count what an environment extends', () => {
    const base = ['A', 'JSDOMEnvironment[jest:jest-environment-jsdom]', 'createWindow[dependency:jsdom]']
    expect(found([{ phase: 'environment', stack: base, ms: 5000 }])).toEqual([])
  })

  test('finds a resolver and a serializer, wherever Jest calls them, and not the code of tests', () => {
    const samples = [
      { phase: 'imports', stack: [...RESOLVE, 'A'], ms: 700 },
      { phase: 'tests', stack: ['C[test]', ...RESOLVE, 'A', 'fs[node:fs]'], ms: 500 },
      { phase: 'tests', stack: ['C[test]', 'print[jest:pretty-format]', 'B'], ms: 1300 },
      { phase: 'tests', stack: ['C[test]', 'B'], ms: 4000 },
    ] as const
    expect(found(samples).map(({ title, costMs }) => [title, costMs])).toEqual([
      ['The resolver src/A.js takes 1.20 s', 1200],
      ['The snapshot serializer src/B.js takes 1.30 s', 1300],
    ])
  })

  test('ignores less than a tenth of the time of all files', () => {
    expect(found([{ phase: 'imports', stack: [...RESOLVE, 'A'], ms: 999 }])).toEqual([])
  })
})
