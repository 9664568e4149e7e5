// The doctor's answer for the terminal: the verdict, the tables, the text to paste.

import type { DoctorAnswer } from '../../doctor/answer.js'
import { headedLines } from '../shown-table.js'
import { stylesOf } from '../terminal/output-stream.js'
import { sanitize } from '../wording.js'
import { doctorTables } from './doctor-tables.js'
import { endSentences, patchesOf, suiteSentence, verdictSentence } from './sentences.js'

export interface DoctorTextOptions {
  readonly columns: number
  readonly colors: boolean
  /** Where the answer was written, as paths from here. */
  readonly written: readonly string[]
}

/** Files that are listed in a text to paste; the written answer has all of them. */
const MOST_LINES = 24

export function doctorToTerminal(
  answer: DoctorAnswer,
  { columns: width, colors, written }: DoctorTextOptions,
): string {
  const { bold, dim } = stylesOf(colors)
  const tables = doctorTables(answer).flatMap(({ title, columns, rows }) => {
    const cells = rows.map(row => columns.map(({ cell }) => cell(row)))
    const [titles = '', ...lines] = headedLines(
      columns.map(({ heading }) => heading),
      cells,
      width,
    )
    return ['', bold(title), dim(titles), ...lines]
  })
  const patches = patchesOf(answer).flatMap(({ title, patch }, index) => [
    '',
    bold(`To paste, ${index + 1}: ${sanitize(title)}`),
    ...shortened(patch.split('\n')).map(line => `  ${sanitize(line)}`),
  ])
  const ends = [...endSentences(answer), ...written.map(path => `Written: ${path}`)]
  const lines = [
    '',
    `${bold('Doctor')}  ${sanitize(suiteSentence(answer))}`,
    '',
    bold(verdictSentence(answer)),
    ...tables,
    ...patches,
    '',
    ...ends.map(sentence => dim(sanitize(sentence))),
  ]
  return `${lines.map(line => (line === '' ? '' : ` ${line.trimEnd()}`)).join('\n')}\n`
}

function shortened(lines: readonly string[]): string[] {
  const left = lines.length - MOST_LINES
  return left <= 1 ? [...lines] : [...lines.slice(0, MOST_LINES), `… ${left} more lines in doctor.md`]
}
