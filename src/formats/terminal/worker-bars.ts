// When each worker had a test file, drawn as a bar: the gaps are time in which it had none.

import { max, range } from 'd3-array'
import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { percent } from '../../report/views/figures.js'

/** Bars are drawn if a worker had a test file for less of the time. */
const BUSY_SHARE = 0.9
/** Lines. Of more workers, those that waited longest are shown. */
const MOST_WORKERS = 4
/** Files in turn, so that one can be told from the next. */
const FILES = ['█', '▓']
const GAP = '·'
/** Cells. */
const NARROWEST = 20

/** Empty for one worker, for machines of a merged run, whose times do not compare, and where no worker waited for long. */
export function workerBars(report: Report, columns: number): string[] {
  const { run, schedule, files, totals } = report
  const { workers } = schedule
  const isComparable = run.mergedFrom === undefined && run.selection === undefined && workers.length > 1
  const isBusy = workers.every(({ busyMs }) => busyMs >= BUSY_SHARE * totals.wallMs)
  if (!isComparable || isBusy) return []
  const idlest = workers.toSorted((a, b) => a.busyMs - b.busyMs).slice(0, MOST_WORKERS)
  const shown = idlest
    .toSorted((a, b) => a.worker - b.worker)
    .map(({ worker, busyMs }) => ({
      worker,
      label: `worker ${worker}`,
      busy: `${percent(busyMs, totals.wallMs)} busy`,
    }))
  const [labelWidth, busyWidth] = [max(shown, row => row.label.length), max(shown, row => row.busy.length)]
  const width = Math.max(NARROWEST, columns - (labelWidth ?? 0) - (busyWidth ?? 0) - 2)
  return shown.map(({ worker, label, busy }) => {
    const own = files.filter(file => file.worker === worker)
    return `${label.padEnd(labelWidth ?? 0)} ${drawn(own, { width, wallMs: totals.wallMs })} ${busy}`
  })
}

/** What a cell shows is what takes most of its time. */
function drawn(files: readonly FileReport[], { width, wallMs }: { width: number; wallMs: number }): string {
  const inOrder = files.toSorted((a, b) => a.startedAtMs - b.startedAtMs)
  const cells = range(width).map(() => ({ look: GAP, ms: wallMs / width / 2 }))
  inOrder.forEach((file, index) => {
    const [start, end] = [file.startedAtMs, file.startedAtMs + file.wallMs]
    const [first, last] = [start, end].map(ms => Math.floor((ms * width) / wallMs))
    cells.slice(first, (last ?? 0) + 1).forEach((cell, offset) => {
      const from = (((first ?? 0) + offset) * wallMs) / width
      const ms = Math.min(end, from + wallMs / width) - Math.max(start, from)
      if (ms < cell.ms) return
      cell.look = FILES[index % FILES.length] ?? GAP
      cell.ms = ms
    })
  })
  return cells.map(({ look }) => look).join('')
}
