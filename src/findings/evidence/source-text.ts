// What a rule sees in the text of a source file, without parsing it: lines, and the loop around one.

import type { Facts } from '../rule.js'

interface Line {
  readonly file: string
  /** 1-based. */
  readonly line: number
}

/** Undefined when the file cannot be read, or is shorter now. */
export function lineOf({ readSource }: Pick<Facts, 'readSource'>, { file, line }: Line): string | undefined {
  return readSource(file)?.split('\n')[line - 1]
}

/** The header of a `for … of` or `for … in`, but not of a `for await`. */
const FOR_EACH = /^\s*(?:\w+:\s*)?for\s*\(\s*(?:const|let|var)\s.*\s(?:of|in)\s/
const FUNCTION =
  /=>|\bfunction\b|^\s*(?:async\s+)?(?!(?:if|for|while|switch|catch|with)\b)[\w$#]+\s*\([^;]*\)\s*\{\s*$/

/** A loop's header as it is written, and all lines of the text below it. */
export type IsLoop = (header: string, below: readonly string[]) => boolean

export const isForEach: IsLoop = header => FOR_EACH.test(header)

/** The line (1-based) of such a loop around a line of the same function, told by indentation. */
export function loopAround(text: string, line: number, isLoop: IsLoop): number | undefined {
  const lines = text.split('\n')
  const own = lines[line - 1] ?? ''
  if (isLoop(own, lines.slice(line))) return line
  let indentation = indentationOf(own)
  for (let above = line - 1; above >= 1 && indentation > 0; above--) {
    const outer = lines[above - 1] ?? ''
    if (outer.trim() === '' || indentationOf(outer) >= indentation) continue
    if (isLoop(outer, lines.slice(above))) return above
    if (FUNCTION.test(outer)) return undefined
    indentation = indentationOf(outer)
  }
  return undefined
}

/** What stands below a header, farther in, and the line that ends it. */
export function bodyOf(
  header: string,
  below: readonly string[],
): { body: readonly string[]; last: string | undefined } {
  const indentation = indentationOf(header)
  const end = below.findIndex(line => line.trim() !== '' && indentationOf(line) <= indentation)
  return end < 0 ? { body: below, last: undefined } : { body: below.slice(0, end), last: below[end] }
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length
}
