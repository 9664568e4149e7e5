// The memory of a report, with what a test is about.

import type { MemoryReport } from '../../src/report/memory-report.js'

/** Nothing is in it but what is given. `bytes`: allocated in all. */
export function memoryReport(given: Partial<MemoryReport>, bytes = 0): MemoryReport {
  return {
    allocated: { intervalBytes: 65_536, bytes, sampledBytes: bytes, files: 1, sampledFiles: 1 },
    tests: [],
    allocations: [],
    modules: [],
    growth: [],
    files: [],
    kept: [],
    processes: [],
    ...given,
  }
}
