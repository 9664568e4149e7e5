import { describe, expect, test } from '@jest/globals'
import { callSiteFinder } from '../../../src/findings/evidence/call-sites.js'
import { polling } from '../../../src/findings/rules/polling.js'
import { realTimers } from '../../../src/findings/rules/real-timers.js'
import { fileKey } from '../../../src/profile/paths.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const TEST = 'test/a.test.ts'
const asking: DrawnWait = {
  calls: ['test/until.ts:8', `${TEST}:30`],
  count: 10,
  totalMs: 500,
  test: 0,
}
/** The source of `until`, with the given 8th line and the lines around it. */
const until = (line: string, [above, below] = ['  while (!isReady()) {', '  }']) => ({
  'test/until.ts': [...'\n\n\n\n\n'.split('\n'), above, `    ${line}`, below].join('\n'),
})
const LOOP = until('await sleep(50)')

test('polling finds a timer with many short waits in each test', () => {
  const records = [waitingFile([asking, { ...asking, test: 1 }])]
  expect(polling(factsOf({ records, sources: LOOP }))).toEqual([
    {
      id: 'polling:test/until.ts:8',
      confidence: 'medium',
      title: 'A polling loop waits at test/until.ts:8',
      evidence:
        '1.00 s in 20 waits for the timer started at test/until.ts:8 (called from test/a.test.ts:30), in 2 tests: ' +
        '50 ms each.',
      remedy: expect.stringContaining('events.once'),
      costMs: 1000,
      savings: { files: new Map([[fileKey({ project: 'project-id', file: '/project/a.test.js' }), 1000]]) },
      position: { file: 'test/until.ts', line: 8, column: 5 },
      shares: { inHooks: new Map() },
    },
  ])
})

test('polling finds a library’s polling function at the project’s call, but no plain sleep', () => {
  const calls = ['waitForExpect node_modules/wait-for-expect/lib/index.js:40', `${TEST}:30`]
  const facts = factsOf({ records: [waitingFile([{ ...asking, calls }])], sources: { [TEST]: '' } })
  expect(polling(facts).map(({ id, remedy }) => [id, remedy])).toEqual([
    [`polling:${TEST}:30`, expect.stringContaining('a shorter interval saves nothing')],
  ])
  expect(realTimers(facts)).toEqual([])
  const slept = ['sleep node_modules/delay/index.js:3', `${TEST}:30`]
  const sleeping = factsOf({ records: [waitingFile([{ ...asking, calls: slept }])], sources: { [TEST]: '' } })
  expect(polling(sleeping)).toEqual([])
  expect(realTimers(sleeping)).toHaveLength(1)
})

test('the sources of waits that are too short for a finding are not read', () => {
  const read: string[] = []
  const readIn = (given: ReturnType<typeof factsOf>) => {
    read.length = 0
    const bodyOf: typeof given.bodyOf = file => {
      read.push(file)
      return given.bodyOf(file)
    }
    const facts = { ...given, bodyOf, callSiteOf: callSiteFinder(bodyOf) }
    return [...polling(facts), ...realTimers(facts)].length
  }
  // Two places of 60 ms each, of one function of the test: together they are worth a finding about that.
  const short = { ...asking, totalMs: 60 }
  const elsewhere = { ...short, calls: ['test/other.ts:3', `${TEST}:30`] }
  expect(readIn(factsOf({ records: [waitingFile([short])], sources: LOOP }))).toBe(0)
  expect(read).toEqual([])
  expect(readIn(factsOf({ records: [waitingFile([short, elsewhere])], sources: LOOP }))).toBeGreaterThan(0)
  expect(read).toContain('test/until.ts')
})

test('polling finds a timer with many waits in a hook', () => {
  const { test: _, ...inHook } = asking
  expect(polling(factsOf({ records: [waitingFile([inHook])], sources: LOOP }))).toHaveLength(1)
})

test.each<[string, DrawnWait[]]>([
  ['a few waits in each of many tests', [0, 1, 2, 3].map(index => ({ ...asking, count: 4, test: index }))],
  ['long waits', [{ ...asking, totalMs: 1010 }]],
  ['requests', [{ ...asking, kind: 'HTTP request' }]],
])('polling ignores %s', (_what, waits) => {
  expect(polling(factsOf({ records: [waitingFile(waits)], sources: LOOP }))).toEqual([])
})

