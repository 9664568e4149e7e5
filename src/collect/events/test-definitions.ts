// Where the tests of a file are defined, and what their functions read like. Stacks are captured while definitions are
// made, and read when the file has ended.

import { createHash } from 'node:crypto'
import type { CircusBlock, CircusTest } from '../../jest/circus.js'
import type { TestSpan } from '../../recording/recording.js'
import {
  type CapturedStack,
  captureStack,
  DEFINITION_DEPTH,
  OUTERMOST_DEPTH,
  type SiteTable,
} from '../call-sites.js'
import { monotonicMicros } from '../clock.js'

/** Microseconds for which the lines of tests are looked up. */
const LONGEST_READING = 250_000

/** Many wrappers that make tests of rows are shorter, `() => test(...params)` of jest-each: their texts are all the same. */
const SHORTEST_TEXT = 32
/** Characters of base64: enough that no two tests of a file share them by chance. */
const LENGTH_OF_HASH = 11

// A test may have replaced it on its function's prototype.
const { toString: textOf } = Function.prototype

interface Definition {
  /** While it was made. */
  readonly stack: CapturedStack
  readonly text: string
}

interface DescribedBlock {
  readonly stack: CapturedStack
  /** Known once it was asked for. */
  site?: number
}

export class TestDefinitions {
  readonly #tests = new Map<CircusTest, Definition>()
  /** Describe blocks, but for circus's root. */
  readonly #blocks = new Map<CircusBlock, DescribedBlock>()
  readonly #sites: SiteTable
  readonly #testPath: string

  constructor(sites: SiteTable, testPath: string) {
    this.#sites = sites
    this.#testPath = testPath
  }

  /** While `describe` is called, so that the stack leads to it. */
  describes(block: CircusBlock): void {
    this.#blocks.set(block, { stack: captureStack(this.describes, OUTERMOST_DEPTH) })
  }

  /** While the definition is made. */
  defined(test: CircusTest): void {
    const depth = this.#blocks.has(test.parent) ? DEFINITION_DEPTH : OUTERMOST_DEPTH
    // Its text before it is wrapped.
    this.#tests.set(test, { stack: captureStack(this.defined, depth), text: textOfFunction(test.fn) })
  }

  /** Sites of those that there is time for, the first ones first. */
  sitesOf(tests: readonly CircusTest[]): ReadonlyMap<CircusTest, number> {
    const sites = new Map<CircusTest, number>()
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

  /** A few characters that are the same for the same text, whatever the test is called. */
  bodyOf(test: CircusTest): Pick<TestSpan, 'body'> {
    const text = this.#tests.get(test)?.text ?? ''
    if (text.length < SHORTEST_TEXT) return {}
    return { body: createHash('sha256').update(text).digest('base64').slice(0, LENGTH_OF_HASH) }
  }

  /** Where the test file describes the block, or one around it; -1: unknown. */
  #siteAround(block: CircusBlock): number {
    const described = this.#blocks.get(block)
    if (described === undefined) return -1
    described.site ??= this.#sites.siteIn(this.#testPath, described.stack)
    if (described.site >= 0 || block.parent === undefined) return described.site
    return this.#siteAround(block.parent)
  }
}

/** The text as V8 has it, which copies nothing: cheap enough to be read at each definition. */
function textOfFunction(run: unknown): string {
  return typeof run === 'function' ? Reflect.apply(textOf, run, []) : ''
}
