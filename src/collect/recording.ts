// What one worker saw for one test file: V8's nodes and samples as columns, and the tests' windows on the same clock.
// Times in microseconds since the recording began; positions as V8 gives them: 0-based, of the code that ran.

import type { EngineName } from './engines/engine.js'

export const RECORDING_VERSION = 1

/** How a recording ended: regularly, or why its file was cut short. */
export type RecordingEnd = 'teardown' | 'process exit' | 'environment failed' | 'abandoned'

export type TestStatus = 'passed' | 'failed' | 'skipped' | 'todo' | 'unfinished'

export interface RecordingHeader {
  /** Jest's id of the project, and its display name (`''` when it has none). */
  projectId: string
  project: string
  /** Absolute path of the test file. */
  testPath: string
  /** JEST_WORKER_ID; 1 in band. */
  worker: number
  processId: number
  threadId: number
  nodeVersion: string
  engine: EngineName
  samplingIntervalMicros: number
  /** Wall clock at the start, in milliseconds since the epoch. */
  startedAtMs: number
  wallMicros: number
  /** What the profiler itself took outside `wallMicros`: starting, ending, and reading the profile. */
  overheadMicros: number
  end: RecordingEnd
  /** Jest 29 starts a CommonJS module's first line this many columns in, twice; 0 in Jest 30. */
  wrapperLength: number
}

/** One attempt at one test. Skipped and todo tests have a window of no length. */
export interface TestSpan {
  /** Position of the test in its file, in the order of Jest's own results. */
  index: number
  /** Describe chain and title. */
  name: string[]
  /** 1 for the first try. */
  attempt: number
  concurrent: boolean
  status: TestStatus
  /** From Jest's `test_start` to `test_done`, hooks included; of a concurrent test, its function's own run. */
  start: number
  end: number
}

/** A script that ran, and what is known of its source map. */
export interface Script {
  /** Absolute path, `node:` name, other URL, or `''`. */
  url: string
  /** Loaded as a CommonJS module in the sandbox: in Jest 29 such a module stands in a wrapper. */
  wrapped: boolean
  /** Jest transformed it; `sourceMap` is where its map lies, or null when the transformer made none. */
  transformed: boolean
  sourceMap: string | null
}

export interface Recording {
  version: typeof RECORDING_VERSION
  header: RecordingHeader
  tests: TestSpan[]
  scripts: Script[]
  functions: { name: string[]; script: number[]; line: number[]; column: number[] }
  /** The call tree, callers first; the root's caller is -1. */
  nodes: { function: number[]; caller: number[] }
  /** Samples by source line (1-based), of nodes that V8 reports lines for. */
  ticks: { node: number[]; line: number[]; count: number[] }
  samples: { node: number[]; time: number[] }
}

/** Left in place of a recording when one could not be made. */
export interface RecordingProblem {
  version: typeof RECORDING_VERSION
  header: Pick<RecordingHeader, 'projectId' | 'testPath'>
  problem: string
}
