// What one worker saw for one test file: V8's nodes and samples as columns, and on the same clock the phases, tests
// and hooks, the modules that were loaded, and what idle time waited for.
// Times in microseconds since the recording began; positions as V8 gives them: 0-based, of the code that ran.

import type { EngineName, HookType, RecordedPhase, RecordingEnd, TestStatus, Tool } from './enums.js'
import type { ResourceKind } from './wait-kinds.js'

export const RECORDING_VERSION = 7

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
  /**
   * What the profiler itself took: starting, ending and reading the profile, which lies outside `wallMicros`, and recording
   * waits, which lies within it. Time in which the thread ran, where that is known.
   */
  overheadMicros: number
  /** For how long V8's sampler ran, in its own thread, since the file before; null where nobody tells. */
  samplerMicros: number | null
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
  /** Where it was defined, in the recording's `sites`; -1: not known. */
  site: number
  /** The same for functions of the same text; left out where that tells nothing, and before it was recorded. */
  body?: string
}

/** A phase lasts until the next one begins. */
export interface PhaseStart {
  phase: RecordedPhase
  start: number
}

export interface HookDefinition {
  type: HookType
  /** Names of the describe blocks around it, outermost first. */
  describe: string[]
  /** Where it was defined, in the recording's `sites`; -1: not known. */
  site: number
}

/** Columns: every run of every hook of the user's. */
export interface HookRuns {
  definition: number[]
  start: number[]
  end: number[]
  /** Position in `tests` of the attempt that it ran for; -1 for beforeAll and afterAll. */
  test: number[]
}

/** Columns of call positions, as captured stacks show them. */
export interface CallSites {
  name: string[]
  script: number[]
  line: number[]
  column: number[]
}

/** Modules that were loaded into the sandbox, Jest's own apart. */
export interface ModuleLoads {
  /** Absolute paths. */
  path: string[]
  /**
   * Positions in `path`, ascending, that stand for something else: a transformer, whose loads are of all that it loads
   * outside of the sandbox while it is called. Its path may be there once more, as that of a module.
   */
  transformers: number[]
  /** Columns: every load, in the order in which they began; a module may be loaded several times. */
  loads: {
    module: number[]
    /** The module that asked for it; -1: Jest itself. */
    importer: number[]
    /** Position of the load in whose execution this one took place; -1: in none. */
    within: number[]
    start: number[]
    /** -1: an ES module, whose evaluation is no call of Jest's. */
    end: number[]
    resolve: number[]
    transform: number[]
    compile: number[]
  }
  /**
   * Columns: what Jest did to find a module, or to make a mock of it, other than loading it. `within`: position of the load in whose
   * execution this was, -1: in none; `resolve` and `mock` are what it took.
   */
  lookups: { module: number[]; within: number[]; start: number[]; resolve: number[]; mock: number[] }
  /** Columns: each pair of a module and one that it asked for, once. */
  edges: { from: number[]; to: number[] }
}

/** What the user's transformers did, by transformer and file extension. */
export interface TransformTotals {
  /** Absolute path of the transformer's module; null: the file was taken as it is. */
  transformer: string | null
  /** With its dot. */
  extension: string
  /** Files that were asked for; what a worker has in memory is not. */
  files: number
  /** Of these, the ones that were not in Jest's cache on disk. */
  misses: number
  /** Of these, the ones that no cache was asked for, because it was off. */
  uncached: number
  /** Without `loadMicros`. */
  micros: number
  missMicros: number
  /** What loading the transformer took: modules of its own, and what its first call took on top of later ones. */
  loadMicros: number
  /** The part of it that came with files that were not in the cache. */
  missLoadMicros: number
}

/** A module that could not be resolved, or whose code threw while it was loaded: Jest tries again at each require. */
export interface FailedModule {
  /** Its absolute path; where it could not be resolved, what was asked for. */
  module: string
  isResolved: boolean
  tries: number
  /** Of all tries, with what they loaded in turn. */
  micros: number
  /** Absolute paths of modules that asked for it, the first few. */
  importers: string[]
  /** The first line of the first error's message. */
  error: string
}

/** What a transformer's `getCacheKey` returned for one of the files that were not in Jest's cache. */
export interface CacheKey {
  /** Absolute path of the transformer's module. */
  transformer: string
  /** Absolute path of the file. */
  path: string
  /** A hash of all that the key may depend on: the file's text, Jest's config and the options of the transform. */
  input: string
  key: string
  /** What it returned for the same when it was asked again in that process; null: it was not asked. */
  again: string | null
}

/** What the event loop was woken up by: the ends of idle stretches. */
export interface Waits {
  /** Columns: what can wake it. */
  resources: {
    kind: ResourceKind[]
    /**
     * Positions in `sites`, innermost first; empty: none of the user's code is in its stack; null: there were too many
     * to read them all.
     */
    stack: (number[] | null)[]
    /** Position in `tests` of the attempt that created it; -1: none did. */
    test: number[]
    /** An interval, or a timer that sets itself again. */
    repeats: boolean[]
  }
  /** Columns in the order of time; `since`: when what woke it was created. */
  wakes: { time: number[]; since: number[]; resource: number[] }
  /**
   * Columns in the order of time: callbacks that ran in a later test than the one that created them. `time` is that of
   * the wake-up, `micros` what the callback itself took; `count` is one, but where there were too many to keep each.
   */
  leaks: { resource: number[]; during: number[]; time: number[]; count: number[]; micros: number[] }
  /** Columns: kinds of which more were created than could get a stack; those that have one stand for the others. */
  thinned: { kind: ResourceKind[]; created: number[]; kept: number[] }
  /** Columns in the order of time: spans in which nothing was recorded, because it would have slowed the tests. */
  pauses: { start: number[]; end: number[] }
  /** Columns: from when on the thread worked for which test, -1: for none; null where that cannot be told cheaply. */
  contexts: { time: number[]; test: number[] } | null
}

/** Columns in the order of time: for how long the thread had run by then, in microseconds. */
export interface ThreadClock {
  /** At least in what steps it goes, which it takes late: the thread may have run for less than one step longer. */
  step: number
  time: number[]
  cpu: number[]
}

/** Columns: of the whole isolate, Jest's own part included; garbage that was not collected yet is in use. */
export interface HeapUse {
  time: number[]
  usedBytes: number[]
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
  /** Of another's package that nobody but Jest, or the user's transformers, has loaded. */
  tool?: Tool
}

export interface Recording {
  version: typeof RECORDING_VERSION
  header: RecordingHeader
  tests: TestSpan[]
  /** The first one begins at 0. */
  phases: PhaseStart[]
  hooks: { definitions: HookDefinition[]; runs: HookRuns }
  /** Null: this Jest's runtime could not be observed. */
  modules: ModuleLoads | null
  transforms: TransformTotals[]
  failedModules: FailedModule[]
  cacheKeys: CacheKey[]
  /** Null: not recorded. */
  waits: Waits | null
  /** Null: this Node cannot tell. */
  clock: ThreadClock | null
  heap: HeapUse
  sites: CallSites
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
