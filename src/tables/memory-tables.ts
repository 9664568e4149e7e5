// Tables of memory, with the option `memory`: what keeps sandboxes, and the heap after each test file.

import type { FileMemoryReport } from '../report/memory-report.js'
import type { Report } from '../report/report.js'
import { bytes, count as countOf, duration, signed } from '../report/views/figures.js'
import { type HeldFiles, holders, holderText } from '../report/views/holders.js'
import { type Cell, EMPTY, placeCell, textCell } from './cell.js'
import { amount, column, count, EVERYWHERE, text } from './columns.js'
import type { RankedTable, TableDefinition } from './table.js'

export const KEPT_SANDBOXES: TableDefinition<HeldFiles> = {
  title: 'Sandboxes never freed',
  rows: ({ memory }) => holders(memory),
  columns: () => [
    amount('retainedBytes', 'kept', 'bytes', 'everywhere'),
    column('fileCount', 'files', row => textCell(countOf(row.fileCount, 'test file')), 'everywhere'),
    text('holder', 'held by', holderText, { in: EVERYWHERE, isSubject: true }),
    column('at', 'where', row => (row.position === null ? EMPTY : placeCell(row.position)), 'headings'),
    column('files', 'for example', ({ files }) => exampleCell(files), 'headings'),
  ],
  note: ({ memory }) => {
    const kept = memory?.kept.length ?? 0
    return `${kept} of ${countOf(memory?.files.length ?? 0, 'test file')}`
  },
  explanation:
    'Jest makes a sandbox for each test file: a global object, the modules that the file loads, and all that they create. These were still in memory when their worker had done all its test files.',
}

function exampleCell(files: HeldFiles['files']): Cell {
  const [first] = files
  return first === undefined ? EMPTY : { kind: 'place', place: { file: first.file, line: 0, column: 0 } }
}

/** `show --by heap`. */
export const HEAP: RankedTable<FileMemoryReport> = {
  title: 'Heap by test file',
  ranking: ({ memory }) =>
    `test files by the heap after them${memory === undefined ? ', which --memory records' : ''}`,
  empty: 'No heap was recorded: run with --memory.',
  rows: ({ memory }) =>
    (memory?.files ?? []).toSorted((a, b) => (b.heapAfterBytes ?? -1) - (a.heapAfterBytes ?? -1)),
  columns: () => [
    amount('heapAfterBytes', 'heap after', 'bytes', 'everywhere'),
    column('growth', 'growth', growthCell, 'headings'),
    count('worker', 'worker', 'headings'),
    text('kept', 'sandbox', keptText, 'headings'),
    column('file', 'file', row => ({ kind: 'place', place: { file: row.path, line: 0, column: 0 } }), {
      in: EVERYWHERE,
      isSubject: true,
    }),
  ],
  identity: ({ path, project }) => ['heap', project, path],
  explanation:
    'The heap of the worker after the test file, when garbage had been collected. A collection is made only where that is cheap enough, so some test files have none.',
  note: ({ memory }) => (memory === undefined ? '' : processesText(memory)),
}

function growthCell({ heapBeforeBytes: before, heapAfterBytes: after }: FileMemoryReport): Cell {
  const grown = before === null || after === null ? null : after - before
  return { kind: 'amount', amount: grown, unit: 'bytes' }
}

function keptText({ sandboxKept }: FileMemoryReport): string {
  return sandboxKept === null ? 'unknown' : sandboxKept ? 'never freed' : 'freed'
}

/** The peaks of the processes, and what measuring took. */
function processesText({ processes, growth, ownPeakBytes }: NonNullable<Report['memory']>): string {
  const peaks = processes.map(({ worker, peakBytes }) => `worker ${worker}: ${bytes(peakBytes)}`)
  if (ownPeakBytes !== undefined) peaks.push(`Jest’s own process: ${bytes(ownPeakBytes)}`)
  const sumOf = (key: 'collectionMs' | 'snapshotMs') => processes.reduce((all, one) => all + one[key], 0)
  const took = `collections took ${duration(sumOf('collectionMs'))}, snapshots ${duration(sumOf('snapshotMs'))}`
  const grown = growth.map(
    ({ worker, bytesPerFile, uncertaintyBytes }) =>
      `worker ${worker}: ${signed(bytesPerFile, bytes)} ± ${bytes(uncertaintyBytes)}`,
  )
  const growthText = grown.length === 0 ? '' : ` · growth by test file: ${grown.join(', ')}`
  return `most in memory: ${peaks.join(', ')}${growthText} · ${took}`
}
