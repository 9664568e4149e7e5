// The report's memory, with the option `memory`. Sizes in bytes.

import type { Category } from '../profile/profile.js'
import type { CallReport, Position, TestReference } from './code-reports.js'

export interface MemoryReport {
  /** What was allocated on V8's heap, freed again or not; null: not recorded. Memory of buffers is not on it. */
  allocated: AllocatedReport | null
  /** The tests that allocated most, by their functions and hooks; at most 1,000. */
  tests: TestAllocation[]
  /** The functions that allocated most; at most 500. */
  allocations: FunctionAllocation[]
  /** The modules whose top-level code allocated most, with all that it called; at most 500. */
  modules: ModuleAllocation[]
  /** Test files in the order in which their workers ran them. */
  files: FileMemoryReport[]
  /** What the heap grew by from test file to test file, of each process that ran enough of them. */
  growth: HeapGrowth[]
  /** Test files whose sandbox was never freed: what a worker keeps of each to its end. */
  kept: KeptSandbox[]
  /** Processes that ran tests. */
  processes: ProcessMemoryReport[]
  /** The most that Jest's own process had in memory, of several shards the largest; left out where it ran the tests itself. */
  ownPeakBytes?: number | undefined
}

export interface AllocatedReport {
  /** Bytes between two samples, on average. */
  intervalBytes: number
  /** In all test files. Those of phases, hooks, files and tests are beside their times. */
  bytes: number
  /** The part of `bytes` whose functions are known: reading the samples of a test file is left out where it takes too long. */
  sampledBytes: number
  /** Test files, and how many of them have samples. */
  files: number
  sampledFiles: number
}

export interface TestAllocation extends TestReference {
  /** All attempts together. */
  allocatedBytes: number
  /** The functions that allocated most of it. */
  allocations: (CallReport & { category: Category; bytes: number })[]
}

/** `line` is where the function begins: V8 does not tell the line that allocated. */
export interface FunctionAllocation extends CallReport {
  category: Category
  package: string | null
  /** By the function itself; what V8 inlined into it is included. */
  bytes: number
  /** With all that it called. */
  totalBytes: number
  /** The tests with most of it; empty if it ran only outside of tests. */
  tests: (TestReference & { bytes: number })[]
}

export interface ModuleAllocation {
  module: string
  package: string | null
  /** Loading what it imports is included, running that is not. */
  bytes: number
}

export interface FileMemoryReport {
  path: string
  project: string
  worker: number
  /** Of the worker's heap after a collection; null: none was made at that time. */
  heapBeforeBytes: number | null
  heapAfterBytes: number | null
  /** Null: unknown, because the worker ended early. */
  sandboxKept: boolean | null
}

export interface KeptSandbox {
  file: string
  project: string
  /** What would be freed with it; 0: unknown. */
  retainedBytes: number
  /** From what holds it to the function that is held, such as `node:https`, `request`, `request src/tracing.js:3`; empty: unknown. */
  path: string[]
  /** Where the function begins that is held; null: there is none. */
  position: Position | null
}

/** The mean of what the heap grew by, without the first test file of the process. */
export interface HeapGrowth {
  worker: number
  files: number
  bytesPerFile: number
  /** The error of `bytesPerFile` in 95 of 100 cases. */
  uncertaintyBytes: number
}

interface ProcessMemoryReport {
  worker: number
  /** V8's limit for the heap; left out where it was not recorded. */
  heapLimitBytes?: number
  /** The most that the process had in memory. */
  peakBytes: number
  /** Forced collections. */
  collections: number
  collectionMs: number
  snapshotMs: number
}
