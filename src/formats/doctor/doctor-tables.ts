// The tables of the doctor's answer, drawn by the terminal, Markdown and the page.

import type { CandidateAnswer, DoctorAnswer, Saved, Verdict } from '../../doctor/answer.js'
import { bytes, count, duration } from '../../report/views/figures.js'
import { type Cell, countCell, textCell } from '../../tables/cell.js'

export interface DoctorColumn {
  readonly heading: string
  cell(row: CandidateAnswer): Cell
}

export interface DoctorTable {
  readonly title: string
  readonly columns: readonly DoctorColumn[]
  readonly rows: readonly CandidateAnswer[]
}

const saved = (read: (saved: Saved) => string) => (row: CandidateAnswer) =>
  textCell(row.saved === null ? '' : read(row.saved))

const CHANGE: DoctorColumn = { heading: 'change', cell: ({ title }) => textCell(title) }
const FILES: DoctorColumn = { heading: 'files', cell: ({ files }) => countCell(files.length) }
const FORBIDDEN: DoctorColumn = {
  heading: 'forbidden by',
  cell: ({ forbiddenBy: [first, ...others] }) =>
    textCell(
      first === undefined ? '' : `${count(others.length + 1, 'file')}: ${first.file}, ${first.reason}`,
    ),
}

const MEASURED: readonly DoctorColumn[] = [
  { heading: 'saves', cell: saved(({ wallMs }) => signed(wallMs)) },
  {
    heading: '95 %',
    cell: saved(({ interval95Ms: [low, high] }) => `${signed(low)} … ${signed(high)}`),
  },
  { heading: 'saves CPU', cell: saved(({ cpuMs }) => (cpuMs === null ? '' : signed(cpuMs))) },
  {
    heading: 'saves memory',
    cell: saved(({ peakBytes }) => (peakBytes === null ? '' : signedBytes(peakBytes))),
  },
]

const TITLES: readonly (readonly [
  title: string,
  verdicts: readonly Verdict[],
  columns: readonly DoctorColumn[],
])[] = [
  ['What pays', ['pays'], [...MEASURED, FILES, CHANGE, FORBIDDEN]],
  ['Gains alone, not confirmed together', ['gain'], [...MEASURED, FILES, CHANGE, FORBIDDEN]],
  ['Gains nothing', ['no gain'], [...MEASURED, FILES, CHANGE]],
  ['Undecided after the rounds that there was time for', ['undecided'], [...MEASURED, FILES, CHANGE]],
  ['Tests forbid it', ['forbidden'], [CHANGE, FORBIDDEN]],
  [
    'Not tried',
    ['not tried'],
    [
      { heading: 'saves at most', cell: ({ mostMs }) => textCell(duration(mostMs)) },
      CHANGE,
      { heading: 'why', cell: ({ note, reason }) => textCell(note ?? reason) },
    ],
  ],
]

/** Only those with rows. */
export function doctorTables({ candidates }: Pick<DoctorAnswer, 'candidates'>): DoctorTable[] {
  return TITLES.map(([title, verdicts, columns]) => {
    return { title, columns, rows: candidates.filter(({ verdict }) => verdicts.includes(verdict)) }
  }).filter(({ rows }) => rows.length > 0)
}

/** A saving: what costs time is negative. */
function signed(ms: number): string {
  return ms < 0 ? `−${duration(-ms)}` : duration(ms)
}

function signedBytes(amount: number): string {
  return amount < 0 ? `−${bytes(-amount)}` : bytes(amount)
}
