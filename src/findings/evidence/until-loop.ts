// Loops that go on until something has happened, told from those that count or walk over things.

import { bodyOf, type IsLoop } from './source-text.js'

const HEADER = /^\s*(?:\w+:\s*)?(?<word>while|for|do)\s*[({]/
/** A way out before the counter has run out: an `if` that leaves, or whose first line does. */
const LEAVES = /\bif\s*\(.*(?:\n.*)?\b(?:break|return)\b/
const CALLS = /[\w$\])]\s*\(|\bawait\b/
const COMPARED = /^\s*(?:\+\+|--)?\s*(?<name>[\w$.]+)\s*(?:(?:\+\+|--)\s*)?(?:[<>]=?|[!=]==?)(?!=).*$/
const COUNTED_DOWN = /^\s*(?:--\s*)?(?<name>[\w$.]+)\s*(?:--)?\s*$/

export const isUntil: IsLoop = (header, below) => {
  const word = HEADER.exec(header)?.groups?.word
  if (word === undefined) return false
  const { body, last } = bodyOf(header, below)
  const text = [header, ...body, word === 'do' ? last : ''].join('\n')
  if (word === 'for') {
    const [first, condition, update] = clausesOf(header)
    if (first === undefined || condition === undefined) return false
    if (condition.trim() === '' || LEAVES.test(text)) return true
    // Without a call it walks along a list, unless what it looks at changes by itself.
    const asks = CALLS.test(condition) || update?.trim() === ''
    return asks && !isCounted(condition, text)
  }
  const [condition] = clausesOf(word === 'do' ? (last ?? '') : header)
  return condition === undefined || LEAVES.test(text) || !isCounted(condition, text)
}

/** Whether nothing but a counter, which the loop itself moves on, decides when it ends. */
function isCounted(condition: string, text: string): boolean {
  const name = (COMPARED.exec(condition) ?? COUNTED_DOWN.exec(condition))?.groups?.name
  if (name === undefined || /&&|\|\||\?\?/.test(condition)) return false
  const counter = name.replace(/[.$]/g, String.raw`\$&`)
  return new RegExp(String.raw`(?:\+\+|--)\s*${counter}\b|(?<![\w$.])${counter}\s*(?:\+\+|--|[+-]=)`).test(
    text,
  )
}

/** What stands in the first parentheses of a line, between its semicolons; empty where they do not close. */
function clausesOf(line: string): string[] {
  const start = line.indexOf('(')
  const clauses = ['']
  let depth = 0
  for (const character of start < 0 ? '' : line.slice(start)) {
    if ('([{'.includes(character) && depth++ === 0) continue
    if (')]}'.includes(character) && --depth === 0) return clauses
    if (character === ';' && depth === 1) clauses.push('')
    else clauses.push((clauses.pop() ?? '') + character)
  }
  return []
}
