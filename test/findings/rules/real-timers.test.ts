import { describe, expect, test } from '@jest/globals'
import { realTimers } from '../../../src/findings/rules/real-timers.js'
import { fileKey } from '../../../src/profile/paths.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const sleeping: DrawnWait = {
  calls: ['src/wait.ts:12', 'test/a.test.ts:30'],
  count: 2,
  totalMs: 1000,
  test: 0,
}

describe('realTimers', () => {
  test('finds a timer at the project’s line that started it, with all tests that waited', () => {
    const records = [
      waitingFile([sleeping, { ...sleeping, test: 1 }]),
      waitingFile(
        [{ ...sleeping, calls: ['src/wait.ts:12', 'test/b.test.ts:7'], totalMs: 3000 }],
        '/project/b.test.js',
      ),
    ]
    expect(realTimers(factsOf({ records }))).toEqual([
      {
        id: 'real-timers:src/wait.ts:12',
        confidence: 'high',
        title: 'Tests sleep through the real timer at src/wait.ts:12, called from test/b.test.ts:7',
        evidence:
          '5.00 s in 6 waits for the timer started at src/wait.ts:12 (called from test/b.test.ts:7), in 3 tests.',
        remedy: expect.stringContaining('jest.useFakeTimers()'),
        costMs: 5000,
        savings: {
          files: new Map([
            [fileKey({ project: 'project-id', file: '/project/a.test.js' }), 2000],
            [fileKey({ project: 'project-id', file: '/project/b.test.js' }), 3000],
          ]),
        },
        position: { file: 'src/wait.ts', line: 12, column: 5 },
        shares: { inHooks: new Map() },
      },
    ])
  })

  test('finds a timer that a library started', () => {
    const calls = ['node:timers/promises:9', 'node_modules/delay/index.js:3', 'test/a.test.ts:30']
    const [found] = realTimers(factsOf({ records: [waitingFile([{ ...sleeping, calls }])] }))
    expect(found?.id).toBe('real-timers:test/a.test.ts:30')
    expect(found?.evidence).toBe('1.00 s in 2 waits for the timer started at test/a.test.ts:30, in 1 test.')
  })

  describe('of a library with an option for it', () => {
    const WAIT = 'node_modules/@testing-library/user-event/dist/wait.js:9'
    const typing = (line: number): DrawnWait => ({
      ...sleeping,
      calls: [WAIT, `test/a.test.ts:${line}`],
      totalMs: 60,
    })

    test('is one finding for all places, however little is waited at each, with that option', () => {
      const waits = [3, 5, 7, 9].map(typing)
      const found = realTimers(
        factsOf({ records: [waitingFile([...waits, { ...typing(11), totalMs: 900 }, sleeping])] }),
      )
      expect(found.map(({ id }) => id)).toEqual([
        'real-timers:@testing-library/user-event',
        'real-timers:src/wait.ts:12',
      ])
      expect(found[0]).toMatchObject({
        title: 'Tests wait for timers of @testing-library/user-event',
        evidence:
          '1.14 s in 10 waits, in 1 test: test/a.test.ts:11, test/a.test.ts:3, test/a.test.ts:5 and 2 more.',
        patch: expect.stringContaining('delay: null'),
        trial: 'user-event-delay',
        costMs: 1140,
        position: { file: 'test/a.test.ts', line: 11 },
      })
    })

    test('is not reported for less than any other finding', () => {
      expect(realTimers(factsOf({ records: [waitingFile([typing(3)])] }))).toEqual([])
    })

    test('is not reported outside of tests and hooks', () => {
      const { test: _, ...outside } = { ...typing(3), totalMs: 2000 }
      expect(realTimers(factsOf({ records: [waitingFile([outside])] }))).toEqual([])
    })
  })

  test('finds a timer outside of tests and hooks, which tests cannot fake', () => {
    const { test: _, ...outside } = sleeping
    expect(realTimers(factsOf({ records: [waitingFile([outside])] }))).toMatchObject([
      {
        id: 'real-timers:src/wait.ts:12',
        confidence: 'medium',
        title:
          'Test files wait, outside of their tests, for the timer at src/wait.ts:12, called from test/a.test.ts:30',
        remedy: expect.stringMatching(/^Fake timers do not help there/),
      },
    ])
  })

  test('has medium confidence in a line that starts an interval, which may tick during other waits', () => {
    const sources = { 'src/wait.ts': `${'\n'.repeat(11)}setInterval(flush, 500)` }
    const [found] = realTimers(factsOf({ records: [waitingFile([sleeping])], sources }))
    expect(found?.confidence).toBe('medium')
  })
})

test.each<[string, DrawnWait]>([
  ['no call of the project', { ...sleeping, calls: ['node_modules/pg/index.js:3'] }],
  ['no known stack', { ...sleeping, calls: [] }],
  ['another kind of wait', { ...sleeping, kind: 'HTTP request' }],
  ['a blocked thread', { ...sleeping, blocking: true }],
])('realTimers ignores a wait with %s', (_what, wait) => {
  expect(realTimers(factsOf({ records: [waitingFile([wait])] }))).toEqual([])
})

test('realTimers leaves polling loops to the rule for polling', () => {
  const sources = { 'src/wait.ts': `${'\n'.repeat(11)}while (!isReady()) await delay(50)` }
  expect(realTimers(factsOf({ records: [waitingFile([{ ...sleeping, count: 20 }])], sources }))).toEqual([])
  expect(realTimers(factsOf({ records: [waitingFile([{ ...sleeping, count: 20 }])] }))).toHaveLength(1)
})

test('realTimers also leaves a polling loop to that rule if a test waits for it only once', () => {
  const sources = { 'src/wait.ts': `${'\n'.repeat(10)}while (!done()) {\n  await sleep(20)\n}` }
  const often = { ...sleeping, count: 20, totalMs: 400 }
  const records = [waitingFile([often, { ...sleeping, calls: ['src/wait.ts:12'], count: 1, test: 1 }])]
  expect(realTimers(factsOf({ records, sources }))).toEqual([])
})

test('realTimers finds other sleeps in the helper of a polling loop', () => {
  const sources = { 'test/a.test.ts': 'while (!isReady()) {\n  await sleep(20)\n}' }
  const helper = 'src/wait.ts:12'
  const polls = { ...sleeping, calls: [helper, 'test/a.test.ts:2'], count: 20, totalMs: 400 }
  const once = { ...polls, count: 1, test: 1 }
  const sleeps = { ...sleeping, calls: [helper, 'test/b.test.ts:7'], count: 1, totalMs: 2000, test: 2 }
  const [found, ...others] = realTimers(factsOf({ records: [waitingFile([polls, once, sleeps])], sources }))
  expect(found).toMatchObject({ id: 'real-timers:src/wait.ts:12', costMs: 2000 })
  expect(others).toEqual([])
})

test('realTimers does not name a helper of several lines as its own caller', () => {
  const calls = ['src/wait.ts:12', 'src/wait.ts:11', 'test/a.test.ts:30']
  const [found] = realTimers(factsOf({ records: [waitingFile([{ ...sleeping, calls }])] }))
  expect(found?.evidence).toContain('(called from test/a.test.ts:30)')
})

test('realTimers does not count a test whose wait was seen to end late', () => {
  const [found] = realTimers(
    factsOf({ records: [waitingFile([sleeping, { ...sleeping, test: 1, totalMs: 90, seenLate: true }])] }),
  )
  expect(found?.evidence).toContain('in 1 test.')
})
