// What is recorded of a test file beside V8's profile, the same in recordings as workers leave them and in resolved ones.
// Times in microseconds since the recording began.

import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import {
  anyOf,
  arrayOf,
  boolean,
  type Infer,
  issue,
  nullable,
  number,
  object,
  oneOf,
  optional,
  refine,
  type Schema,
  string,
  strings,
  stringThat,
  table,
  type ValidationIssue,
  whole,
  within,
} from '../schema/schema.js'
import {
  ENGINE_NAMES,
  HOOK_TYPES,
  RECORDED_PHASES,
  RECORDING_ENDS,
  TEST_STATUSES,
  UNOBSERVED_PARTS,
} from './enums.js'
import { RESOURCE_KINDS, type ResourceKind } from './wait-kinds.js'

/** 115 days: no test file takes longer. */
const LONGEST = 1e13
/** Milliseconds since the epoch: in 3000 years. */
const LATEST = 1e14
const MOST = Number.MAX_SAFE_INTEGER
/** Tests of one file: tables are as long as the highest position. */
const MOST_TESTS = 1_000_000

const timestamp = { from: -LONGEST, to: LONGEST } as const
const duration = { from: 0, to: LONGEST } as const
const ascending = { ...timestamp, isAscending: true } as const

export const HEADER_FIELDS = {
  /** Jest's id of the project, and its display name (`''` when it has none). */
  projectId: string,
  project: string,
  /** Absolute path of the test file. */
  testPath: string,
  /** JEST_WORKER_ID; 1 in band. */
  worker: whole({ from: 0, to: 1_000_000 }),
  processId: whole({ from: 0, to: MOST }),
  threadId: whole({ from: 0, to: MOST }),
  nodeVersion: string,
  engine: oneOf(ENGINE_NAMES),
  samplingIntervalMicros: number({ from: 1, to: LONGEST }),
  /** Wall clock at the start, in milliseconds since the epoch. */
  startedAtMs: number({ from: 0, to: LATEST }),
  wallMicros: whole(duration),
  /**
   * What the profiler itself took: starting, ending and reading the profile, which lies outside `wallMicros`, and recording
   * waits, which lies within it. Time in which the thread ran, where that is known.
   */
  overheadMicros: number(duration),
  /** For how long V8's sampler ran, in its own thread, since the file before; null where this is unavailable. */
  samplerMicros: nullable(number(duration)),
  end: oneOf(RECORDING_ENDS),
  /** What of Jest could not be observed; left out where all of it was. */
  unobserved: optional(arrayOf(oneOf(UNOBSERVED_PARTS))),
}

/** One attempt at one test. Skipped and todo tests have a window of no length. */
export type TestSpan = Infer<typeof TEST_SPAN>

const TEST_SPAN = object({
  /** Position of the test in its file, in the order of Jest's own results. */
  index: whole({ from: -1, to: MOST_TESTS }),
  /** Describe chain and title. */
  name: strings,
  /** 1 for the first try. */
  attempt: whole({ from: 1, to: MOST_TESTS }),
  concurrent: boolean,
  status: oneOf(TEST_STATUSES),
  /** From Jest's `test_start` to `test_done`, hooks included; of a concurrent test, its function's own run. */
  start: whole(timestamp),
  end: whole(timestamp),
  /** Where it was defined, in the recording's `sites`; -1: unknown. */
  site: whole({ from: -1, to: 'sites' }),
  /** The same for functions of the same text; left out where that is no information, and before it was recorded. */
  body: optional(string),
})

/** Concurrent ones apart: else each of them could overlap each group of those. */
export const TEST_SPANS = refine(arrayOf(TEST_SPAN), spans => {
  let last = Number.NEGATIVE_INFINITY
  for (const [row, { start, end, concurrent }] of spans.entries()) {
    if (end < start) return within(row, within('end', issue(end, `at or after its start, ${start}`)))
    if (concurrent) continue
    if (start < last)
      return within(row, within('start', issue(start, `at or after the end of the one before, ${last}`)))
    last = end
  }
  return undefined
})

/** A phase lasts until the next one begins. */
export type PhaseStart = Infer<typeof PHASE_START>

const PHASE_START = object({ phase: oneOf(RECORDED_PHASES), start: whole(timestamp) })

/** The first one begins at 0. */
export const PHASE_STARTS = refine(arrayOf(PHASE_START), starts => {
  const row = starts.findIndex(({ start }, index) => start < (starts[index - 1]?.start ?? start))
  const { start } = starts[row] ?? {}
  const expected = `at or after that of the one before, ${starts[row - 1]?.start}`
  return row < 0 ? undefined : within(row, within('start', issue(start, expected)))
})

/** An ES module's load has no end. */
const NO_END = -1

