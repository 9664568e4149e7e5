// Where the tests of a file are defined, and what their functions read like. Stacks are captured while definitions are
// made, and read when the file has ended.

import type { Circus } from '@jest/types'
import {
  type CapturedStack,
  captureStack,
  DEFINITION_DEPTH,
  OUTERMOST_DEPTH,
  type SiteTable,
} from '../call-sites.js'
import { monotonicMicros } from '../clock.js'
import type { TestSpan } from '../recording.js'
import { bodyOf, bodyText } from './test-body.js'

/** Microseconds for which the lines of tests are looked up. */
const LONGEST_READING = 250_000

interface Definition {
  /** While it was made. */
  readonly stack: CapturedStack
  readonly text: string
}

interface Described {
  readonly stack: CapturedStack
  /** Known once it was asked for. */
  site?: number
}

export class TestDefinitions {
  readonly #tests = new Map<Circus.TestEntry, Definition>()
  /** Describe blocks, but for circus's root. */
  readonly #blocks = new Map<Circus.DescribeBlock, Described>()
  readonly #sites: SiteTable
  readonly #testPath: string

  constructor(sites: SiteTable, testPath: string) {
    this.#sites = sites
    this.#testPath = testPath
  }

  describes(block: Circus.DescribeBlock): void {
    this.#blocks.set(block, { stack: captureStack(this.describes, OUTERMOST_DEPTH) })
  }

  defined(test: Circus.TestEntry): void {
    const depth = this.#blocks.has(test.parent) ? DEFINITION_DEPTH : OUTERMOST_DEPTH
    // Its text before it is wrapped.
    this.#tests.set(test, { stack: captureStack(this.defined, depth), text: bodyText(test.fn) })
  }

  /** Sites of those that there is time for, the first ones first. */
  sitesOf(tests: readonly Circus.TestEntry[]): ReadonlyMap<Circus.TestEntry, number> {
    const sites = new Map<Circus.TestEntry, number>()
    const deadline = monotonicMicros() + LONGEST_READING
    // To find the line of a call, V8 goes through all calls before it in the same function: that of a test file's body may
    // have tens of thousands.
    for (const test of tests) {
      if (monotonicMicros() >= deadline) break
      const stack = this.#tests.get(test)?.stack
      if (stack === undefined || sites.has(test)) continue
      sites.set(
        test,
        this.#sites.definition(stack, this.#testPath, () => this.#siteAround(test.parent)),
      )
    }
    return sites
  }

  bodyOf(test: Circus.TestEntry): Pick<TestSpan, 'body'> {
    const body = bodyOf(this.#tests.get(test)?.text ?? '')
    return body === undefined ? {} : { body }
  }

  /** Where the test file describes the block, or one around it; -1: not known. */
  #siteAround(block: Circus.DescribeBlock): number {
    const described = this.#blocks.get(block)
    if (described === undefined) return -1
    described.site ??= this.#sites.siteIn(this.#testPath, described.stack)
    if (described.site >= 0 || block.parent === undefined) return described.site
    return this.#siteAround(block.parent)
  }
}
