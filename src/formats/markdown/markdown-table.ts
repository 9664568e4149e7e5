// Tables in Markdown. Cells are not padded: GitHub and programs read them, and padding is most of a wide table.

import { markdownTable } from 'markdown-table'
import { isFigure } from '../../tables/cell.js'
import { cellText } from '../../tables/cell-text.js'
import { columnsFor, type TableColumn } from '../../tables/table.js'
import { MARKDOWN_CELL } from './markdown-text.js'

/** `''` without rows. Columns in which all values are unknown or empty are left out. */
export function tableOf<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const shown = columnsFor('markdown', columns)
    .map(({ heading, cell }) => ({ heading, cells: rows.map(row => cell(row)) }))
    .map(column => ({ ...column, texts: column.cells.map(cell => cellText(cell, MARKDOWN_CELL)) }))
    .filter(({ texts }) => texts.some(text => !isEmpty(text)))
  const align = shown.map(({ cells }) => (cells.some(isFigure) ? 'r' : 'l'))
  const lines = rows.map((_, row) => shown.map(({ texts }) => texts[row]))
  return markdownTable([shown.map(({ heading }) => heading), ...lines], { align, alignDelimiters: false })
}

function isEmpty(text: string): boolean {
  return text === '' || text === '–'
}