/** In each row, unless there is no end. */
function rowsEndAfterStart({ start, end }: { start: number[]; end: number[] }): ValidationIssue | undefined {
  const row = end.findIndex((ended, row) => ended !== NO_END && ended < (start[row] ?? 0))
  if (row < 0) return undefined
  return within('end', within(row, issue(end[row], `at or after its start, ${start[row]}`)))
}

export type HookDefinition = Infer<typeof HOOK_DEFINITION>

const HOOK_DEFINITION = object({
  type: oneOf(HOOK_TYPES),
  /** Names of the describe blocks around it, outermost first. */
  describe: strings,
  /** Where it was defined, in the recording's `sites`; -1: unknown. */
  site: whole({ from: -1, to: 'sites' }),
})

/** Columns: every run of every hook of the user's. */
export type HookRuns = Infer<typeof HOOK_RUNS>

const HOOK_RUNS = refine(
  columns({
    definition: positionsIn('hooks'),
    start: column(duration),
    end: column(duration),
    /** Position in `tests` of the attempt that it ran for; -1 for beforeAll and afterAll. */
    test: positionsOrNone('tests'),
  }),
  rowsEndAfterStart,
)

export const HOOKS = object({ definitions: table('hooks', arrayOf(HOOK_DEFINITION)), runs: HOOK_RUNS })

/** Modules that were loaded into the sandbox, Jest's own apart. */
export type ModuleLoads = Infer<ReturnType<typeof moduleLoads>>

/** `paths`: absolute. */
export function moduleLoads(paths: Schema<string[]>) {
  return object({
    path: table('modules', paths),
    /**
     * Positions in `path`, ascending, that stand for something else: a transformer, whose loads are of all that it loads
     * outside of the sandbox while it is called. Its path may be there once more, as that of a module.
     */
    transformers: column({ from: 0, to: 'modules', isAscending: true }),
    loads: table('loads', LOADS),
    lookups: LOOKUPS,
    /** Columns: each pair of a module and one that it asked for, once. */
    edges: columns({ from: positionsIn('modules'), to: positionsIn('modules') }),
  })
}

/** Columns: every load, in the order in which they began; a module may be loaded several times. */
const LOADS = refine(
  columns({
    module: positionsIn('modules'),
    /** The module that asked for it; -1: Jest itself. */
    importer: positionsOrNone('modules'),
    /** Position of the load in whose execution this one took place; -1: in none. */
    within: column({ from: -1, to: 0, isEarlier: true }),
    start: column(timestamp),
    /** -1: an ES module, whose evaluation is no call of Jest's. */
    end: column({ ...duration, from: NO_END }),
    resolve: column(duration),
    transform: column(duration),
    compile: column(duration),
  }),
  rowsEndAfterStart,
)

/** Columns: what Jest did to find a module, or to make a mock of it, other than loading it. */
const LOOKUPS = columns({
  module: positionsIn('modules'),
  /** Position of the load in whose execution this was; -1: in none. */
  within: positionsOrNone('loads'),
  start: column(timestamp),
  /** What these took. */
  resolve: column(duration),
  mock: column(duration),
})

/** What the user's transformers did, by transformer and file extension. */
export type TransformTotals = Infer<typeof TRANSFORM_TOTALS>

const TRANSFORM_TOTALS = object({
  /** Absolute path of the transformer's module; null: the file was taken as it is. */
  transformer: nullable(string),
  /** With its dot. */
  extension: string,
  /** Files that were asked for; what a worker has in memory is not. */
  files: whole({ from: 0, to: MOST }),
  /** Of these, the ones that were not in Jest's cache on disk. */
  misses: whole({ from: 0, to: MOST }),
  /** Of these, the ones that no cache was asked for, because it was off. */
  uncached: whole({ from: 0, to: MOST }),
  /** Without `loadMicros`. */
  micros: number(duration),
  missMicros: number(duration),
  /** What loading the transformer took: modules of its own, and what its first call took on top of later ones. */
  loadMicros: number(duration),
  /** The part of it that came with files that were not in the cache. */
  missLoadMicros: number(duration),
})

/** A module that could not be resolved, or whose code threw while it was loaded: Jest tries again at each require. */
export type FailedModule = Infer<typeof FAILED_MODULE>

const FAILED_MODULE = object({
  /** Its absolute path; where it could not be resolved, what was asked for. */
  module: string,
  isResolved: boolean,
  tries: whole({ from: 1, to: MOST }),
  /** All tries, with what they loaded in turn. */
  micros: number(duration),
  /** Absolute paths of modules that asked for it, the first few. */
  importers: strings,
  /** The first line of the first error's message. */
  error: string,
})

/** What a transformer's `getCacheKey` returned for one of the files that were not in Jest's cache. */
export type CacheKey = Infer<typeof CACHE_KEY>