describe('polling decides by the source', () => {
  test.each<[string, Record<string, string>, number]>([
    ['a loop with a condition', LOOP, 1],
    ['a loop without an end', until('await sleep(50)', ['  for (;;) {', '  }']), 1],
    [
      'a loop with a number of tries',
      until('if (isReady()) return', ['  for (let i = 0; i < 9; i++) {', '  }']),
      1,
    ],
    ['a loop until a time', until('await sleep(50)', ['  while (Date.now() < end) {', '  }']), 1],
    ['a loop on a flag', until('await sleep(50)', ['  while (open > 0) {', '  }']), 1],
    ['a do-while loop', until('await sleep(50)', ['  do {', '  } while (!isReady())']), 1],
    [
      'a counted loop with a second condition',
      until('await sleep(50)', ['  for (let n = 0; n < 9 && !end(); n++) {', '  }']),
      1,
    ],
    ['a counted loop', until('await sleep(50)', ['  for (let n = 0; n < 9; n++) {', '  }']), 0],
    [
      'a counted loop with a call in its condition',
      until('await sleep(5)', ['  for (let n = 0; n < f(1); n++) {', '  }']),
      0,
    ],
    ['a counted loop on one line', until('for (let n = 0; n < 9; n++) await sleep(50)', ['', '']), 0],
    [
      'a counted loop with a call in its initializer',
      until('await sleep(5)', ['  for (let n = f(1); n < 9; n++) {', '  }']),
      0,
    ],
    ['a counted while loop', until('await sleep(50 * ++n)', ['  while (n < 9) {', '  }']), 0],
    ['a while loop that counts itself', until('await sleep(50)', ['  while (left-- > 0) {', '  }']), 0],
    ['a while loop that counts down', until('await sleep(50)', ['  while (left--) {', '  }']), 0],
    ['a counted do-while loop', until('await sleep(50)', ['  do {', '  } while (++n < 9)']), 0],
    ['a loop along a linked list', until('await sleep(5)', ['  for (let a = b; a; a = a.next) {', '  }']), 0],
    ['a loop on one line', until('while (!isReady()) await sleep(50)', ['', '']), 1],
    [
      'an interval that ends',
      until('const timer = setInterval(check, 50)', ['', '  clearInterval(timer)']),
      1,
    ],
    [
      'a function whose name implies polling',
      { [TEST]: `${'\n'.repeat(29)}  await waitFor(() => shown())` },
      1,
    ],
    ['an interval that goes on', until('setInterval(flush, 50)', ['', '']), 0],
    ['a delay', until('setTimeout(answer, 50)', ['server.on(name, () => {', '})']), 0],
    ['a for-of loop', until('await sleep(50)', ['  for (const user of users) {', '  }']), 0],
    ['a source that cannot be read', {}, 0],
  ])('of %s', (_what, sources, findings) => {
    expect(polling(factsOf({ records: [waitingFile([asking])], sources }))).toHaveLength(findings)
  })
})

test('polling names the polling loop if its sleep is in a shared helper', () => {
  const loop = (name: string) => [`while (!${name}()) {`, '  await sleep(50)', '}'].join('\n')
  const sources = { 'test/a.test.ts': loop('isReady'), 'test/b.test.ts': loop('isOpen') }
  const calls = (path: string) => ['src/sleep.ts:3', `${path}:2`]
  const waits = [
    { ...asking, calls: calls('test/a.test.ts') },
    { ...asking, calls: calls('test/b.test.ts'), test: 1 },
  ]
  const found = polling(factsOf({ records: [waitingFile(waits)], sources }))
  expect(found.map(({ id, costMs }) => `${id} ${costMs}`)).toEqual([
    'polling:test/a.test.ts:2 500',
    'polling:test/b.test.ts:2 500',
  ])
  expect(found[0]?.evidence).toContain('the timer started at src/sleep.ts:3 (called from test/a.test.ts:2)')
})
