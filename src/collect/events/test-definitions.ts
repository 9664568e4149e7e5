// Where tests are defined, and hashes of their functions' texts. Stacks are captured at once, and read when the file has ended.

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

/** Microseconds after which no more stacks are read. */
const LONGEST_READING = 250_000

/** Shorter texts are often wrappers, such as `() => test(...params)` of jest-each, which do not distinguish tests. */
const SHORTEST_TEXT = 32
/** Characters of base64, enough to make collisions within a file unlikely. */
const LENGTH_OF_HASH = 11

// Read now, because a test may replace it on the prototype.
const { toString: textOf } = Function.prototype

interface Definition {
  readonly stack: CapturedStack
  readonly text: string
}

interface DescribedBlock {
  readonly stack: CapturedStack
  site?: number
}

export class TestDefinitions {
  readonly #tests = new Map<CircusTest, Definition>()
  /** Describe blocks, without circus's root. */
  readonly #blocks = new Map<CircusBlock, DescribedBlock>()
  readonly #sites: SiteTable
  readonly #testPath: string

  constructor(sites: SiteTable, testPath: string) {
    this.#sites = sites
    this.#testPath = testPath
  }

  /** Must be called during `describe`, so that the stack leads to it. */
  describes(block: CircusBlock): void {
    this.#blocks.set(block, { stack: captureStack(this.describes, OUTERMOST_DEPTH) })
  }

  /** Must be called during the definition, so that the stack leads to it. */
  defined(test: CircusTest): void {
    const depth = this.#blocks.has(test.parent) ? DEFINITION_DEPTH : OUTERMOST_DEPTH
    // The text must be read before the function is wrapped.
    this.#tests.set(test, { stack: captureStack(this.defined, depth), text: textOfFunction(test.fn) })
  }

  /** Returns the sites of the first tests, as many as the time limit allows. */
  sitesOf(tests: readonly CircusTest[]): ReadonlyMap<CircusTest, number> {
    const sites = new Map<CircusTest, number>()
    const deadline = monotonicMicros() + LONGEST_READING
    // To find the line of a call, V8 visits all calls before it in the same function; a test file's body may have tens of
    // thousands.
    for (const test of tests) {
      if (monotonicMicros() >= deadline) break
      const stack = this.#tests.get(test)?.stack
      if (stack === undefined || sites.has(test)) continue
      const siteAround = () => this.#siteAround(test.parent)
      sites.set(test, this.#sites.definition(stack, this.#testPath, siteAround))
    }
    return sites
  }

  /** Returns a hash of the function's text, which stays the same when the test is renamed; empty for short texts. */
  bodyOf(test: CircusTest): Pick<TestSpan, 'body'> {
    const text = this.#tests.get(test)?.text ?? ''
    if (text.length < SHORTEST_TEXT) return {}
    return { body: createHash('sha256').update(text).digest('base64').slice(0, LENGTH_OF_HASH) }
  }

  /** Returns where the test file calls `describe` for the block, or for one around it; -1: unknown. */
  #siteAround(block: CircusBlock): number {
    const described = this.#blocks.get(block)
    if (described === undefined) return -1
    described.site ??= this.#sites.siteIn(this.#testPath, described.stack)
    if (described.site >= 0 || block.parent === undefined) return described.site
    return this.#siteAround(block.parent)
  }
}

/** Returns V8's own source string without copying it, cheap enough for each definition. */
function textOfFunction(run: unknown): string {
  return typeof run === 'function' ? Reflect.apply(textOf, run, []) : ''
}
