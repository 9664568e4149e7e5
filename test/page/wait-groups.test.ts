import { expect, test } from '@jest/globals'
import { waitGroups } from '../../src/page/data/wait-groups.js'
import { waitReport } from '../support/account-rows.js'

const call = (name: string, file: string, line = 1) => ({ function: name, file, line, column: 1 })

const drawn = (waits: Parameters<typeof waitGroups>[0]) =>
  waitGroups(waits).map(({ startedAt, count, totalMs, kinds }) => [
    startedAt === null ? null : `${startedAt.function} ${startedAt.file}:${startedAt.line}`,
    count,
    totalMs,
    kinds.map(({ kind }) => kind).join(),
  ])

test('waitGroups has one row for each function of own code, at the line with most of the time', () => {
  const waits = [
    waitReport({ kind: 'timer', startedAt: call('sleep', 'src/a.ts', 3), count: 2, totalMs: 20 }),
    waitReport({ kind: 'socket', startedAt: call('sleep', 'src/a.ts', 7), count: 1, totalMs: 30 }),
    waitReport({ kind: 'timer', startedAt: call('other', 'src/a.ts', 9), count: 1, totalMs: 10 }),
  ]
  expect(drawn(waits)).toEqual([
    ['sleep src/a.ts:7', 3, 50, 'socket,timer'],
    ['other src/a.ts:9', 1, 10, 'timer'],
  ])
})

test('waitGroups divides what a package waited for among the own code that called it', () => {
  const caller = (name: string, count: number, totalMs: number) => ({
    ...call(name, 'test/a.test.ts'),
    count,
    totalMs,
  })
  const waits = [
    waitReport({
      ...{ startedAt: call('waitFor', 'node_modules/dom/index.js'), count: 6, totalMs: 100 },
      callers: [caller('first', 3, 60), caller('second', 2, 30)],
    }),
    waitReport({ kind: 'unexplained', startedAt: null, count: 1, totalMs: 5 }),
  ]
  expect(drawn(waits)).toEqual([
    ['first test/a.test.ts:1', 3, 60, 'timer'],
    ['second test/a.test.ts:1', 2, 30, 'timer'],
    [null, 2, 15, 'timer,unexplained'],
  ])
})
