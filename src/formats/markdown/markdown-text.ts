// Text from test code within Markdown.

import { markdownTable } from 'markdown-table'
import stringWidth from 'string-width'
import { plain } from '../wording.js'

/** A heading and a table, or nothing when there are no rows. */
export function section(
  title: string,
  { head, rightAligned }: { head: string[]; rightAligned: number },
  rows: string[][],
): string {
  return rows.length === 0 ? '' : `## ${title}\n\n${table({ head, rightAligned }, rows)}`
}

export function table(
  { head, rightAligned }: { head: string[]; rightAligned: number },
  rows: string[][],
): string {
  const align = head.map((_, column) => (column < rightAligned ? 'r' : 'l'))
  return markdownTable([head, ...rows], { align, stringLength: stringWidth })
}

// https://spec.commonmark.org/0.31.2/#backslash-escapes
/** Text, never markup. */
export function asText(text: string): string {
  return plain(text)
    .replace(/[\\`*_{}[\]#!|~]/g, '\\$&')
    .replace(/[&<>]/g, character => ENTITIES[character] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text with code spans in it, as our own sentences have; names in them are text all the same. */
export function withCode(text: string): string {
  const parts = text.split('`')
  // A lone backtick is one of a name.
  if (parts.length % 2 === 0) return asText(text)
  return parts.map((part, index) => (index % 2 === 0 ? asText(part) : code(plain(part)))).join('')
}

/** A code span; one with backticks in it takes longer fences, and a pipe would end a table's cell. */
export function code(text: string): string {
  if (text === '') return ''
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return fence + pad + text.replaceAll('|', '\\|') + pad + fence
}
