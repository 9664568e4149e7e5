// Text of Markdown: names from test code are never markup in it.

import type { CellStyle } from '../../tables/cell-text.js'
import { truncate } from '../truncate.js'
import { sanitize } from '../wording.js'

/** Columns: a name may be a paragraph. */
const LONGEST_NAME = 100

/** How cells are written outside of tables. */
export const MARKDOWN: CellStyle = styleWith(code)

/** How cells of a table are written: there a pipe ends a cell, in code spans too, unless a backslash precedes it. */
export const MARKDOWN_CELL: CellStyle = styleWith(codeInCell)

function styleWith(codeOf: (text: string) => string): CellStyle {
  return {
    text: asText,
    name: name => codeOf(truncate(sanitize(name), LONGEST_NAME)),
    place: codeOf,
    sentence: text => withCode(text, codeOf),
    code: text => codeOf(sanitize(text)),
    link: ({ text, url }) => `[${text}](${url})`,
    toShown: sanitize,
    mostItems: 3,
  }
}

// https://spec.commonmark.org/0.31.2/#backslash-escapes, and on GitHub `$` begins a formula.
/** Text, never markup. */
export function asText(text: string): string {
  return asHtml(sanitize(text).replace(/[\\`*_{}[\]#!|~$]/g, '\\$&'))
}

/** Text within HTML, where backslashes escape nothing. */
function asHtml(text: string): string {
  return text.replace(/[&<>]/g, character => ENTITIES[character] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text with code spans, as in our own sentences, and paths as code. Everything else in it is escaped. */
export function withCode(text: string, codeOf = code): string {
  const parts = sanitize(text).split('`')
  // An unpaired backtick is part of a name.
  if (parts.length % 2 === 0) return asText(text)
  return parts.map((part, index) => (index % 2 === 0 ? withPaths(part, codeOf) : codeOf(part))).join('')
}

/** A file in a folder, with or without a position. */
const PATH = /((?<=^|[\s(])(?:[\w@.-]+\/)+[\w@-][\w@.-]*\.\w+(?::\d+){0,2})/

function withPaths(text: string, codeOf: (text: string) => string): string {
  return text
    .split(PATH)
    .map((part, index) => (index % 2 === 0 ? asText(part) : codeOf(part)))
    .join('')
}

/** A code span. Backticks in it need longer fences. */
function code(text: string): string {
  if (text === '') return ''
  const fence = '`'.repeat(longestRun(text) + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return fence + pad + text + pad + fence
}

/** A backslash before a pipe cannot be written in a code span of a table: https://github.github.com/gfm/#example-200 */
function codeInCell(text: string): string {
  return text.includes('\\|') ? asText(text) : code(text).replaceAll('|', '\\|')
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
}

/** A block of code; `language` as GitHub names it. */
export function codeBlock(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text.split('\n').map(sanitize).join('\n')}\n${fence}`
}

/** Content under a title that opens it; GitHub wants a blank line before it. */
export function folded(title: string, content: string): string {
  return content === ''
    ? ''
    : `<details>\n<summary>${asHtml(sanitize(title))}</summary>\n\n${content}\n\n</details>`
}

/** With an upper-case letter and a full stop. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
