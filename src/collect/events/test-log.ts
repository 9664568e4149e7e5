// Circus's test events → one span for each attempt at each test of a file.

import { types } from 'node:util'
import { blockNames, type CircusOutcome, type CircusTest, wrapFunction } from '../../jest/circus.js'
import type { TestSpan } from '../../recording/recording.js'
import type { SiteTable } from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import { TestDefinitions } from './test-definitions.js'

type OpenSpan = Omit<TestSpan, 'index' | 'name' | 'site' | 'body'> & {
  test: CircusTest
  position: number
}

/** Calls a function of a test or hook; everything that it starts is attributed to the attempt `span`; -1: to none. */
export type CallInContext = (span: number, call: () => unknown) => unknown

export class TestLog {
  readonly #spans: OpenSpan[] = []
  readonly #latest = new Map<CircusTest, OpenSpan>()
  readonly definitions: TestDefinitions
  readonly #callInContext: CallInContext | undefined
  #tests: readonly CircusTest[] = []
  #current = -1

  /** `callInContext`, if given, calls the functions of all tests. */
  constructor(sites: SiteTable, testPath: string, callInContext?: CallInContext) {
    this.definitions = new TestDefinitions(sites, testPath)
    this.#callInContext = callInContext
  }

  /** Position of the current attempt, or -1; with concurrent tests, the last that began. */
  get current(): number {
    return this.#current
  }

  /** Position of the latest attempt; -1: none. */
  positionOf(test: CircusTest): number {
    return this.#latest.get(test)?.position ?? -1
  }

  hasEnded(test: number): boolean {
    return (this.#spans[test]?.end ?? -1) >= 0
  }

  /** Call before any test runs, with all tests of the file in the order of Jest's results. */
  begin(tests: readonly CircusTest[]): void {
    this.#tests = tests
    for (const test of tests) {
      if (test.concurrent || this.#callInContext !== undefined) this.#wrapFunction(test)
    }
  }

  testBegins(test: CircusTest): void {
    const known = this.#latest.get(test)
    // The functions of concurrent tests may run before the tests begin: see jest/circus.ts.
    if (test.concurrent && known !== undefined && known.attempt === test.invocations) return
    this.#open(test)
  }

  functionEnds(test: CircusTest): void {
    const span = this.#latest.get(test)
    if (test.concurrent && span !== undefined && span.end < 0) span.end = monotonicMicros()
  }

  testEnds(test: CircusTest, outcome: CircusOutcome): void {
    const now = monotonicMicros()
    const span = this.#latest.get(test) ?? this.#open(test)
    this.#current = -1
    span.status = outcome
    if (outcome === 'skipped' || outcome === 'todo') span.end = span.start
    else if (!span.concurrent) span.end = now
    else if (span.end < 0) span.end = span.start
  }

  /** Returns all spans, with times since `start`; one under way ends `now`. */
  spans(start: number, now: number): TestSpan[] {
    const positions = new Map(this.#tests.map((test, index) => [test, index]))
    const longestFirst = this.#spans.toSorted((a, b) => b.end - b.start - (a.end - a.start))
    const sites = this.definitions.sitesOf(longestFirst.map(({ test }) => test))
    return this.#spans.map(({ test, position: _, ...span }) => ({
      ...span,
      site: sites.get(test) ?? -1,
      ...this.definitions.bodyOf(test),
      index: positions.get(test) ?? -1,
      name: [...blockNames(test.parent), String(test.name)],
      start: span.start - start,
      end:
        (span.status === 'unfinished' && span.end < span.start ? now : Math.max(span.end, span.start)) -
        start,
    }))
  }

  #open(test: CircusTest): OpenSpan {
    const { concurrent } = test
    const attempt = Math.max(test.invocations, 1)
    const position = this.#spans.length
    const span: OpenSpan = { test, position, attempt, concurrent, status: 'unfinished', start: 0, end: -1 }
    this.#latest.set(test, span)
    this.#spans.push(span)
    this.#current = span.position
    span.start = monotonicMicros()
    return span
  }

  // A concurrent test's span is that of its function, because circus may report its events later: see jest/circus.ts.
  #wrapFunction(test: CircusTest): void {
    test.fn = wrapFunction(test.fn, call => {
      const span = test.concurrent ? this.#startFunction(test) : this.#current
      const run = () => (this.#callInContext === undefined ? call() : this.#callInContext(span, call))
      return test.concurrent ? this.#timed(test, run) : run()
    })
  }

  #timed(test: CircusTest, run: () => unknown): unknown {
    const end = () => this.functionEnds(test)
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

  #startFunction(test: CircusTest): number {
    const known = this.#latest.get(test)
    const announced = known !== undefined && known.end < 0 && known.status === 'unfinished'
    const span = announced ? known : this.#open(test)
    span.start = monotonicMicros()
    return span.position
  }
}
