// Jest's output for a failing test is the same as without the profiler, to the last character.

import { expect, test } from '@jest/globals'
import { NEWEST_NODE, OLDEST_NODE } from './support/node-versions.js'
import { createSuite } from './support/suite.js'

const SOURCE = `
exports.deep = n => { if (n > 0) return exports.deep(n - 1); throw new Error('deep') }
exports.later = () => new Promise((_, reject) => setTimeout(() => reject(new Error('later')), 5))
exports.afterAwait = async () => { await null; exports.deep(2) }
`

const FAILING = `
const { deep, later, afterAwait } = require('./source')
test('throws', () => { throw new Error('at once') })
test('throws deep down', () => { deep(3) })
test('throws deeper than stacks are kept', () => { deep(200) })
test('throws after an await', async () => { await 1; throw new Error('after an await') })
test('throws in a function that awaited', async () => { await afterAwait() })
test('rejects from a timer', async () => { await later() })
test('expects', () => { expect(1).toBe(2) })
test('expects of a promise', async () => { await expect(later()).resolves.toBe(1) })
test('is done with an error', done => { setTimeout(() => done(new Error('done')), 5) })
test('throws in a timer', done => { setTimeout(() => { throw new Error('in a timer') }, 5) })
test('takes too long', () => new Promise(() => {}), 50)
test('keeps fewer calls', () => {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 3
  try { deep(9) } finally { Error.stackTraceLimit = stackTraceLimit }
})
test('has a cause', () => { throw new Error('outer', { cause: new Error('inner') }) })
test('has several errors', () => Promise.any([Promise.reject(new Error('one')), later()]))
describe('with a beforeAll', () => {
  beforeAll(() => { throw new Error('before all') })
  test('never runs', () => {})
})
describe('with hooks of each', () => {
  beforeEach(async () => { await later() })
  afterEach(() => { throw new Error('after each') })
  test('never runs, too', () => {})
})
describe('with an afterAll', () => {
  afterAll(() => { deep(1) })
  test('runs', () => {})
})
test.each([1, 2])('throws for %d', n => { deep(n) })
test.concurrent('throws beside others', async () => { throw new Error('concurrent') })
test.concurrent('throws late beside others', async () => { await later() })
test('asks for what is missing', () => { require('./nope') })
test('rejects with a text', () => Promise.reject('a text'))
test('throws nothing', () => { throw undefined })
test('imports what is missing', async () => { await import('./nope.mjs') })
test('imports what throws', async () => { await import('./throws.mjs') })
`

const NATIVE = `
import { later, deep } from './source.js'
test('throws', () => { throw new Error('at once') })
test('throws deep down', () => { deep(3) })
test('rejects from a timer', async () => { await later() })
test('imports what is missing', async () => { await import('./nope.mjs') })
test('throws after an import', async () => { await import('./fine.mjs'); throw new Error('after an import') })
`

const FILES = {
  'source.js': SOURCE,
  'throws.mjs': "import './fine.mjs'\\nthrow new Error('while it is loaded')".replace('\\n', '\n'),
  'fine.mjs': 'export const fine = 1',
  'failing.test.js': FAILING,
  'native.test.mjs': NATIVE,
  'dom.test.js': `/** @jest-environment jsdom */\n${FAILING}`,
  'describing.test.js': "describe('a block', () => { throw new Error('while it describes') })",
  'loading.test.js': "require('./source').deep(1)\ntest('never runs', () => {})",
  'linking.test.mjs': "import './nope.mjs'\ntest('never runs', () => {})",
  'linked.test.mjs': "import './throws.mjs'\ntest('never runs', () => {})",
  // A test that throws in a timer ends at its limit.
  'jest.config.js':
    "module.exports = { testMatch: ['<rootDir>/*.test.*js'], transform: {}, testTimeout: 1000 }",
}

/** Jest 29 itself crashes on files that do not parse. */
const BROKEN = {
  'broken.mjs': 'export const = 1',
  'parsing.test.js': "test('imports what does not parse', async () => { await import('./broken.mjs') })",
}

interface JestsResults {
  numFailedTests: number
  testResults: {
    name: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[]
  }[]
}

/**
 * Which of Node's callbacks continues a chain of promises depends on earlier code and on the clock, so Node's own calls in a stack
 * vary. Jest does not print them.
 */
const BY_CHANCE =
  /\\n +at (?:runNextTicks|processTimers|processTicksAndRejections|process\.processTicksAndRejections) \(node:[^)]*\)/g

/** Every message, by file or test. */
function messagesOf(stdout: string): Record<string, string | string[]> {
  const { testResults } = JSON.parse(stdout.replaceAll(BY_CHANCE, '')) as JestsResults
  return Object.fromEntries(
    testResults.flatMap(({ name, message, assertionResults }) => {
      const file = name.split(/[/\\]/).at(-1)
      return [
        [`${file}`, message],
        ...assertionResults.map(({ fullName, status, failureMessages }): [string, string[]] => [
          `${file}: ${fullName} (${status})`,
          failureMessages ?? [],
        ]),
      ]
    }),
  )
}

/** Stacks depend on Jest and Node, so the oldest and newest versions of both are combined, each pair in one of the modes. */
const CELLS = [
  { jestMajor: '29', node: OLDEST_NODE, mode: '--runInBand' },
  { jestMajor: '29', node: NEWEST_NODE, mode: '--maxWorkers=2' },
  { jestMajor: '30', node: OLDEST_NODE, mode: '--maxWorkers=2' },
  { jestMajor: '30', node: NEWEST_NODE, mode: '--runInBand' },
] as const

test.each(CELLS)(
  'messages and stacks of failing tests are the same as without the profiler: Jest $jestMajor, Node $node, $mode',
  async ({ jestMajor, node, mode }) => {
    const files = jestMajor === '29' ? FILES : { ...FILES, ...BROKEN }
    const suite = await createSuite(jestMajor, { title: `failures-${node}`, files })
    const options = { node, nodeArgs: ['--experimental-vm-modules', '--no-warnings'] }
    const args = ['--json', '--no-color', mode]
    const plain = await suite.jest(args, options)
    const profiled = await suite.profile(args, options)
    const expected = messagesOf(plain.stdout)
    expect(Object.keys(expected).filter(name => name.includes('(failed)')).length).toBeGreaterThan(50)
    expect(messagesOf(profiled.stdout)).toEqual(expected)
    expect(profiled.exitCode).toBe(plain.exitCode)
    expect(profiled.report().missing).toEqual([])
  },
)
