// Jest's circus events as test windows: one span for each attempt at each test of a file.

import { types } from 'node:util'
import type { Circus } from '@jest/types'
import { monotonicMicros } from './clock.js'
import type { TestSpan, TestStatus } from './recording.js'

type Span = Omit<TestSpan, 'index' | 'name'> & { test: Circus.TestEntry }

export class TestLog {
  readonly #spans: Span[] = []
  /** The latest span of each test. */
  readonly #latest = new Map<Circus.TestEntry, Span>()
  #root: Circus.DescribeBlock | undefined

  /** Cheap, for it runs at every boundary between tests. */
  note(event: Circus.Event, state: Circus.State): void {
    if (event.name === 'run_start') {
      this.#root = state.rootDescribeBlock
      for (const test of testsOf(this.#root)) if (test.concurrent) this.#timeConcurrent(test)
    } else if (event.name === 'test_start') this.#start(event.test)
    else if (event.name === 'test_skip') this.#end(event.test, 'skipped')
    else if (event.name === 'test_todo') this.#end(event.test, 'todo')
    else if (event.name === 'test_done')
      this.#end(event.test, event.test.errors.length > 0 ? 'failed' : 'passed')
    else if (event.name === 'test_fn_success' || event.name === 'test_fn_failure') {
      if (event.test.concurrent) this.#endFunction(event.test)
    }
  }

  /** All spans with times since `start`; one that is still open ends `now`. */
  spans(start: number, now: number): TestSpan[] {
    const positions = new Map(testsOf(this.#root).map((test, index) => [test, index]))
    return this.#spans.map(({ test, ...span }) => ({
      ...span,
      index: positions.get(test) ?? -1,
      name: nameOf(test),
      start: span.start - start,
      end:
        (span.status === 'unfinished' && span.end < span.start ? now : Math.max(span.end, span.start)) -
        start,
    }))
  }

  #start(test: Circus.TestEntry): void {
    const known = this.#latest.get(test)
    // Jest 29 runs the functions of concurrent tests before it announces the tests.
    if (test.concurrent && known !== undefined && known.attempt === test.invocations) return
    this.#open(test)
  }

  #open(test: Circus.TestEntry): Span {
    const { concurrent } = test
    const attempt = Math.max(test.invocations, 1)
    const span: Span = {
      test,
      attempt,
      concurrent,
      status: 'unfinished',
      start: 0,
      end: -1,
    }
    this.#latest.set(test, span)
    this.#spans.push(span)
    span.start = monotonicMicros()
    return span
  }

  #end(test: Circus.TestEntry, status: TestStatus): void {
    const now = monotonicMicros()
    const span = this.#latest.get(test) ?? this.#open(test)
    span.status = status
    if (status === 'skipped' || status === 'todo') {
      span.end = span.start
      return
    }
    if (span.concurrent) {
      if (span.end < 0) span.end = span.start
      return
    }
    span.end = now
  }

  // A concurrent test's own window is that of its function. Jest 29 starts those functions all at once and awaits
  // them one by one later, so its events tell nothing; the function itself does, in every version.
  #timeConcurrent(test: Circus.TestEntry): void {
    const { fn } = test
    if (fn === undefined || fn === null || types.isGeneratorFunction(fn)) return
    const log = this
    const timed = function (this: unknown, ...args: unknown[]): unknown {
      log.#startFunction(test)
      const end = () => log.#endFunction(test)
      let result: unknown
      try {
        result = Reflect.apply(fn, this, args)
      } catch (error) {
        end()
        throw error
      }
      if (types.isPromise(result)) result.then(end, end)
      else end()
      return result
    }
    Object.defineProperties(timed, Object.getOwnPropertyDescriptors(fn))
    test.fn = timed as Circus.TestFn
  }

  #startFunction(test: Circus.TestEntry): void {
    const known = this.#latest.get(test)
    const announced = known !== undefined && known.end < 0 && known.status === 'unfinished'
    const span = announced ? known : this.#open(test)
    span.start = monotonicMicros()
  }

  #endFunction(test: Circus.TestEntry): void {
    const span = this.#latest.get(test)
    if (span !== undefined && span.end < 0) span.end = monotonicMicros()
  }
}

// The order of Jest's results: https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-circus/src/utils.ts
function testsOf(block: Circus.DescribeBlock | undefined): Circus.TestEntry[] {
  if (block === undefined) return []
  return block.children.flatMap(child => (child.type === 'describeBlock' ? testsOf(child) : [child]))
}

function nameOf(test: Circus.TestEntry): string[] {
  const names = [String(test.name)]
  for (let block: Circus.DescribeBlock | undefined = test.parent; block?.parent; block = block.parent) {
    names.unshift(String(block.name))
  }
  return names
}
