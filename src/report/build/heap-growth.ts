// What the heap of each process grew by from test file to test file, with its uncertainty.

import { sum } from 'd3-array'
import { at } from '../../profile/columns.js'
import type { FileMemoryReport, HeapGrowth } from '../memory-report.js'
import { type HeapProcess, heapProcesses } from '../views/heap-processes.js'

/** One alone says nothing of how much they differ. */
const FEWEST_STEPS = 2

export function buildHeapGrowth(files: readonly FileMemoryReport[]): HeapGrowth[] {
  return heapProcesses(files).flatMap(process => {
    const steps = stepsOf(process)
    if (steps.length < FEWEST_STEPS) return []
    const fileCount = sum(steps, step => step.files)
    const bytesPerFile = sum(steps, step => step.bytes) / fileCount
    // Of a ratio: https://en.wikipedia.org/wiki/Ratio_estimator. That files keep different amounts counts as error, too.
    const squares = sum(steps, step => (step.bytes - bytesPerFile * step.files) ** 2)
    const error = Math.sqrt((squares * steps.length) / (steps.length - 1)) / fileCount
    return {
      worker: process[0].worker,
      files: process.length,
      bytesPerFile: Math.round(bytesPerFile),
      uncertaintyBytes: Math.round(error * quantile(steps.length - 1)),
    }
  })
}

/** What the heap grew by between two collections. */
interface Step {
  readonly files: number
  readonly bytes: number
}

/** Without the first file of a process, during which Jest loads itself. */
function stepsOf(process: HeapProcess): Step[] {
  const points = process.flatMap(({ heapAfterBytes: bytes }, index) =>
    bytes === null ? [] : { index, bytes },
  )
  return points.slice(1).map(({ index, bytes }, row) => {
    const before = at(points, row)
    return { files: index - before.index, bytes: bytes - before.bytes }
  })
}

/** 97.5 % quantiles of Student's t distribution for 1 to 10 degrees of freedom; that of 10 is a little too wide for more. */
const QUANTILES = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228]

function quantile(degrees: number): number {
  return at(QUANTILES, Math.min(degrees - 1, QUANTILES.length - 1))
}
