import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { segmentTimes } from '../../src/attribution/segment-times.js'
import { type WaitSum, waitSums } from '../../src/attribution/wait-sums.js'
import type { TestSpan } from '../../src/recording/recording.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type DrawnResource, type DrawnWaits, withWaits } from '../support/waits.js'

/** `kind ×count total: stack (tests)` for each sum, with an exclamation mark when it is blocking. */
function shown(recording: ResolvedRecording): string[] {
  return waitSums(recording).map(({ kind, blocking, count, total, stack, tests }) => {
    const calls = stack.map(({ frame, line }) => `${frame.name}:${line}`).join(' < ')
    const byTest = [...tests].map(([index, micros]) => `t${index} ${micros}`).join(', ')
    return `${kind}${blocking ? '!' : ''} ×${count} ${total}: ${calls} (${byTest})`
  })
}

const TESTS = [span({ index: 0, start: 1000, end: 5000 }), span({ index: 1, start: 5000, end: 9000 })]

const recordingOf = (text: string, waits: DrawnWaits, tests: TestSpan[] = TESTS) =>
  withWaits(resolvedFromText(text, { tests }), waits)

const totalOf = (sums: readonly WaitSum[]) => sums.reduce((sum, { total }) => sum + total, 0)

/** Allows for the rounding to whole microseconds. */
function expectClose(sum: number, time: number | undefined): void {
  expect(Math.abs(sum - (time ?? Number.NaN))).toBeLessThanOrEqual(1)
}

const SLEEP = { stack: ['sleep', 'C[test]'] }
const FETCH: DrawnResource = { kind: 'HTTP request', stack: ['load'] }

describe('waitSums of idle time', () => {
  test('gives each hook the part of a wait that passed in it', () => {
    const hooks = {
      definitions: [{ type: 'beforeEach' as const, describe: [], site: -1 }],
      runs: { definition: [0], start: [1000], end: [2500], test: [0] },
    }
    const recording = resolvedFromText('0  2000  4000\nA  idle  A', { tests: TESTS, hooks })
    const sums = waitSums(withWaits(recording, { resources: [SLEEP], wakes: [[4000, 0]] }))
    expect(sums.map(({ total, hooks: inHooks }) => [total, [...inHooks]])).toEqual([[2000, [[0, 500]]]])
  })

  test('adds up waits by resource, with the calls that started it and the tests that waited', () => {
    const text = `
      0  1000  2000  3000  4000  6000  8000
      A  idle  A     idle  A     idle  A
    `
    const waits: DrawnWaits = {
      resources: [SLEEP, FETCH],
      wakes: [
        [2000, 0],
        [4000, 1],
        [8000, 0],
      ],
    }
    expect(shown(recordingOf(text, waits))).toEqual([
      'timer ×2 3000: sleep:11 < C:12 (t0 1000, t1 2000)',
      'HTTP request ×1 1000: load:13 (t0 1000)',
    ])
  })

  test('splits a wait between the two tests that it spans, and counts it once', () => {
    expect(shown(recordingOf('0     7000\nidle  A', { resources: [SLEEP], wakes: [[7000, 0]] }))).toEqual([
      'timer ×1 7000: sleep:11 < C:12 (t0 4000, t1 2000)',
    ])
  })

  test('lists as waiters the tests that began before the wake-up, even if its sample was late', () => {
    const waited = (wokenAt: number) =>
      waitSums(recordingOf('0     7000\nidle  A', { resources: [SLEEP], wakes: [[wokenAt, 0]] })).map(
        ({ tests, waiters }) => [[...tests.keys()], [...waiters]],
      )
    expect(waited(5000)).toEqual([[[0, 1], [0]]])
    expect(waited(5001)).toEqual([
      [
        [0, 1],
        [0, 1],
      ],
    ])
  })

  test('gives a wait outside of tests to no test', () => {
    expect(shown(recordingOf('9000  9900\nidle  A', { resources: [SLEEP], wakes: [[9900, 0]] }))).toEqual([
      'timer ×1 900: sleep:11 < C:12 ()',
    ])
  })

  test('gives a wait in a concurrent group to the test that started the resource, or to none', () => {
    const tests = TESTS.map(entry => ({ ...entry, start: 0, end: 9000, concurrent: true }))
    const waits: DrawnWaits = {
      resources: [{ ...SLEEP, test: 1 }, FETCH],
      wakes: [
        [2000, 0],
        [4000, 1],
      ],
    }
    expect(shown(recordingOf('0     4000\nidle  A', waits, tests))).toEqual([
      'timer ×1 2000: sleep:11 < C:12 (t1 2000)',
      'HTTP request ×1 2000: load:13 ()',
    ])
  })

  test('identifies tests by their position in the file, not in the recording', () => {
    const tests = [
      span({ index: 3, start: 0, end: 9000, concurrent: true }),
      span({ index: 7, start: 0, end: 9000, concurrent: true }),
    ]
    const waits: DrawnWaits = { resources: [{ ...SLEEP, test: 1 }], wakes: [[4000, 0]] }
    expect(shown(recordingOf('0     4000\nidle  A', waits, tests))).toEqual([
      'timer ×1 4000: sleep:11 < C:12 (t7 4000)',
    ])
  })

  test('labels a wait without a user’s wake-up as unexplained, and as not recorded when waits were not recorded', () => {
    const text = '0     3000\nidle  A'
    expect(shown(recordingOf(text, { resources: [], wakes: [] }))).toEqual([
      'unexplained ×1 3000:  (t0 2000)',
    ])
    expect(shown(resolvedFromText(text, { tests: TESTS }))).toEqual(['not recorded ×1 3000:  (t0 2000)'])
  })

  test('counts a sleep once, even if its end was sampled late', () => {
    expect(shown(recordingOf('0     7400\nidle  A', { resources: [SLEEP], wakes: [[7000, 0]] }, []))).toEqual(
      ['timer ×1 7400: sleep:11 < C:12 ()'],
    )
  })

  test('adds up to the idle time of the recording and of each test that runs alone, and to the blocked time for synchronous calls', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { tests, header } = recording
        const sums = waitSums(recording)
        const idle = sums.filter(({ blocking }) => !blocking)
        const stoodStill = sums.filter(({ blocking }) => blocking)
        const [whole] = segmentTimes(recording, [{ start: 0, end: header.wallMicros }])
        expectClose(totalOf(idle), whole?.idle)
        expectClose(totalOf(stoodStill), whole?.blocked)
        for (const { total, tests: byTest } of sums)
          expect([...byTest.values()].reduce((sum, micros) => sum + micros, 0)).toBeLessThanOrEqual(total)
        if (tests.some(({ concurrent }) => concurrent)) return
        for (const { index, start, end } of tests) {
          const [own] = segmentTimes(recording, [{ start, end }])
          const waited = idle.reduce((sum, { tests: byTest }) => sum + (byTest.get(index) ?? 0), 0)
          expectClose(waited, own?.idle)
        }
      }),
    )
  })
})

