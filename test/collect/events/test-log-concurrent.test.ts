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

describe('TestLog of concurrent tests', () => {
  /** Two concurrent tests whose functions run until `end`. */
  function concurrentTests() {
    const { root, log, circus } = file()
    const ends: (() => void)[] = []
    const fn = () => new Promise<void>(resolve => ends.push(resolve))
    const entries = ['one', 'two'].map(name => testEntry(name, root, { concurrent: true, fn }))
    const [one, two] = entries
    if (one === undefined || two === undefined) throw new Error('there are two')
    const call = (entry: typeof one) => (entry.fn as () => Promise<void>)()
    const end = async (position: number) => {
      ends[position]?.()
      await Promise.resolve()
      await Promise.resolve()
    }
    return { log, circus, one, two, call, end }
  }

  test('takes times from the functions in Jest 29, which runs them before it announces the tests', async () => {
    const { log, circus, one, two, call, end } = concurrentTests()
    circus.runStart()
    now = 1010
    void call(one)
    now = 1020
    void call(two)
    now = 1030
    await end(1)
    now = 1080
    await end(0)
    now = 1100
    for (const entry of [one, two]) {
      circus.start(entry)
      circus.send({ name: 'test_fn_success', test: entry })
      circus.done(entry)
    }
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['one#0 1 10-80 passed', 'two#1 1 20-30 passed'])
    expect(log.spans(1000, 2000).every(({ concurrent }) => concurrent)).toBe(true)
  })

  test('takes times from the functions in Jest 30.2 and later, which announce the tests first', async () => {
    const { log, circus, one, two, call, end } = concurrentTests()
    circus.runStart()
    circus.send({ name: 'concurrent_tests_start' as never })
    circus.start(one)
    circus.start(two)
    now = 1010
    void call(one)
    void call(two)
    now = 1040
    await end(1)
    circus.send({ name: 'test_fn_success', test: two })
    circus.done(two)
    now = 1060
    await end(0)
    circus.send({ name: 'test_fn_failure', test: one })
    circus.done(one, new Error('no'))
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['one#0 1 10-60 failed', 'two#1 1 10-40 passed'])
  })

  test('finds the span of a function without searching all spans', () => {
    const { root, log, circus } = file()
    const entries = Array.from({ length: 20 }, (_, index) =>
      testEntry(`test ${index}`, root, { concurrent: true }),
    )
    circus.runStart()
    for (const entry of entries) circus.start(entry)
    const search = jest.spyOn(Array.prototype, 'indexOf')
    for (const entry of entries) (entry.fn as () => void)()
    const searched = search.mock.contexts.filter(list => (list as unknown[]).length >= entries.length)
    search.mockRestore()
    expect(searched).toEqual([])
    expect(log.spans(1000, 2000)).toHaveLength(entries.length)
  })

  test('records a retry as another span', async () => {
    const { log, circus, one, call, end } = concurrentTests()
    circus.runStart()
    for (const [position, errors] of [
      [0, [new Error('no')]],
      [1, []],
    ] as const) {
      circus.start(one)
      now += 10
      void call(one)
      now += 10
      await end(position)
      circus.done(one, ...errors)
    }
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['one#0 1 10-20 failed', 'one#0 2 30-40 passed'])
  })

  test('ends an unfinished test at the end of the process, and one whose function has ended at that end', async () => {
    const { log, circus, one, two, call, end } = concurrentTests()
    circus.runStart()
    circus.start(one)
    circus.start(two)
    void call(one)
    void call(two)
    now = 1030
    await end(0)
    expect(shownSpans(log.spans(1000, 1500))).toEqual(['one#0 1 0-30 unfinished', 'two#1 1 0-500 unfinished'])
  })

  test('records a function that throws synchronously, and rethrows its error', () => {
    const { root, log, circus } = file()
    const fn = () => {
      now += 7
      throw new Error('at once')
    }
    const entry = testEntry('throws', root, { concurrent: true, fn })
    circus.runStart()
    expect(entry.fn).toThrow('at once')
    circus.start(entry)
    circus.done(entry, new Error('at once'))
    expect(shownSpans(log.spans(1000, 2000))).toEqual(['throws#0 1 0-7 failed'])
  })

  test('keeps the name, length, arguments, `this` and result of a function', () => {
    const { root, circus } = file()
    const seen: unknown[] = []
    function given(this: unknown, ...args: [number, number]) {
      seen.push(this, args)
      return 'result'
    }
    const entry = testEntry('kept', root, { concurrent: true, fn: given })
    circus.runStart()
    const self = {}
    expect(Reflect.apply(entry.fn as unknown as typeof given, self, [1, 2])).toBe('result')
    expect(seen).toEqual([self, [1, 2]])
    expect(seen[0]).toBe(self)
    expect([entry.fn.name, entry.fn.length]).toEqual(['given', given.length])
    expect(String(entry.fn)).not.toBe('')
  })
})
