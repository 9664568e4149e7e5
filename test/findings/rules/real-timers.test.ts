import { describe, expect, test } from '@jest/globals'
import { realTimers } from '../../../src/findings/rules/real-timers.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const sleeping: DrawnWait = {
  calls: ['src/wait.ts:12', 'test/a.test.ts:30'],
  count: 2,
  totalMs: 1000,
  test: 0,
}

describe('a timer that tests sleep through', () => {
  test('is found at the line of the project that started it, with all tests that waited', () => {
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
        title: 'Tests sleep through the real timer at src/wait.ts:12',
        evidence:
          '5.00 s in 6 waits for the timer started at src/wait.ts:12 (called from test/b.test.ts:7), in 3 tests.',
        remedy: expect.stringContaining('jest.useFakeTimers()'),
        costMs: 5000,
        position: { file: 'src/wait.ts', line: 12, column: 5 },
        shares: { inHooks: new Map() },
      },
    ])
  })

  test('is found behind a library that started it', () => {
    const calls = ['node:timers/promises:9', 'node_modules/delay/index.js:3', 'test/a.test.ts:30']
    const [found] = realTimers(factsOf({ records: [waitingFile([{ ...sleeping, calls }])] }))
    expect(found?.id).toBe('real-timers:test/a.test.ts:30')
    expect(found?.evidence).toBe('1.00 s in 2 waits for the timer started at test/a.test.ts:30, in 1 test.')
  })

  test('is said to be outside of tests where no test waited for it', () => {
    const { test: _, ...outside } = sleeping
    const [found] = realTimers(factsOf({ records: [waitingFile([outside])] }))
    expect(found?.evidence).toContain(', outside of tests.')
  })

  test('is less sure where the line starts an interval, which may tick beside other waits', () => {
    const sources = { 'src/wait.ts': `${'\n'.repeat(11)}setInterval(flush, 500)` }
    const [found] = realTimers(factsOf({ records: [waitingFile([sleeping])], sources }))
    expect(found?.confidence).toBe('medium')
  })
})

test.each<[string, DrawnWait]>([
  ['no call of the project', { ...sleeping, calls: ['node_modules/pg/index.js:3'] }],
  ['no known stack', { ...sleeping, calls: [] }],
  ['another kind of wait', { ...sleeping, kind: 'HTTP request' }],
  ['a thread that stood still', { ...sleeping, blocking: true }],
])('%s is no timer to sleep through', (_what, wait) => {
  expect(realTimers(factsOf({ records: [waitingFile([wait])] }))).toEqual([])
})

test('a polling loop is left to its own rule', () => {
  const sources = { 'src/wait.ts': `${'\n'.repeat(11)}while (!isReady()) await delay(50)` }
  expect(realTimers(factsOf({ records: [waitingFile([{ ...sleeping, count: 20 }])], sources }))).toEqual([])
  expect(realTimers(factsOf({ records: [waitingFile([{ ...sleeping, count: 20 }])] }))).toHaveLength(1)
})

test('a loop that some test waits for only once is still a polling loop, and one finding', () => {
  const sources = { 'src/wait.ts': `${'\n'.repeat(10)}while (!done()) {\n  await sleep(20)\n}` }
  const often = { ...sleeping, count: 20, totalMs: 400 }
  const records = [waitingFile([often, { ...sleeping, calls: ['src/wait.ts:12'], count: 1, test: 1 }])]
  expect(realTimers(factsOf({ records, sources }))).toEqual([])
})

test('a polling loop hides no other sleep in the same helper', () => {
  const sources = { 'test/a.test.ts': 'while (!isReady()) {\n  await sleep(20)\n}' }
  const helper = 'src/wait.ts:12'
  const polls = { ...sleeping, calls: [helper, 'test/a.test.ts:2'], count: 20, totalMs: 400 }
  const once = { ...polls, count: 1, test: 1 }
  const sleeps = { ...sleeping, calls: [helper, 'test/b.test.ts:7'], count: 1, totalMs: 2000, test: 2 }
  const [found, ...others] = realTimers(factsOf({ records: [waitingFile([polls, once, sleeps])], sources }))
  expect(found).toMatchObject({ id: 'real-timers:src/wait.ts:12', costMs: 2000 })
  expect(others).toEqual([])
})

test('a helper of several lines is not shown as its own caller', () => {
  const calls = ['src/wait.ts:12', 'src/wait.ts:11', 'test/a.test.ts:30']
  const [found] = realTimers(factsOf({ records: [waitingFile([{ ...sleeping, calls }])] }))
  expect(found?.evidence).toContain('(called from test/a.test.ts:30)')
})

test('a test in which the sampler saw the end of a wait too late is not counted', () => {
  const [found] = realTimers(
    factsOf({ records: [waitingFile([sleeping, { ...sleeping, test: 1, totalMs: 90, seenLate: true }])] }),
  )
  expect(found?.evidence).toContain('in 1 test.')
})