const CACHE_KEY = object({
  /** Absolute path of the transformer's module. */
  transformer: string,
  /** Absolute path of the file. */
  path: string,
  /** A hash of all that the key may depend on: the file's text, Jest's config and the options of the transform. */
  input: string,
  key: string,
  /** What it returned for the same when it was asked again in that process; null: it was not asked. */
  again: nullable(string),
})

const RESOURCE_KIND: Schema<ResourceKind> = anyOf(
  oneOf(RESOURCE_KINDS),
  stringThat<`other (${string})`>("'other (…)'", kind => kind.startsWith('other (') && kind.endsWith(')')),
)

/** What the event loop was woken up by: the ends of idle spans. */
export type Waits = Infer<typeof WAITS>

const WAITS = object({
  /** Columns: what can wake it. */
  resources: table(
    'resources',
    columns({
      kind: arrayOf(RESOURCE_KIND),
      /**
       * Positions in `sites`, innermost first; empty: none of the user's code is in its stack; null: there were too many
       * to read them all.
       */
      stack: arrayOf(nullable(positionsIn('sites'))),
      /** Position in `tests` of the attempt that created it; -1: none did. */
      test: positionsOrNone('tests'),
      /** An interval, or a timer that sets itself again. */
      repeats: arrayOf(boolean),
    }),
  ),
  /** Columns in the order of time. */
  wakes: columns({
    time: column(ascending),
    /** When what woke it was created. */
    since: column(timestamp),
    resource: positionsIn('resources'),
  }),
  /** Columns in the order of time: callbacks that ran in a later test than the one that created them. */
  leaks: columns({
    resource: positionsIn('resources'),
    during: positionsOrNone('tests'),
    /** That of the wake-up. */
    time: column(ascending),
    /** One, except where there were too many to keep each. */
    count: column({ from: 1, to: MOST }),
    /** What the callback itself took. */
    micros: column(duration),
  }),
  /** Columns: kinds of which more were created than could get a stack; those that have one stand for the others. */
  thinned: columns({
    kind: arrayOf(RESOURCE_KIND),
    created: column({ from: 1, to: MOST }),
    kept: column({ from: 0, to: MOST }),
  }),
  /** Columns in the order of time: spans in which nothing was recorded, because it would have slowed the tests. */
  pauses: refine(columns({ start: column(ascending), end: column(ascending) }), rowsEndAfterStart),
  /** Columns: from when on the thread worked for which test, -1: for none; null where that is too expensive to find out. */
  contexts: nullable(columns({ time: column(ascending), test: positionsOrNone('tests') })),
})

/** Columns in the order of time: for how long the thread had run by then, in microseconds. */
export type ThreadClock = Infer<typeof CLOCK>

const CLOCK = refine(
  columns(
    { time: column(ascending), cpu: column({ ...duration, isAscending: true, isFractional: true }) },
    {
      /** At least in what steps it goes, which it takes late: the thread may have run for less than one step longer. */
      step: number(duration),
    },
  ),
  // A clock that was never read is null.
  clock =>
    clock.time.length > 0
      ? undefined
      : within('time', { ...issue(clock.time, 'an array of at least one'), problem: 'is empty' }),
)

/** Columns: the whole isolate, Jest's own part included; garbage that was not collected yet is in use. */
export type HeapUse = Infer<typeof HEAP>

const HEAP = columns({
  time: column({ ...ascending, isFractional: true }),
  usedBytes: column({ from: 0, to: MOST, isFractional: true }),
})

/** All but what is in other terms once it is resolved. */
export const RECORDED_FIELDS = {
  tests: table('tests', TEST_SPANS),
  phases: PHASE_STARTS,
  hooks: HOOKS,
  transforms: arrayOf(TRANSFORM_TOTALS),
  failedModules: arrayOf(FAILED_MODULE),
  cacheKeys: arrayOf(CACHE_KEY),
  /** Null: not recorded. */
  waits: nullable(WAITS),
  /** Null: unavailable in this version of Node. */
  clock: nullable(CLOCK),
  heap: HEAP,
  /** Samples by source line (1-based), of nodes that V8 reports lines for. */
  ticks: columns({
    node: positionsIn('nodes'),
    line: column({ from: 1, to: MOST }),
    count: column({ from: 1, to: MOST }),
  }),
  /** Times ascending, up to the recording's end. */
  samples: columns({
    node: positionsIn('nodes'),
    time: column({ from: 0, to: 'timestamps', isAscending: true }),
  }),
}

/** The timestamps of a recording, its end included, are a table for those within. */
export function timestampsOf(header: unknown): number {
  const wallMicros = (header as { wallMicros?: unknown } | undefined)?.wallMicros
  return typeof wallMicros === 'number' ? wallMicros + 1 : 0
}

/** Callers come before callees, so that every way up ends; -1: none. */
export const CALLERS = column({ from: -1, to: 0, isEarlier: true })

export function linesOrColumns(from: number) {
  return column({ from, to: MOST })
}
