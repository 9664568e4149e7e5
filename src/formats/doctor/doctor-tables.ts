// The tables of the doctor's answer, defined once: the terminal, Markdown and the page draw them. Needs no Node.

import type { CandidateAnswer, DoctorAnswer, Saved, TrialVerdict } from '../../doctor/answer.js'
import { bytes, count, duration, signed } from '../../report/views/figures.js'
import { type Cell, countCell, EMPTY } from '../../tables/cell.js'
import { column, text } from '../../tables/columns.js'
import type { TableColumn } from '../../tables/table.js'

type CandidateColumns = readonly TableColumn<CandidateAnswer>[]

export interface DoctorTable {
  readonly title: string
  readonly columns: CandidateColumns
  readonly rows: readonly CandidateAnswer[]
}

/** A saving: what costs more is negative. */
function savedCell(
  read: (saved: Saved) => number | null,
  textOf: (amount: number) => string,
): (row: CandidateAnswer) => Cell {
  return ({ saved }) => {
    const value = saved === null ? null : read(saved)
    if (value === null) return EMPTY
    return { kind: 'figure', value, text: signed(value, textOf) }
  }
}

const CHANGE = text<CandidateAnswer>('change', 'change', ({ title }) => title, { isSubject: true })
const FILES = column<CandidateAnswer>('files', 'files', ({ files }) => countCell(files.length))
const FORBIDDEN = text<CandidateAnswer>('forbidden', 'forbidden by', ({ forbiddenBy: [first, ...others] }) =>
  first === undefined ? '' : `${count(others.length + 1, 'file')}: ${first.file}, ${first.reason}`,
)
const NOTE = text<CandidateAnswer>('note', 'note', ({ note }) => note ?? '')

const MEASURED: CandidateColumns = [
  column(
    'saves',
    'saves',
    savedCell(({ wallMs }) => wallMs, duration),
  ),
  text('interval', '95 %', ({ saved }) => {
    if (saved === null) return ''
    const [low, high] = saved.interval95Ms
    return `${signed(low, duration)} … ${signed(high, duration)}`
  }),
  column(
    'cpu',
    'saves CPU',
    savedCell(({ cpuMs }) => cpuMs, duration),
  ),
  column(
    'memory',
    'saves memory',
    savedCell(({ peakBytes }) => peakBytes, bytes),
  ),
]

const TABLES: readonly (readonly [title: string, verdict: TrialVerdict, columns: CandidateColumns])[] = [
  ['What pays', 'pays', [...MEASURED, FILES, CHANGE, FORBIDDEN, NOTE]],
  ['Gains alone, not confirmed together', 'gain', [...MEASURED, FILES, CHANGE, FORBIDDEN, NOTE]],
  ['Gains nothing', 'no gain', [...MEASURED, FILES, CHANGE, NOTE]],
  ['Undecided after all rounds that there was time for', 'undecided', [...MEASURED, FILES, CHANGE, NOTE]],
  ['Tests forbid it', 'forbidden', [CHANGE, FORBIDDEN]],
  [
    'Not tried',
    'not tried',
    [text('most', 'saves at most', ({ mostMs }) => duration(mostMs)), CHANGE, text('why', 'why', whyNot)],
  ],
]

function whyNot({ note, reason }: CandidateAnswer): string {
  return note ?? reason
}

/** Only those with rows, and only columns with values. */
export function doctorTables({ candidates }: Pick<DoctorAnswer, 'candidates'>): DoctorTable[] {
  return TABLES.flatMap(([title, verdict, columns]) => {
    const rows = candidates.filter(candidate => candidate.verdict === verdict)
    const isFilled = ({ cell }: TableColumn<CandidateAnswer>) => rows.some(row => !isEmpty(cell(row)))
    return rows.length === 0 ? [] : { title, columns: columns.filter(isFilled), rows }
  })
}

function isEmpty(cell: Cell): boolean {
  return cell.kind === 'text' && cell.text === ''
}
