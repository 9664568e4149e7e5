// The lines above the tables of the summary: the run, what to know before you trust it, and where the time went.

import stringWidth from 'fast-string-width'
import { wrapAnsi } from 'fast-wrap-ansi'
import type { Report } from '../../report/report.js'
import { testBreakdowns } from '../../report/views/test-breakdowns.js'
import { cellText } from '../../tables/cell-text.js'
import {
  BREAKDOWN_COLUMNS,
  breakdownOf,
  labelNote,
  testCell,
  testPlaceCell,
  timeSplit,
} from '../../tables/test-tables.js'
import {
  categoryShares,
  commandShares,
  emptyText,
  phaseShares,
  qualityText,
  scopeText,
  selectionText,
  timeSentences,
  timeText,
  transformText,
} from '../sentences.js'
import { truncate } from '../truncate.js'
import { sanitize } from '../wording.js'
import type { Styles } from './output-stream.js'
import { type TableLines, tableLines } from './terminal-table.js'
import { alignedGrid, timeBar } from './time-bar.js'
import { workerBars } from './worker-bars.js'

export function header(report: Report, layout: TableLines, { bold, dim, yellow }: Styles): string[] {
  const room = layout.columns - INDENT.length - 2
  const indented = (text: string) => wrapAnsi(sanitize(text), room).split('\n')
  const under = (text: string, style = (line: string) => line) =>
    indented(text).map((line, index) => `${INDENT}${index === 0 ? '' : INDENT}${style(line)}`)
  const [scope, time] = [`  ${scopeText(report)}`, timeText(report)]
  const isShort = stringWidth(`Test profile${scope}   ${time}`) <= layout.columns - 2
  const [lead, ...rest] = isShort ? [`${scope}   ${time}`] : [truncate(scope, room), ...under(time)]
  const empty = emptyText(report)
  const details = [...timeSentences(report), transformText(report)].filter(line => line !== '')
  const times = [
    ...timeLines(report, room).map(line => INDENT + line),
    ...details.flatMap(line => under(line)),
    ...workerBars(report, room).map(line => INDENT + line),
  ]
  return [
    '',
    bold('Test profile') + lead,
    ...rest,
    ...under(qualityText(report), dim),
    ...report.caveats.flatMap(text => under(text, yellow)),
    ...[selectionText(report)].filter(text => text !== '').flatMap(text => under(text)),
    ...breakdownLines(report, layout, bold),
    ...(times.length === 0 && empty === '' ? [] : ['', bold(empty || 'Where the time went')]),
    ...times,
  ]
}

const INDENT = '  '

const CPU = 'CPU   '

/** The bar of the whole command, the phases, and one line of the categories: small ones would take the room of a table. */
function timeLines(report: Report, room: number): string[] {
  const bar = timeBar(commandShares(report), room)
  const [categories] = alignedGrid(categoryShares(report), room - CPU.length)
  return [
    ...(bar === '' ? [] : [bar]),
    ...alignedGrid(phaseShares(report), room),
    ...(categories === undefined ? [] : [CPU + categories]),
  ]
}

/** Answers "why is this test slow?" for each of a few tests. */
function breakdownLines(report: Report, layout: TableLines, bold: Styles['bold']): string[] {
  const asked = testBreakdowns(report)
  return asked.flatMap(entry => {
    const row = { ...entry, rows: [entry.test] }
    const [label, place] = [testCell(row, labelNote(row)), testPlaceCell(row)].map(cell =>
      cellText(cell, layout.style),
    )
    return [
      '',
      `${bold(label ?? '')}   ${place}`,
      truncate(`  ${timeSplit(entry)}`, layout.columns - 2),
      ...tableLines(BREAKDOWN_COLUMNS, breakdownOf(entry, asked.length), layout).flat(),
    ]
  })
}
