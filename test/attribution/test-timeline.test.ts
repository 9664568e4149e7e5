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
  test('sequential tests own their windows, and the file owns the time between them', () => {
    expect(timeline(alone(0, 10, 20), alone(1, 30, 40))).toEqual(['10-20 t0.1', '30-40 t1.1'])
  })

  test('each attempt at a test owns its own window', () => {
    expect(timeline(alone(0, 0, 10), alone(1, 10, 20), alone(0, 20, 35, { attempt: 2 }))).toEqual([
      '0-10 t0.1',
      '10-20 t1.1',
      '20-35 t0.2',
    ])
  })

  test('skipped and todo tests own nothing, because their windows are empty', () => {
    expect(timeline(alone(0, 10, 10, { status: 'skipped' }), concurrent(1, 20, 20))).toEqual([])
  })

  test('concurrent tests with overlapping windows form one group, and others form another', () => {
    const tests = [concurrent(0, 0, 10), concurrent(1, 5, 20), concurrent(2, 15, 18), concurrent(3, 20, 30)]
    expect(concurrentGroups(tests)).toEqual([
      { start: 0, end: 20, tests: [0, 1, 2] },
      { start: 20, end: 30, tests: [3] },
    ])
    expect(timeline(...tests)).toEqual(['0-20 g0', '20-30 g1'])
  })

  test('a group lists its tests once each, in file order', () => {
    const tests = [concurrent(2, 0, 30), concurrent(0, 5, 10), concurrent(1, 6, 9), concurrent(1, 20, 25)]
    expect(concurrentGroups(tests)).toEqual([{ start: 0, end: 30, tests: [0, 1, 2] }])
  })

  test('a test that a group overlaps keeps its time before and after, and joins the group', () => {
    const tests = [alone(0, 0, 100), concurrent(1, 20, 30), concurrent(2, 50, 60)]
    expect(timeline(...tests)).toEqual(['0-20 t0.1', '20-30 g0', '30-50 t0.1', '50-60 g1', '60-100 t0.1'])
    expect(concurrentGroups(tests).map(group => group.tests)).toEqual([
      [0, 1],
      [0, 2],
    ])
  })

  test('a test that lies within a group owns no segment', () => {
    expect(timeline(alone(0, 20, 30), concurrent(1, 10, 40))).toEqual(['10-40 g0'])
  })

  describe('with recorded contexts', () => {
    const turned = (tests: TestSpan[], contexts: { time: number[]; test: number[] }) =>
      drawn(ownedSegments(tests, concurrentGroups(tests), contexts))

    test('the segments of a group are split among its tests', () => {
      const tests = [concurrent(0, 0, 30), concurrent(1, 5, 40)]
      expect(turned(tests, { time: [0, 5, 20, 30], test: [0, 1, 0, 1] })).toEqual([
        '0-5 g0 t0.1',
        '5-20 g0 t1.1',
        '20-30 g0 t0.1',
        '30-40 g0 t1.1',
      ])
    })

    test('the group itself owns the time before the first turn, in turns of no test, and in turns of tests that do not run', () => {
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

    test('a turn that began before the group continues within it', () => {
      const tests = [concurrent(0, 10, 20), concurrent(1, 12, 30)]
      expect(turned(tests, { time: [2, 4, 15], test: [1, 0, 1] })).toEqual(['10-15 g0 t0.1', '15-30 g0 t1.1'])
    })

    test('a test with an empty window owns no part of its turn', () => {
      const tests = [concurrent(0, 0, 20), alone(1, 5, 5)]
      expect(turned(tests, { time: [0, 2], test: [0, 1] })).toEqual(['0-2 g0 t0.1', '2-20 g0'])
    })

    test('a group without any turn is not split', () => {
      expect(turned([concurrent(0, 10, 20)], { time: [], test: [] })).toEqual(['10-20 g0'])
    })

    test('tests that run alone keep their windows, regardless of turns', () => {
      expect(turned([alone(0, 0, 10), alone(1, 10, 20)], { time: [5], test: [1] })).toEqual([
        '0-10 t0.1',
        '10-20 t1.1',
      ])
    })
  })

  test('segments are in order and never overlap, for any recording', () => {
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

describe('work for many tests, half of them concurrent', () => {
  /** Groups of one concurrent test each, whose start overlaps with a test that runs alone. */
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
    ['concurrentGroups', (tests: TestSpan[]) => concurrentGroups(tests)],
    ['ownedSegments', (tests: TestSpan[]) => timeline(...tests)],
    [
      'sharesThread',
      (tests: TestSpan[]) => {
        const groups = concurrentGroups(tests)
        return tests.map(entry => sharesThread(entry, groups))
      },
    ],
  ])('%s takes about twice the work for twice as many tests', (_of, work) => {
    const [some, twice] = [500, 1000].map(groups => {
      const { tests, reads } = drawnTests(groups)
      work(tests)
      return reads()
    })
    expect(twice).toBeLessThan(2.5 * (some ?? 0))
  })
})

describe('sharesThread', () => {
  test('is true for concurrent tests and tests that they overlap, and false for others', () => {
    const tests = [alone(0, 0, 10), alone(1, 10, 25), concurrent(2, 20, 30), alone(3, 30, 40)]
    const groups = concurrentGroups(tests)
    expect(tests.map(entry => sharesThread(entry, groups))).toEqual([false, true, true, false])
  })
})
