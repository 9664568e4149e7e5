import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { SiteTable } from '../../../src/collect/call-sites.js'
import { circusEvents, describeBlock, shownSpans, testEntry } from '../../support/circus.js'

let now = 0
jest.unstable_mockModule('../../../src/collect/clock.js', () => ({
  monotonicMicros: () => now,
}))
const { TestLog } = await import('../../../src/collect/events/test-log.js')

function file() {
  const root = describeBlock('ROOT_DESCRIBE_BLOCK')
  const log = new TestLog(new SiteTable(), '/project/a.test.js')
  return { root, log, circus: circusEvents(log, root) }
}

beforeEach(() => {
  now = 1000
})

describe('TestLog of sequential tests', () => {
  test('records spans from test_start to test_done, relative to the start of the recording', () => {
    const { root, log, circus } = file()
    const outer = describeBlock('outer', root)
    const one = testEntry('one', describeBlock('inner', outer))
    const two = testEntry('two', root)
    circus.runStart()
    now = 1100
    circus.start(one)
    now = 1150
    circus.done(one)
    now = 1200
    circus.start(two)
    now = 1275
    circus.done(two, new Error('no'))
    expect(shownSpans(log.spans(1000, 2000))).toEqual([
      'outer › inner › one#0 1 100-150 passed',
      'two#1 1 200-275 failed',
    ])
  })

  test('distinguishes tests with equal names by their position', () => {
    const { root, log, circus } = file()
    const tests = [testEntry('adds', root), testEntry('adds', root)]
    circus.runStart()
    for (const entry of tests) {
      circus.start(entry)
      now += 10
      circus.done(entry)
    }
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['adds#0 1 0-10 passed', 'adds#1 1 10-20 passed'])
  })

  test('numbers tests by their position in the file, in any order of execution', () => {
    const { root, log, circus } = file()
    const inner = testEntry('inner', describeBlock('block', root))
    const last = testEntry('last', root)
    circus.runStart()
    for (const entry of [last, inner]) {
      circus.start(entry)
      circus.done(entry)
    }
    expect(log.spans(1000, 2000).map(({ index }) => index)).toEqual([1, 0])
  })

  test('records each attempt as its own span, with its status', () => {
    const { root, log, circus } = file()
    const flaky = testEntry('flaky', root)
    circus.runStart()
    circus.start(flaky)
    now = 1010
    circus.done(flaky, new Error('no'))
    circus.send({ name: 'test_retry', test: flaky })
    now = 1020
    circus.start(flaky)
    now = 1040
    circus.done(flaky)
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['flaky#0 1 0-10 failed', 'flaky#0 2 20-40 passed'])
  })

  test('gives skipped and todo tests an empty span, even after test_start', () => {
    const { root, log, circus } = file()
    const [skipped, todo] = [testEntry('skipped', root), testEntry('todo', root)]
    circus.runStart()
    circus.start(skipped)
    now = 1005
    circus.skip(skipped)
    circus.todo(todo)
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['skipped#0 1 0-0 skipped', 'todo#1 1 5-5 todo'])
  })

  test('ends an unfinished test at the end of the process', () => {
    const { root, log, circus } = file()
    const cut = testEntry('cut', root)
    circus.runStart()
    circus.start(cut)
    expect(shownSpans(log.spans(1000, 1700))).toEqual(['cut#0 1 0-700 unfinished'])
  })
})

describe('TestLog: the running attempt', () => {
  test('current is the position of the running attempt, and -1 between attempts', () => {
    const { root, log, circus } = file()
    const [one, two] = [testEntry('one', root), testEntry('two', root)]
    circus.runStart()
    const seen = [log.current]
    for (const entry of [one, two]) {
      circus.start(entry)
      seen.push(log.current)
      circus.done(entry)
      seen.push(log.current)
    }
    expect(seen).toEqual([-1, 0, -1, 1, -1])
  })

  test('hasEnded is true after the end of an attempt, and false for an unknown attempt', () => {
    const { root, log, circus } = file()
    const one = testEntry('one', root)
    circus.runStart()
    circus.start(one)
    const before = log.hasEnded(0)
    circus.done(one)
    expect([before, log.hasEnded(0), log.hasEnded(1)]).toEqual([false, true, false])
  })
})

const deeply = new Function(
  'depth',
  'define',
  'const go = left => (left === 0 ? define() : go(left - 1)); go(depth)',
)

