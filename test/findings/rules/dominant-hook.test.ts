import { describe, expect, test } from '@jest/globals'
import { dominantHook } from '../../../src/findings/rules/dominant-hook.js'
import type { HookReport } from '../../../src/report/account-reports.js'
import type { Report } from '../../../src/report/report.js'
import { factsOf, NO_TIMES } from '../../support/facts.js'
import { reportOf } from '../../support/run-record.js'

const hook: HookReport = {
  ...{
    type: 'beforeEach',
    describe: ['shop'],
    file: 'test/shop.test.ts',
    line: 4,
    column: 3,
    count: 240,
    files: 2,
  },
  ...NO_TIMES,
  ...{ wallMs: 2000, cpuMs: 1900, idleMs: 100 },
}

/** The phases of a run in which tests take that many milliseconds. */
function phases(testingMs: number): Report['phases'] {
  const empty = reportOf([]).phases
  return { ...empty, tests: { ...empty.tests, wallMs: testingMs } }
}

const found = (hooks: HookReport[], testingMs = 9000) =>
  dominantHook(factsOf({ report: { hooks, phases: phases(testingMs) } }))

describe('dominantHook', () => {
  test('finds a hook with 20 % of the files’ time', () => {
    expect(found([hook])).toEqual([
      {
        id: 'dominant-hook:beforeEach:test/shop.test.ts:4',
        confidence: 'medium',
        title: 'The beforeEach hook at test/shop.test.ts:4 dominates',
        evidence: "It ran 240 times in 2 files: 2.00 s, 20 % of the files' time; CPU 1.90 s, waiting 100 ms.",
        remedy: expect.stringMatching(/^Set up in `beforeAll`/),
        costMs: 2000,
        savings: { files: new Map() },
        position: { file: 'test/shop.test.ts', line: 4, column: 3 },
      },
    ])
  })

  test('finds a hook with half of the time of hooks and tests', () => {
    expect(found([{ ...hook, wallMs: 500 }], 1000)).toHaveLength(1)
  })

  test('merges hooks that describe.each has multiplied', () => {
    const half = { ...hook, wallMs: 1000 }
    const [one, ...others] = found([half, { ...half, describe: ['bar'] }])
    expect(others).toEqual([])
    expect(one?.costMs).toBe(2000)
  })

  test('points to the waits of a hook that mostly waits', () => {
    const [one] = found([{ ...hook, cpuMs: 100, idleMs: 1900 }])
    expect(one?.remedy).toMatch(/^Most of it is waiting/)
  })

  test.each([
    ['kit', 'Import the package only in the test files that need it'],
    ['@testing-library/react', '`RTL_SKIP_AUTO_CLEANUP=true`'],
  ])('finds a hook that the package %s defines', (name, remedy) => {
    const [one] = found([{ ...hook, type: 'afterEach', file: `node_modules/${name}/dist/index.js` }])
    expect(one?.title).toBe(`The afterEach hook of ${name} dominates`)
    expect(one?.remedy).toContain(remedy)
  })

  test('finds a hook whose position is unknown', () => {
    const [one] = found([{ ...hook, file: '', line: 0, column: 0 }])
    expect(one).toMatchObject({ id: 'dominant-hook:beforeEach:shop', position: null })
  })
})

test.each<[string, HookReport, number]>([
  ['with a smaller share', { ...hook, wallMs: 1999 }, 9000],
  ['with half of very little time', { ...hook, wallMs: 199 }, 300],
])('dominantHook ignores a hook %s', (_what, given, testingMs) => {
  expect(found([given], testingMs)).toEqual([])
})