describe('waitSums of synchronous calls that block the thread', () => {
  test('adds up calls by the function that made them, with its callers, but without Jest’s and Node’s functions', () => {
    const text = `
      0                              2000                           3000  6000
      J[jest]                        J[jest]                        A     J[jest]
      C[test]                        C[test]                              C[test]
      A                              A                                    A
      spawnSync[node:child_process]  spawnSync[node:child_process]        spawnSync[node:child_process]
                                     spawn[native]
    `
    expect(shown(resolvedFromText(text, { tests: TESTS, header: { wallMicros: 6500 } }))).toEqual([
      'child process (synchronous)! ×2 3500: A:1 < C:1 (t0 1000, t1 500)',
    ])
  })

  test('keeps calls of two functions apart, even if one follows the other', () => {
    const text = `
      0                     1000                  2000
      A                     B                     A
      readSync[node:fs]     readSync[node:fs]     readSync[node:fs]
    `
    expect(shown(resolvedFromText(text, { header: { wallMicros: 3000 } }))).toEqual([
      'file system (synchronous)! ×2 2000: A:1 ()',
      'file system (synchronous)! ×1 1000: B:1 ()',
    ])
  })

  test('keeps two kinds of calls of one function apart', () => {
    const text = `
      0                              1000
      A                              A
      spawnSync[node:child_process]  readFileSync[node:fs]
    `
    expect(shown(resolvedFromText(text, { header: { wallMicros: 3000 } }))).toEqual([
      'child process (synchronous)! ×1 1000: A:1 ()',
      'file system (synchronous)! ×1 2000: A:1 ()',
    ])
  })

  test('names a transformer’s own functions, and not the module that is transformed', () => {
    const text = `
      0
      A
      J[jest]
      transformSource[transform:@jest/transform]
      process[transform]
      T[transform:execa]
      spawnSync[transform:node:child_process]
      spawn[native]
    `
    expect(shown(resolvedFromText(text, { header: { wallMicros: 3000 } }))).toEqual([
      'child process (synchronous)! ×1 3000: T:1 < process:1 ()',
    ])
  })

  test('keeps the eight innermost functions', () => {
    const names = Array.from({ length: 10 }, (_, depth) => `f${depth}`)
    const recording = resolvedFromText(['0', ...names, 'readSync[node:fs]'].join('\n'))
    expect(waitSums(recording)[0]?.stack.map(({ frame }) => frame.name)).toEqual(
      names.toReversed().slice(0, 8),
    )
  })
})
