// What a rule sees in the text of a source file, without parsing it: a line, and the loop around one.

import type { Facts } from './rule.js'

interface Line {
  readonly file: string
  /** 1-based. */
  readonly line: number
}

/** Undefined when the file cannot be read, or is shorter now. */
export function lineOf({ readSource }: Pick<Facts, 'readSource'>, { file, line }: Line): string | undefined {
  return readSource(file)?.split('\n')[line - 1]
}

const FOR_EACH = /^\s*(?:\w+:\s*)?for\s*\(\s*(?:const|let|var)\s.*\s(?:of|in)\s/
const FUNCTION =
  /=>|\bfunction\b|^\s*(?:async\s+)?(?!(?:if|for|while|switch|catch|with)\b)[\w$#]+\s*\([^;]*\)\s*\{\s*$/

/**
 * The line (1-based) of the `for … of` or `for … in` around a line of the same function, told by indentation;
 * undefined when there is none, or it is a `for await`.
 */
export function loopAround(text: string, line: number): number | undefined {
  const lines = text.split('\n')
  const own = lines[line - 1] ?? ''
  if (FOR_EACH.test(own)) return line
  let indentation = indentationOf(own)
  for (let above = line - 1; above >= 1 && indentation > 0; above--) {
    const header = lines[above - 1] ?? ''
    if (header.trim() === '' || indentationOf(header) >= indentation) continue
    if (FOR_EACH.test(header)) return above
    if (FUNCTION.test(header)) return undefined
    indentation = indentationOf(header)
  }
  return undefined
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length
}
