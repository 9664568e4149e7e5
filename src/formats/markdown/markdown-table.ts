// Tables in Markdown, and text from test code within it.

import stringWidth from 'fast-string-width'
import { markdownTable } from 'markdown-table'
import { hasFigures } from '../../tables/cell.js'
import { type CellStyle, cellText } from '../../tables/cell-text.js'
import { columnsFor, type TableColumn } from '../../tables/table.js'
import { truncate } from '../truncate.js'
import { sanitize } from '../wording.js'

/** `''` without rows. */
export function tableOf<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const shown = columnsFor('markdown', columns)
  const cells = rows.map(row => shown.map(column => column.cell(row)))
  const align = shown.map((_, index) => (hasFigures(cells, index) ? 'r' : 'l'))
  const texts = cells.map(row => row.map(cell => cellText(cell, MARKDOWN)))
  return markdownTable([shown.map(({ heading }) => heading), ...texts], { align, stringLength: stringWidth })
}

/** Columns: a name may be a paragraph. */
const LONGEST_NAME = 100

export const MARKDOWN: CellStyle = {
  text: asText,
  name: name => asText(truncate(sanitize(name), LONGEST_NAME)),
  place: code,
  sentence: withCode,
  code: text => code(sanitize(text)),
  link: ({ text, url }) => `[${text}](${url})`,
  toShown: sanitize,
  mostItems: 3,
}

// https://spec.commonmark.org/0.31.2/#backslash-escapes
/** Text, never markup. */
export function asText(text: string): string {
  return sanitize(text)
    .replace(/[\\`*_{}[\]#!|~]/g, '\\$&')
    .replace(/[&<>]/g, character => ENTITIES[character] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Text with code spans, as in our own sentences. Everything else in it is escaped. */
export function withCode(text: string): string {
  const parts = text.split('`')
  // An unpaired backtick is part of a name.
  if (parts.length % 2 === 0) return asText(text)
  return parts.map((part, index) => (index % 2 === 0 ? asText(part) : code(sanitize(part)))).join('')
}

/** A code span. Backticks in it need longer fences, and pipes must be escaped in tables. */
function code(text: string): string {
  if (text === '') return ''
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return fence + pad + text.replaceAll('|', '\\|') + pad + fence
}
