// Test files by the process that ran them, from the report's memory. Needs no Node.

import type { FileMemoryReport } from '../memory-report.js'

/** The test files of a process, in order; the first begins with a collection. */
export type HeapProcess = readonly [FileMemoryReport, ...FileMemoryReport[]]

/** Processes of a worker that was restarted are told apart. */
export function heapProcesses(files: readonly FileMemoryReport[]): HeapProcess[] {
  const processes: [FileMemoryReport, ...FileMemoryReport[]][] = []
  for (const file of files) {
    const before = processes.at(-1)
    const last = before?.at(-1)
    const continues = last?.worker === file.worker && last.heapAfterBytes === file.heapBeforeBytes
    if (continues) before?.push(file)
    else processes.push([file])
  }
  return processes
}
