import { describe, expect, test } from '@jest/globals'
import { serialAwaits } from '../../../src/findings/rules/serial-awaits.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const TEST = 'test/a.test.ts'
/** A test whose 4th line is the given one, in the loop of line 3. */
const testWith = (line: string, loop = 'for (const user of users) {') => ({
  [TEST]: [
    "test('signs up', async () => {",
    '  const names = []',
    `  ${loop}`,
    `    ${line}`,
    '  }',
    '})',
  ].join('\n'),
})
const requests: DrawnWait = {
  ...{ kind: 'HTTP request', calls: ['src/http.ts:9', `${TEST}:4`], count: 10, totalMs: 1000, test: 0 },
}
const found = (waits: DrawnWait[], sources: Record<string, string>) =>
  serialAwaits(factsOf({ records: [waitingFile(waits)], sources }))

test('requests that a loop awaits one by one are found, and cost what they would not take at once', () => {
  const waits = [requests, { ...requests, test: 1, count: 5, totalMs: 500 }]
  expect(found(waits, testWith('names.push(await create(user))'))).toEqual([
    {
      id: 'serial-awaits:test/a.test.ts:4',
      confidence: 'low',
      title: 'A loop awaits one thing after another at test/a.test.ts:4',
      evidence:
        '1.50 s in 15 waits (HTTP request) in 2 tests: the await of line 4 stands in the loop of line 3.',
      remedy: expect.stringContaining('Promise.all'),
      costMs: 1300,
      position: { file: TEST, line: 4, column: 5 },
    },
  ])
})

describe('nothing is said of', () => {
  const awaiting = testWith('names.push(await create(user))')

  test.each<[string, DrawnWait]>([
    ['fewer than three waits', { ...requests, count: 2 }],
    ['short waits', { ...requests, totalMs: 99 }],
    ['timers', { ...requests, kind: 'timer' }],
  ])('%s', (_what, wait) => {
    expect(found([wait], awaiting)).toEqual([])
  })

  test('waits outside of tests', () => {
    const { test: _, ...outside } = requests
    expect(found([outside], awaiting)).toEqual([])
  })

  test.each([
    [
      'what is started at once',
      testWith('await Promise.all(group.map(create))', 'for (const group of groups) {'),
    ],
    ['each one in a callback', testWith('await create(user)', 'users.map(async user => {')],
    [
      'a callback in a loop',
      testWith('run(async () => await create(user))', 'each(users, function (user) {'),
    ],
    ['a stream', testWith('await create(user)', 'for await (const user of users) {')],
    ['tries until it works', testWith('await create(user)', 'while (failed) {')],
    ['a counted loop', testWith('await create(user)', 'for (let page = 0; page < 3; page++) {')],
    ['a source that cannot be read', {}],
  ])('%s', (_what, sources) => {
    expect(found([requests], sources)).toEqual([])
  })

  test('an await after the loop', () => {
    const text = [
      "test('x', async () => {",
      '  for (const a of b) c(a)',
      '',
      '  await create(user)',
      '})',
    ].join('\n')
    expect(found([requests], { [TEST]: text })).toEqual([])
  })
})
