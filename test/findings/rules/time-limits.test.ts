import { describe, expect, test } from '@jest/globals'
import { nearTimeLimits, timedOutTests } from '../../../src/findings/rules/time-limits.js'
import type { TimeLimitReport } from '../../../src/report/time-limit-report.js'
import { factsOf, waitingFile } from '../../support/facts.js'

const call = (file: string, line: number) => ({ function: 'send', file, line, column: 1 })

function limit(given: Partial<TimeLimitReport> & { name?: string }): TimeLimitReport {
  const { name = 'replies', ...rest } = given
  return {
    file: 'a.test.js',
    project: '',
    test: { file: 'a.test.js', project: '', index: 0, name: [name], fullName: name },
    hook: null,
    limitMs: 5000,
    lastedMs: 5001,
    timedOut: true,
    awaitsDone: false,
    cpuMs: 12,
    readyMs: 0,
    open: [],
    ...rest,
  }
}

function factsWith(timeLimits: TimeLimitReport[]) {
  const facts = factsOf({ records: [waitingFile([])] })
  return { ...facts, report: { ...facts.report, timeLimits } }
}

const titles = (limits: TimeLimitReport[]) => timedOutTests(factsWith(limits)).map(({ title }) => title)

describe('Tests that timed out', () => {
  test('are told by what was pending, those with the same together', () => {
    const pending = [{ kind: 'HTTP request' as const, stack: [call('src/api.js', 12)] }]
    const [found, ...others] = timedOutTests(
      factsWith([limit({ open: pending }), limit({ name: 'asks', open: pending, awaitsDone: true })]),
    )
    expect(others).toEqual([])
    expect(found).toMatchObject({
      id: 'timed-out:src/api.js:12',
      title: '2 tests timed out: HTTP request src/api.js:12 was pending',
      evidence:
        '“replies” 5.00 s of 5.00 s (CPU 12 ms, no core 0 ms), “asks” 5.00 s of 5.00 s (CPU 12 ms, no core 0 ms). `done` was never called in 1 of them.',
      failures: { failed: 2, nearly: 0 },
      position: { file: 'src/api.js', line: 12, column: 1 },
    })
  })

  test.each([
    [{ readyMs: 4100 }, 'for most of that time, no core was free'],
    [{ cpuMs: 4000 }, 'the time went into computing'],
    [{ awaitsDone: true }, '`done` was never called'],
    [{}, 'it awaits a promise that nothing settles'],
    [{ open: null }, 'what it waited for was not recorded'],
    [{ open: null, cpuMs: null, readyMs: null }, 'what it waited for was not recorded'],
    [{ open: [{ kind: 'timer' as const, stack: [] }] }, 'it awaits a timer that its own code did not start'],
  ])('%j: %s', (given, why) => {
    expect(titles([limit(given)])).toEqual([`“replies” timed out: ${why}`])
  })

  test('may have computed for a test that timed out before', () => {
    const other = limit({
      test: { file: 'a.test.js', project: '', index: 1, name: ['asks'], fullName: 'asks' },
    })
    const evidenceOf = (limits: TimeLimitReport[]) => timedOutTests(factsWith(limits))[0]?.evidence
    expect(evidenceOf([limit({ cpuMs: 4000 }), other])).toMatch(/ may have run in that time\.$/)
    expect(evidenceOf([limit({ cpuMs: 4000 })])).not.toMatch(/may have run/)
  })

  test('may be hooks, of a test or a block', () => {
    const hook = { type: 'beforeEach' as const, describe: ['block'], file: 'a.test.js', line: 3, column: 1 }
    const facts = factsWith([
      limit({ hook, awaitsDone: true }),
      limit({ hook: { ...hook, type: 'beforeAll' }, test: null }),
    ])
    expect(timedOutTests(facts).map(({ title, position }) => [title, position?.line])).toEqual([
      ['beforeEach of “replies” timed out: `done` was never called', 3],
      ['beforeAll of block timed out: it awaits a promise that nothing settles', 3],
    ])
  })
})

describe('Tests that nearly timed out', () => {
  const near = { timedOut: false, lastedMs: 4300, open: null }

  test('are one finding, which says where no core was free', () => {
    const limits = [limit({ ...near, readyMs: 2500 }), limit({ ...near, name: 'asks' }), limit({})]
    expect(nearTimeLimits(factsWith(limits))).toEqual([
      expect.objectContaining({
        id: 'near-time-limit',
        title: '2 tests pass with less than a fifth of their time limit to spare',
        evidence: expect.stringContaining('“replies” 4.30 s of 5.00 s (CPU 12 ms, no core 2.50 s)'),
        remedy: expect.stringMatching(/^Some had no core for most of their time: use fewer workers/),
        failures: { failed: 0, nearly: 2 },
        costMs: 0,
      }),
    ])
  })

  test('are none if all are fast', () => {
    expect(nearTimeLimits(factsWith([limit({})]))).toEqual([])
  })
})
