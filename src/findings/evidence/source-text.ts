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
export const FOR_EACH = /^\s*(?:\w+:\s*)?for\s*\(\s*(?:const|let|var)\s.*\s(?:of|in)\s/
const FUNCTION =
  /=>|\bfunction\b|^\s*(?:async\s+)?(?!(?:if|for|while|switch|catch|with)\b)[\w$#]+\s*\([^;]*\)\s*\{\s*$/

/** Of a loop that goes on until something has happened. */
export const UNTIL = /^\s*(?:\w+:\s*)?(?:while\s*\(|do\s*\{|for\s*\([^()]*;)/

/** The line (1-based) of such a loop around a line of the same function, told by indentation. */
export function loopAround(text: string, line: number, header: RegExp): number | undefined {
  const lines = text.split('\n')
  const own = lines[line - 1] ?? ''
  if (header.test(own)) return line
  let indentation = indentationOf(own)
  for (let above = line - 1; above >= 1 && indentation > 0; above--) {
    const outer = lines[above - 1] ?? ''
    if (outer.trim() === '' || indentationOf(outer) >= indentation) continue
    if (header.test(outer)) return above
    if (FUNCTION.test(outer)) return undefined
    indentation = indentationOf(outer)
  }
  return undefined
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length
}
