import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { concurrentGroups, ownedSegments, sharesThread } from '../../src/attribution/timeline.js'
import type { TestSpan } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import { span } from '../support/recording.js'

const alone = (index: number, start: number, end: number, given: Partial<TestSpan> = {}) =>
  span({ index, start, end, ...given })
const concurrent = (index: number, start: number, end: number) =>
  span({ index, start, end, concurrent: true })

function drawn(segments: ReturnType<typeof ownedSegments>): string[] {
  return segments.map(({ start, end, owner }) => {
    const { test: index, attempt, group } = owner
    const names = [group === undefined ? [] : `g${group}`, index === undefined ? [] : `t${index}.${attempt}`]
    return [`${start}-${end}`, ...names.flat()].join(' ')
  })
}

const timeline = (...tests: TestSpan[]) => drawn(ownedSegments(tests, concurrentGroups(tests)))

describe('ownedSegments', () => {
  test('tests one after the other own their windows; what lies between is the file’s', () => {
    expect(timeline(alone(0, 10, 20), alone(1, 30, 40))).toEqual(['10-20 t0.1', '30-40 t1.1'])
  })

  test('every attempt at a test owns its own window', () => {
    expect(timeline(alone(0, 0, 10), alone(1, 10, 20), alone(0, 20, 35, { attempt: 2 }))).toEqual([
      '0-10 t0.1',
      '10-20 t1.1',
      '20-35 t0.2',
    ])
  })

  test('skipped and todo tests, whose windows have no length, own nothing', () => {
    expect(timeline(alone(0, 10, 10, { status: 'skipped' }), concurrent(1, 20, 20))).toEqual([])
  })

  test('concurrent tests whose windows meet are one group, others are another', () => {
    const tests = [concurrent(0, 0, 10), concurrent(1, 5, 20), concurrent(2, 15, 18), concurrent(3, 20, 30)]
    expect(concurrentGroups(tests)).toEqual([
      { start: 0, end: 20, tests: [0, 1, 2] },
      { start: 20, end: 30, tests: [3] },
    ])
    expect(timeline(...tests)).toEqual(['0-20 g0', '20-30 g1'])
  })

  test('a group has its tests in the order of the file, each once, whichever started first', () => {
    const tests = [concurrent(2, 0, 30), concurrent(0, 5, 10), concurrent(1, 6, 9), concurrent(1, 20, 25)]
    expect(concurrentGroups(tests)).toEqual([{ start: 0, end: 30, tests: [0, 1, 2] }])
  })

  test('a test that a group overtakes keeps what it has before and after, and joins the group', () => {
    const tests = [alone(0, 0, 100), concurrent(1, 20, 30), concurrent(2, 50, 60)]
    expect(timeline(...tests)).toEqual(['0-20 t0.1', '20-30 g0', '30-50 t0.1', '50-60 g1', '60-100 t0.1'])
    expect(concurrentGroups(tests).map(group => group.tests)).toEqual([
      [0, 1],
      [0, 2],
    ])
  })

  test('a test that lies within a group owns nothing of its own', () => {
    expect(timeline(alone(0, 20, 30), concurrent(1, 10, 40))).toEqual(['10-40 g0'])
  })

  describe('with what the thread turned to', () => {
    const turned = (tests: TestSpan[], contexts: { time: number[]; test: number[] }) =>
      drawn(ownedSegments(tests, concurrentGroups(tests), contexts))

    test('the tests of a group are distinguished; they stay in their group', () => {
      const tests = [concurrent(0, 0, 30), concurrent(1, 5, 40)]
      expect(turned(tests, { time: [0, 5, 20, 30], test: [0, 1, 0, 1] })).toEqual([
        '0-5 g0 t0.1',
        '5-20 g0 t1.1',
        '20-30 g0 t0.1',
        '30-40 g0 t1.1',
      ])
    })

    test('before its first turn, while it turned to nobody, and for a test that does not run, the time is the group’s', () => {
      const tests = [concurrent(0, 10, 20), concurrent(1, 15, 40), alone(2, 50, 60)]
      expect(turned(tests, { time: [12, 18, 25, 30], test: [0, -1, 2, 1] })).toEqual([
        '10-12 g0',
        '12-18 g0 t0.1',
        '18-25 g0',
        '25-30 g0',
        '30-40 g0 t1.1',
        '50-60 t2.1',
      ])
    })

    test('a turn that was taken before the group began holds into it', () => {
      const tests = [concurrent(0, 10, 20), concurrent(1, 12, 30)]
      expect(turned(tests, { time: [2, 4, 15], test: [1, 0, 1] })).toEqual(['10-15 g0 t0.1', '15-30 g0 t1.1'])
    })

    test('a test that took no time owns no timestamp of its turn', () => {
      const tests = [concurrent(0, 0, 20), alone(1, 5, 5)]
      expect(turned(tests, { time: [0, 2], test: [0, 1] })).toEqual(['0-2 g0 t0.1', '2-20 g0'])
    })

    test('without any turn the whole group is nobody’s alone', () => {
      expect(turned([concurrent(0, 10, 20)], { time: [], test: [] })).toEqual(['10-20 g0'])
    })

    test('tests that run alone keep their windows, whatever the thread turned to', () => {
      expect(turned([alone(0, 0, 10), alone(1, 10, 20)], { time: [5], test: [1] })).toEqual([
        '0-10 t0.1',
        '10-20 t1.1',
      ])
    })
  })

  test('segments are in order and never overlap', () => {
    fc.assert(
      fc.property(anyRecording, ({ tests, waits }) => {
        const segments = ownedSegments(tests, concurrentGroups(tests), waits?.contexts ?? undefined)
        segments.forEach(({ start, end }, position) => {
          expect(end).toBeGreaterThan(start)
          expect(start).toBeGreaterThanOrEqual(segments[position - 1]?.end ?? 0)
        })
      }),
    )
  })
})

describe('of twice as many tests, half of them concurrent, the work is about twice as much', () => {
  /** Each concurrent test is a group of its own, with a test that runs alone before it, over its start, and after it. */
  const drawnTests = (groups: number) => {
    let reads = 0
    const counted = (test: TestSpan): TestSpan => ({
      ...test,
      get start() {
        reads++
        return test.start
      },
      get end() {
        reads++
        return test.end
      },
    })
    const tests = Array.from({ length: groups }, (_, group) => [
      counted(alone(2 * group, 10 * group, 10 * group + 5)),
      counted(concurrent(2 * group + 1, 10 * group + 4, 10 * group + 8)),
    ]).flat()
    return { tests, reads: () => reads }
  }

  test.each([
    ['groups', (tests: TestSpan[]) => concurrentGroups(tests)],
    ['segments', (tests: TestSpan[]) => timeline(...tests)],
    [
      'what shares a thread',
      (tests: TestSpan[]) => {
        const groups = concurrentGroups(tests)
        return tests.map(entry => sharesThread(entry, groups))
      },
    ],
  ])('%s', (_of, work) => {
    const [some, twice] = [500, 1000].map(groups => {
      const { tests, reads } = drawnTests(groups)
      work(tests)
      return reads()
    })
    expect(twice).toBeLessThan(2.5 * (some ?? 0))
  })
})

describe('sharesThread', () => {
  test('concurrent tests and those that they overtake do, others do not', () => {
    const tests = [alone(0, 0, 10), alone(1, 10, 25), concurrent(2, 20, 30), alone(3, 30, 40)]
    const groups = concurrentGroups(tests)
    expect(tests.map(entry => sharesThread(entry, groups))).toEqual([false, true, true, false])
  })
})
