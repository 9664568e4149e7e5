// The doctor's answer for the terminal: the verdict, the tables, the text to paste.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { headedLines } from '../shown-table.js'
import { stylesOf } from '../terminal/output-stream.js'
import { sanitize } from '../wording.js'
import { doctorTables } from './doctor-tables.js'
import { costSentence, suiteSentence, verdictSentence } from './sentences.js'

export interface DoctorTextOptions {
  readonly columns: number
  readonly colors: boolean
  /** Where the answer was written, as paths from here. */
  readonly written: readonly string[]
}

export function doctorToTerminal(
  answer: DoctorAnswer,
  { columns, colors, written }: DoctorTextOptions,
): string {
  const { bold, dim } = stylesOf(colors)
  const tables = doctorTables(answer).flatMap(({ title, columns: shown, rows }) => {
    const [headings = '', ...lines] = headedLines(
      shown.map(({ heading }) => heading),
      rows.map(row => shown.map(column => column.cell(row))),
      columns,
    )
    return ['', bold(title), dim(headings), ...lines]
  })
  const patches = answer.candidates.filter(({ patch }) => patch !== null)
  const lines = [
    '',
    `${bold('Doctor')}  ${sanitize(suiteSentence(answer))}`,
    '',
    bold(verdictSentence(answer)),
    ...tables,
    ...patches.flatMap(({ title, patch }, index) => [
      '',
      bold(`${index + 1}. ${sanitize(title)}`),
      ...(patch ?? '').split('\n').map(line => `   ${sanitize(line)}`),
    ]),
    '',
    ...answer.flaky.map(({ file, reason }) =>
      dim(`Left out, because its results change by chance: ${sanitize(file)} (${sanitize(reason)})`),
    ),
    ...[...answer.notes, costSentence(answer), ...written.map(path => `Written: ${path}`)].map(text =>
      dim(sanitize(text)),
    ),
  ]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}
