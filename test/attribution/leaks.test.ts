import { describe, expect, test } from '@jest/globals'
import { leaksOf } from '../../src/attribution/leaks.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type DrawnResource, type DrawnWaits, withWaits } from '../support/waits.js'

const SLEEP = { stack: ['sleep', 'C[test]'] }

const TESTS = [
  span({ index: 0, start: 0, end: 1000 }),
  span({ index: 4, start: 1000, end: 20_000 }),
  span({ index: 5, start: 20_000, end: 30_000 }),
]

const leaking = (text: string, waits: DrawnWaits) =>
  leaksOf(withWaits(resolvedFromText(text, { tests: TESTS, header: { wallMicros: 30_000 } }), waits))

describe('leaksOf', () => {
  const counted = (resources: DrawnWaits['resources'], leaks: NonNullable<DrawnWaits['leaks']>) =>
    leaking('0\nA', { resources, wakes: [], leaks })

  test('adds up the callbacks of each resource that ran in later tests', () => {
    const leaks = counted([{ ...SLEEP, test: 0 }], {
      resource: [0, 0, 0],
      during: [1, 2, 1],
      count: [3, 1, 1],
      micros: [30, 5, 1],
    })
    expect(leaks).toMatchObject([{ kind: 'timer', test: 0, during: [4, 5], count: 5, cpu: 36 }])
    expect(leaks[0]?.stack.map(({ frame, line, column }) => `${frame.name}:${line}:${column}`)).toEqual([
      'sleep:11:5',
      'C:12:5',
    ])
  })

  test('ignores Node’s own resources, and resources that no test created', () => {
    const columns = { resource: [0, 1], during: [1, 1], count: [1, 1], micros: [1, 1] }
    expect(counted([{ stack: [], test: 0 }, SLEEP], columns)).toEqual([])
  })

  test('lists resources whose stack was not read, without a stack', () => {
    const columns = { resource: [0], during: [1], count: [1], micros: [7] }
    expect(counted([{ stack: null, test: 0 }], columns)).toMatchObject([{ kind: 'timer', stack: [], cpu: 7 }])
  })

  test('finds no leaks when waits were not recorded', () => {
    expect(leaksOf(resolvedFromText('0\nA', { tests: TESTS }))).toEqual([])
  })
})

describe('a resource of an earlier test', () => {
  const worker: DrawnResource = { kind: 'worker', stack: ['ask'], test: 0 }
  const leaks = { resource: [0], during: [1], time: [9000], count: [1], micros: [40] }
  const text = '0  1500  9000  15000\nA  idle  B     A'

  test('is no leak when a later test waited for it', () => {
    expect(leaking(text, { resources: [worker], wakes: [[9000, 0]], leaks })).toEqual([])
  })

  test('is a leak when the later test waited for something else all the time', () => {
    const wakes: DrawnWaits['wakes'] = [
      [9000, 0],
      [15_000, 1, 1400],
    ]
    expect(leaking(text, { resources: [worker, { ...SLEEP, test: 1 }], wakes, leaks })).toMatchObject([
      { kind: 'worker', count: 1, cpu: 40, during: [4] },
    ])
  })
})

describe('the CPU time of a leak', () => {
  const resources = [
    { ...SLEEP, test: 0 },
    { stack: ['wait'], test: 1 },
  ]
  const leaks = { resource: [0], during: [1], time: [3000], count: [1], micros: [50] }
  const contexts = { time: [3000, 9000], test: [0, 1] }
  const wakes: DrawnWaits['wakes'] = [
    [3000, 0],
    [9000, 1, 1000],
  ]
  const cpuOf = (text: string, given: Partial<DrawnWaits> = {}) =>
    leaking(text, { resources, wakes, leaks, contexts, ...given }).map(({ cpu }) => cpu)

  test('includes the work that a callback starts, until the thread is idle', () => {
    expect(cpuOf('0     3020  4020  5020  7020\nidle  F     F     idle  F')).toEqual([50 + 1000])
  })

  test('includes the work that a callback starts, until the thread turns to another test', () => {
    expect(cpuOf('0     3020  8020  9020  29000\nidle  F     F     A     idle')).toEqual([50 + 1000])
  })

  test('includes the work that a callback starts, until the next leaked callback', () => {
    const twice = { resource: [0, 0], during: [1, 1], time: [3000, 5000], count: [1, 1], micros: [50, 60] }
    const text = '0     3500  5500  6500\nidle  F     F     idle'
    expect(cpuOf(text, { leaks: twice })).toEqual([50 + 2000 + 60 + 1000])
  })

  test('is the callback’s alone when contexts were not recorded', () => {
    expect(cpuOf('0     3060  5060\nidle  F     idle', { contexts: null })).toEqual([50])
  })
})