describe('TestLog: where a test is defined', () => {
  test('a span has the site of its test’s definition, and -1 when that was not reported', () => {
    const { root, log, circus } = file()
    const [known, unknown] = [testEntry('known', root), testEntry('unknown', root)]
    log.definitions.defined(known)
    circus.runStart()
    for (const entry of [known, unknown]) {
      circus.start(entry)
      circus.done(entry)
    }
    expect(log.spans(1000, 2000).map(({ site }) => site)).toEqual([0, -1])
  })

  test('sites are looked up for the longest tests first, within a time limit', () => {
    const sites = new SiteTable()
    const asked: number[] = []
    // Each lookup takes half of the time limit.
    sites.definition = () => {
      now += 125_000
      return asked.push(asked.length) - 1
    }
    const log = new TestLog(sites, '')
    const root = describeBlock('ROOT_DESCRIBE_BLOCK')
    const circus = circusEvents(log, root)
    const entries = ['short', 'long', 'shortest', 'short too'].map(name => testEntry(name, root))
    for (const entry of entries) log.definitions.defined(entry)
    circus.runStart()
    for (const entry of entries) {
      circus.start(entry)
      now += entry.name === 'long' ? 90 : 10
      circus.done(entry)
    }
    // Among equally long tests, the first one is looked up.
    expect(log.spans(1000, 2000).map(({ site }) => site)).toEqual([1, 0, -1, -1])
  })

  test.each(['in a describe block', 'outside of any'])(
    'a test %s is in the test file, even if deeply nested helpers define it',
    where => {
      const sites = new SiteTable()
      const here = fileURLToPath(import.meta.url)
      const log = new TestLog(sites, here)
      const root = describeBlock('ROOT_DESCRIBE_BLOCK')
      const circus = circusEvents(log, root)
      const block = where === 'outside of any' ? root : describeBlock('rules', root)
      const entry = testEntry('helped', block)
      // No frame of these calls is in this file.
      const define = log.definitions.defined.bind(log.definitions, entry)
      if (block !== root) log.definitions.describes(block)
      deeply(30, define)
      circus.runStart()
      circus.start(entry)
      const files: string[] = []
      const [span] = log.spans(1000, 2000)
      const { script } = sites.columns(path => files.push(path) - 1)
      expect(files[script[span?.site ?? -1] ?? -1]).toBe(here)
    },
  )
})

describe('TestLog: the hash of a test’s function', () => {
  const bodies = (...functions: unknown[]) => {
    const { root, log, circus } = file()
    const entries = functions.map((fn, index) => testEntry(`test ${index}`, root, { fn } as never))
    for (const entry of entries) log.definitions.defined(entry)
    circus.runStart()
    for (const entry of entries) circus.start(entry)
    return log.spans(0, 2000).map(({ body }) => body)
  }
  const read = (text: string) => new Function(`return ${text}`)() as unknown

  test('is equal for equal texts, and different for others', () => {
    const text = '() => { if (1 + 1 !== 2) throw new Error("wrong") }'
    const [one, same, other] = bodies(read(text), read(text), read(text.replace('2', '3')))
    expect(one).toMatch(/^.{11}$/)
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })

  test('ignores a toString method of the function', () => {
    const plain = read('() => { throw new Error("it cannot be") }')
    const disguised = Object.assign(read('() => { throw new Error("it cannot be") }') as object, {
      toString: () => 'something else',
    })
    const [one, same] = bodies(plain, disguised)
    expect(same).toBe(one)
  })

  test('is undefined for very short functions, and when there is no function', () => {
    expect(bodies(read('() => test(...params)'), undefined)).toEqual([undefined, undefined])
  })
})

describe('TestLog with contexts', () => {
  test('calls every test’s function in its own context, with its arguments and result', () => {
    const root = describeBlock('ROOT_DESCRIBE_BLOCK')
    const calls: number[] = []
    const log = new TestLog(new SiteTable(), '/project/a.test.js', (index, call) => {
      calls.push(index)
      return call()
    })
    const circus = circusEvents(log, root)
    const entries = ['one', 'two'].map(name =>
      testEntry(name, root, { fn: (value: number) => `${name} ${value}` }),
    )
    circus.runStart()
    const results = entries.map(entry => {
      circus.start(entry)
      const result = (entry.fn as unknown as (value: number) => string)(7)
      circus.done(entry)
      return result
    })
    expect(results).toEqual(['one 7', 'two 7'])
    expect(calls).toEqual([0, 1])
  })

  test('leaves the functions of sequential tests unwrapped when there are no contexts', () => {
    const { root, circus } = file()
    const fn = () => undefined
    const entry = testEntry('one', root, { fn })
    circus.runStart()
    expect(entry.fn).toBe(fn)
  })
})
