// A test's function → a few characters that are the same for the same text, whatever the test is called.

import { createHash } from 'node:crypto'

/** Many wrappers that make tests of rows are shorter, `() => test(...params)` of jest-each: they tell nothing. */
const SHORTEST = 32
/** Of base64: among a file's tests two never share them by chance. */
const LENGTH = 11

// A test may have replaced it on its function's prototype.
const { toString: textOf } = Function.prototype

/** The text as V8 has it, which copies nothing: cheap enough for the moment of a definition. */
export function bodyText(run: unknown): string {
  return typeof run === 'function' ? Reflect.apply(textOf, run, []) : ''
}

/** Undefined where the text is too short to tell anything. */
export function bodyOf(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined
  return createHash('sha256').update(text).digest('base64').slice(0, LENGTH)
}
