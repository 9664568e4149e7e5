// Tests that do unusual things to async_hooks and timers pass as without the profiler, and are recorded.

import { expect, test } from '@jest/globals'
import { NODE_MAJORS, OLDEST_NODE } from './support/node-versions.js'
import { createSuite, NEWEST_JEST } from './support/suite.js'

const TESTS = `
const { AsyncLocalStorage, AsyncResource, createHook } = require('async_hooks')
const diagnostics = require('diagnostics_channel')
const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))

// When the stack overflows, the error may belong to any realm, and even a global may not be found in the sandbox.
test('endless recursion that creates timers ends with an error', () => {
  const recurse = () => {
    setTimeout(() => {}, 0)
    recurse()
  }
  expect(recurse).toThrow()
})

test('endless recursion of async functions, too', async () => {
  const recurse = async () => recurse()
  await expect(recurse()).rejects.toBeDefined()
})

test('async context is carried along', async () => {
  const storage = new AsyncLocalStorage()
  await storage.run('mine', async () => {
    await sleep(10)
    expect(storage.getStore()).toBe('mine')
    await new Promise(resolve => process.nextTick(resolve))
    expect(storage.getStore()).toBe('mine')
  })
  expect(storage.getStore()).toBeUndefined()
})

test('a hook of its own sees what it creates', async () => {
  const types = []
  const hook = createHook({ init: (id, type) => types.push(type) }).enable()
  await sleep(5)
  new AsyncResource('MINE').runInAsyncScope(() => {})
  hook.disable()
  expect(types).toEqual(expect.arrayContaining(['Timeout', 'MINE']))
})

test('stack traces are formatted as it wants, and the limit stays', () => {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.prepareStackTrace = () => 'mine'
  Error.stackTraceLimit = 3
  setTimeout(() => {}, 0)
  expect(new Error('now').stack).toBe('mine')
  expect(Error.stackTraceLimit).toBe(3)
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
})

test('replaces what belongs to Node', async () => {
  const saved = { subscribe: diagnostics.subscribe, hrtime: process.hrtime, emit: process.emit }
  diagnostics.subscribe = () => {
    throw new Error('replaced')
  }
  process.hrtime = () => {
    throw new Error('replaced')
  }
  await sleep(5)
  diagnostics.subscribe = saved.subscribe
  process.hrtime = saved.hrtime
})

test('freezes what it can, but for what Jest itself writes to', async () => {
  for (const each of [Promise, Promise.prototype, setTimeout, diagnostics]) Object.freeze(each)
  await sleep(5)
  expect(Object.isFrozen(Promise.prototype)).toBe(true)
})

test('functions keep their arity, so that callbacks are still asked for', done => {
  setTimeout(done, 5)
})

test('this is what Jest makes it', function () {
  expect(this).toBeDefined()
})

describe('hooks', () => {
  const calls = []
  beforeAll(done => {
    calls.push('callback')
    setTimeout(done, 5)
  })
  beforeAll(function* () {
    calls.push(yield sleep(5).then(() => 'generator'))
  })
  beforeEach(function () {
    this.mine = 'of the hook'
  })
  beforeEach(async () => {
    await sleep(5)
    calls.push('promise')
  })
  test('of every kind are awaited, and share what Jest makes of this', function () {
    expect(calls).toEqual(['callback', 'generator', 'promise'])
    expect(this.mine).toBe('of the hook')
  })
})
`

const CONFIG = `module.exports = {
  testEnvironment: 'jest-profiler/node',
  transform: {},
  reporters: ['default', ['jest-profiler/reporter', { waits: true }]],
}`

const TEST_COUNT = TESTS.match(/^ *test\(/gm)?.length ?? 0

/** async_hooks depend on Node, so every version is tested. Jest matters for the kinds of test functions. */
const CELLS = [
  ...NODE_MAJORS.map(node => ({ jestMajor: NEWEST_JEST, node })),
  { jestMajor: '29', node: OLDEST_NODE } as const,
]

test.each(CELLS)(
  'recording waits does not affect unusual tests, under Jest $jestMajor on Node $node',
  async ({ jestMajor, node }) => {
    const suite = await createSuite(jestMajor, {
      title: `unusual-tests-${node}`,
      files: {
        'jest.config.js': CONFIG,
        'unusual.test.js': TESTS,
        'after.test.js': "test('goes on', () => {})",
      },
    })
    const finished = await suite.jest(['-w', '2'], { node })
    expect(finished).toMatchObject({ exitCode: 0 })
    const { missing, files } = finished.report()
    expect(missing).toEqual([])
    expect(files.find(({ path }) => path === 'unusual.test.js')?.tests).toHaveLength(TEST_COUNT)
    // In Node 20 and 22 with hooks, a timer whose creation fails by a stack overflow stays counted: the process ends when the
    // next timer would have been due.
    expect(finished.stderr).not.toMatch(/^jest-profiler: (?!exiting the process took)/m)
  },
)

test('the summary is the same even if a test changes the terminal and the working directory', async () => {
  const suite = await createSuite(NEWEST_JEST, {
    title: 'unusual-terminal',
    files: {
      'jest.config.js': "module.exports = require('jest-profiler').withProfiler({ transform: {} })",
      'terminal.test.js': `test('pretends to be a small terminal', () => {
          process.stderr.isTTY = true
          process.stderr.columns = 10
          process.chdir(require('os').tmpdir())
        })`,
    },
  })
  const finished = await suite.jest(['-i'])
  expect(finished).toMatchObject({ exitCode: 0 })
  expect(finished.stderr).toMatch(/^ Where the time went\n {3}│[^\n]*│\n {3}environment /m)
  expect(finished.stderr).toContain(' Report  .jest-profiler/latest/report.html')
})

test.each(['29', '30'] as const)(
  'a test that runs jest-circus itself is recorded as one test, under Jest %s',
  async jestMajor => {
    const suite = await createSuite(jestMajor, {
      title: 'circus-in-a-test',
      files: {
        'jest.config.js': CONFIG,
        'inner.test.js': `
          test('runs circus', async () => {
            const circus = require('jest-circus')
            circus.beforeEach(() => new Promise(done => setTimeout(done, 5)))
            circus.test('inner', () => {})
            await circus.run()
          })
          test('goes on', () => {})`,
      },
    })
    const { missing, files } = (await suite.jest(['-i'])).report()
    expect(missing).toEqual([])
    expect(files[0]?.tests.map(({ fullName }) => fullName)).toEqual(['runs circus', 'goes on'])
  },
)
