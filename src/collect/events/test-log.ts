// Jest's circus events as test windows: one span for each attempt at each test of a file.

import { types } from 'node:util'
import type { Circus } from '@jest/types'
import type { TestStatus } from '../../recording/enums.js'
import type { TestSpan } from '../../recording/recording.js'
import type { SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import { TestDefinitions } from './test-definitions.js'
import { wrapFunction } from './wrap-function.js'

type OpenSpan = Omit<TestSpan, 'index' | 'name' | 'site' | 'body'> & {
  test: Circus.TestEntry
  /** Among all spans. */
  position: number
}

/** Calls a test's or a hook's function such that all that it starts is known to be that attempt's; -1: nobody's. */
export type CallInContext = (span: number, call: () => unknown) => unknown

export class TestLog {
  readonly #spans: OpenSpan[] = []
  /** The latest span of each test. */
  readonly #latest = new Map<Circus.TestEntry, OpenSpan>()
  readonly #definitions: TestDefinitions
  readonly #callInContext: CallInContext | undefined
  #root: Circus.DescribeBlock | undefined
  #current = -1

  /** With `callInContext` every test's function runs by it. */
  constructor(sites: SiteTable, testPath: string, callInContext?: CallInContext) {
    this.#definitions = new TestDefinitions(sites, testPath)
    this.#callInContext = callInContext
  }

  /** Position of the attempt that runs now, -1 for none; of concurrent ones the last that began. */
  get current(): number {
    return this.#current
  }

  hasEnded(test: number): boolean {
    return (this.#spans[test]?.end ?? -1) >= 0
  }

  /** While `describe` is called, so that the stack leads to it. */
  describes(block: Circus.DescribeBlock): void {
    this.#definitions.describes(block)
  }

  /** While the definition is made, so that the stack leads to it. */
  defined(test: Circus.TestEntry): void {
    this.#definitions.defined(test)
  }

  /** Cheap, for it runs at every boundary between tests. */
  note(event: Circus.Event, state: Circus.State): void {
    if (event.name === 'run_start') {
      this.#root = state.rootDescribeBlock
      for (const test of testsOf(this.#root)) {
        if (test.concurrent || this.#callInContext !== undefined) this.#wrapFunction(test)
      }
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
    const longestFirst = this.#spans.toSorted((a, b) => b.end - b.start - (a.end - a.start))
    const sites = this.#definitions.sitesOf(longestFirst.map(({ test }) => test))
    return this.#spans.map(({ test, position: _, ...span }) => ({
      ...span,
      site: sites.get(test) ?? -1,
      ...this.#definitions.bodyOf(test),
      index: positions.get(test) ?? -1,
      name: [...describeNames(test.parent), String(test.name)],
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

  #open(test: Circus.TestEntry): OpenSpan {
    const { concurrent } = test
    const attempt = Math.max(test.invocations, 1)
    const span: OpenSpan = {
      test,
      position: this.#spans.length,
      attempt,
      concurrent,
      status: 'unfinished',
      start: 0,
      end: -1,
    }
    this.#latest.set(test, span)
    this.#spans.push(span)
    this.#current = span.position
    span.start = monotonicMicros()
    return span
  }

  #end(test: Circus.TestEntry, status: TestStatus): void {
    const now = monotonicMicros()
    const span = this.#latest.get(test) ?? this.#open(test)
    this.#current = -1
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
  #wrapFunction(test: Circus.TestEntry): void {
    test.fn = wrapFunction(test.fn, call => {
      const span = test.concurrent ? this.#startFunction(test) : this.#current
      const run = () => (this.#callInContext === undefined ? call() : this.#callInContext(span, call))
      return test.concurrent ? this.#timed(test, run) : run()
    })
  }

  #timed(test: Circus.TestEntry, run: () => unknown): unknown {
    const end = () => this.#endFunction(test)
    let result: unknown
    try {
      result = run()
    } catch (error) {
      end()
      throw error
    }
    if (types.isPromise(result)) result.then(end, end)
    else end()
    return result
  }

  #startFunction(test: Circus.TestEntry): number {
    const known = this.#latest.get(test)
    const announced = known !== undefined && known.end < 0 && known.status === 'unfinished'
    const span = announced ? known : this.#open(test)
    span.start = monotonicMicros()
    return span.position
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

/** Names of a describe block and those around it, outermost first, without circus's root. */
export function describeNames(block: Circus.DescribeBlock | undefined): string[] {
  const names: string[] = []
  for (let current = block; current?.parent; current = current.parent) names.unshift(String(current.name))
  return names
}
