import { expect, test } from '@jest/globals'
import type { Activity } from '../../src/recording/activity.js'
import type { NotedWhereabouts } from '../../src/recording/whereabouts.js'
import { StallWatch } from '../../src/run/stall-watch.js'

const LOOP: Activity = {
  projectId: 'p',
  testPath: '/app/test/a.test.js',
  doing: 'test',
  name: ['cart', 'adds'],
  sinceMs: 0,
}

function watch(stallSeconds = 30) {
  let [now, written] = [0, '']
  const activities = new Map<string, Activity>([['one', LOOP]])
  const whereabouts: { now: NotedWhereabouts | undefined } = { now: undefined }
  const stalls = new StallWatch({
    activities: { now: () => activities },
    stallSeconds,
    toShown: path => path.slice('/app/'.length),
    write: text => {
      written += text
    },
    now: () => now,
    steadyMs: () => now,
    whereabouts: () => whereabouts.now,
  })
  const at = (seconds: number) => {
    now = 1000 * seconds
    written = ''
    stalls.look()
    return written
  }
  return { at, activities, whereabouts }
}

test('a test is told once when it has run for long, and then at doubling times', () => {
  const { at } = watch()
  const told = [10, 29, 30, 31, 59, 60, 61, 119, 121, 239, 241].filter(seconds => at(seconds) !== '')
  expect(told).toEqual([30, 60, 121, 241])
  expect(watch().at(31)).toBe('jest-profiler: SLOW 31.0 s  test “cart › adds”  test/a.test.js\n')
})

test('what comes after it is told by its own time', () => {
  const { at, activities } = watch(5)
  expect(at(6)).not.toBe('')
  activities.set('one', { ...LOOP, doing: 'hook', name: ['cart', 'adds', 'afterEach'], sinceMs: 7000 })
  expect(at(11)).toBe('')
  expect(at(12)).toBe('jest-profiler: SLOW 5.00 s  hook afterEach of “cart › adds”  test/a.test.js\n')
  activities.clear()
  expect(at(100)).toBe('')
})

test('its place is told, unless that was noted of an earlier test', () => {
  const { at, whereabouts } = watch(30)
  const call = { function: 'checkAgain', file: '/app/src/backoff.js', line: 4, column: 3, sourceMap: null }
  const noted = { state: 'computing', kind: '', calls: [call], sinceMs: 0 } as const
  whereabouts.now = noted
  expect(at(31)).toMatch(/ {2}test\/a\.test\.js {2}in checkAgain src\/backoff\.js:4\n$/)
  whereabouts.now = { ...noted, state: 'waiting', kind: 'timer' }
  expect(at(61)).toMatch(/ {2}waits for timer src\/backoff\.js:4\n$/)
  whereabouts.now = { ...noted, state: 'blocked', calls: [] }
  expect(at(121)).toMatch(/ {2}in a synchronous call that does not return/)
  whereabouts.now = { ...noted, state: 'blocked', kind: 'sleep 9', calls: [] }
  expect(at(200)).toBe('')
  expect(at(241)).toMatch(/ {2}in a synchronous call, with the child process `sleep 9`\n$/)
  whereabouts.now = { ...noted, sinceMs: 100 }
  expect(at(481)).toMatch(/ {2}test\/a\.test\.js\n$/)
})

test('notes that cannot be read are tried again', () => {
  let reads = 0
  const stalls = new StallWatch({
    activities: {
      now() {
        reads++
        throw new Error('ENOENT')
      },
    },
    stallSeconds: 1,
    toShown: path => path,
    write: () => {
      throw new Error('nothing is known')
    },
    now: () => 1e9,
    steadyMs: () => 0,
    whereabouts: () => undefined,
  })
  stalls.look()
  stalls.look()
  expect(reads).toBe(2)
})

test('A clock that is set forward makes nothing slow', () => {
  let clock = 0
  let written = ''
  const stalls = new StallWatch({
    activities: { now: () => new Map<string, Activity>([['one', LOOP]]) },
    stallSeconds: 30,
    toShown: path => path,
    write: text => {
      written += text
    },
    now: () => clock,
    steadyMs: () => 1000,
    whereabouts: () => undefined,
  })
  clock = 7_200_000
  stalls.look()
  expect(written).toBe('')
})
