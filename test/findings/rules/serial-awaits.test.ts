import { describe, expect, test } from '@jest/globals'
import { serialAwaits } from '../../../src/findings/rules/serial-awaits.js'
import { fileKey } from '../../../src/profile/paths.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const TEST = 'test/a.test.ts'
/** A test with the given 4th line, in the loop on line 3. */
const testWith = (line: string, loop = 'for (const user of users) {', end = '}') => ({
  [TEST]: [
    "test('signs up', async () => {",
    '  const names = []',
    `  ${loop}`,
    `    ${line}`,
    `  ${end}`,
    '})',
  ].join('\n'),
})
const requests: DrawnWait = {
  ...{ kind: 'HTTP request', calls: ['src/http.ts:9', `${TEST}:4`], count: 10, totalMs: 1000, test: 0 },
}
const found = (waits: DrawnWait[], sources: Record<string, string>) =>
  serialAwaits(factsOf({ records: [waitingFile(waits)], sources }))

test('serialAwaits finds requests awaited one by one in a loop, and what concurrent requests would save', () => {
  const waits = [requests, { ...requests, test: 1, count: 5, totalMs: 500 }]
  expect(found(waits, testWith('names.push(await create(user))'))).toEqual([
    {
      id: 'serial-awaits:test/a.test.ts:4',
      confidence: 'low',
      title: 'Sequential awaits in a loop at test/a.test.ts:4',
      evidence:
        '1.50 s of waiting (HTTP request) in 2 tests, at most 100 ms at a time: the await on line 4 is in the loop on ' +
        'line 3.',
      remedy: expect.stringContaining('Promise.all'),
      costMs: 1300,
      savings: { files: new Map([[fileKey({ project: 'project-id', file: '/project/a.test.js' }), 1500]]) },
      position: { file: TEST, line: 4, column: 5 },
      shares: { inHooks: new Map() },
    },
  ])
})

describe('The cost of sequential awaits', () => {
  const processes: DrawnWait = { ...requests, kind: 'child process', count: 27, totalMs: 416 }

  test('excludes the longest of several waits', () => {
    const awaiting = testWith('names.push(await create(user))')
    expect(found([{ ...processes, longestMs: 104 }], awaiting)).toMatchObject([{ costMs: 312 }])
    expect(found([{ ...processes, count: 3, longestMs: 416 }], awaiting)).toMatchObject([{ costMs: 0 }])
  })

  test('excludes the mean iteration if the source shows the number of iterations', () => {
    const loop = "for (const user of ['a', 'b', 'c', 'd',]) {"
    expect(found([processes], testWith('await create(user)', loop))).toMatchObject([
      {
        costMs: 312,
        evidence:
          '416 ms of waiting (child process) in 1 test, at most 15 ms at a time: the await on line 4 is in the loop on line 3, which has 4 iterations.',
      },
    ])
    const spread = 'for (const user of [...users]) {'
    expect(found([processes], testWith('await create(user)', spread))[0]?.evidence).not.toContain(
      'iterations',
    )
  })
})

describe('serialAwaits in a loop', () => {
  test.each([
    'out = (await sh(out)).trim()',
    'if (token === undefined) token = await logIn(user, token)',
    'this.cursor = await page(user, this.cursor)',
    'state.token = await logIn(user, state)',
    'state = await step(user, state.next)',
    '[first, last] = await step(first)',
    '({ first, last } = await step(last))',
    'sum += (await step(user, sum)).length',
    'names.push(await create(user, names.at(-1)))',
  ])('ignores an iteration that needs the result of the previous one: %s', line => {
    expect(found([requests], testWith(line))).toEqual([])
  })

  test.each([
    'const out = (await sh(user)).trim(); check(out)',
    'const { out } = await sh(user); out.checked = use(out)',
    'user.id = await create(user)',
    'sum += (await create(user)).length',
    'last = await create(user)',
    'sizes[user] = await create(user)',
    'names.push(await create(user))',
    'if (user.age >= 3 && user.name !== last) await create(user, (found) => found == last)',
  ])('finds independent iterations: %s', line => {
    expect(found([requests], testWith(line))).toHaveLength(1)
  })
})

describe('serialAwaits ignores', () => {
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
      'operations started at the same time',
      testWith('await Promise.all(group.map(create))', 'for (const group of groups) {'),
    ],
    ['an await in a callback', testWith('await create(user)', 'users.map(async user => {', '})')],
    ['a callback in a loop', testWith('run(async () => await create(user))', 'for (const user of users) {')],
    ['a for-await loop', testWith('await create(user)', 'for await (const user of users) {')],
    ['retries', testWith('await create(user)', 'while (failed) {')],
    ['a counted loop', testWith('await create(user)', 'for (let page = 0; page < 3; page++) {')],
    ['fewer than three iterations', testWith('await create(user)', 'for (const user of [anna, bob]) {')],
    ['a source that cannot be read', {}],
  ])('%s', (_what, sources) => {
    expect(found([requests], sources)).toEqual([])
  })

  test('an await in the header of the loop', () => {
    const sources = testWith('check(user)', 'for (const user of await create()) {')
    expect(found([{ ...requests, calls: [`${TEST}:3`] }], sources)).toEqual([])
  })

  test('a source that cannot be parsed', () => {
    expect(found([requests], testWith('names.push(await create(user)', undefined, '} }'))).toEqual([])
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
