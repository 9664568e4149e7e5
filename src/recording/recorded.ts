// What is recorded beside V8's profile, in raw and in resolved recordings. Times in microseconds since the recording began.

import { PHASES } from '../profile/profile.js'
import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import { issue, within } from '../schema/issues.js'
import { arrayOf, object, strings, table } from '../schema/objects.js'
import type { Infer } from '../schema/schema.js'
import { boolean, nullable, number, oneOf, optional, refine, string, whole } from '../schema/values.js'
import {
  ascending,
  duration,
  findEndBeforeStart,
  LATEST,
  LONGEST,
  MOST,
  MOST_TESTS,
  timestamp,
} from './bounds.js'
import {
  ENGINE_NAMES,
  HANDLE_KINDS,
  HOOK_TYPES,
  RECORDING_ENDS,
  TEST_STATUSES,
  UNOBSERVED_PARTS,
} from './enums.js'
import { ALLOCATIONS } from './recorded-allocations.js'
import { CACHE_KEY, FAILED_MODULE, TRANSFORM_TOTALS } from './recorded-modules.js'
import { WAITS } from './recorded-waits.js'

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
  /** Null: without a profile. */
  samplingIntervalMicros: nullable(number({ from: 1, to: LONGEST })),
  /** Wall clock at the start, in milliseconds since the epoch. */
  startedAtMs: number({ from: 0, to: LATEST }),
  wallMicros: whole(duration),
  /** CPU time of the profiler, if known: starting, ending and reading the profile, outside `wallMicros`, and recording waits, within. */
  overheadMicros: number(duration),
  /** CPU time of V8's sampler thread since the last file; null if unknown. */
  samplerMicros: nullable(number(duration)),
  end: oneOf(RECORDING_ENDS),
  /** Parts of Jest that could not be observed; left out if there are none. */
  unobserved: optional(arrayOf(oneOf(UNOBSERVED_PARTS))),
}

/** An attempt at a test. Skipped and todo tests have a span of no length. */
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
  /** From Jest's `test_start` to `test_done`, including hooks; for concurrent tests, from start to end of the function. */
  start: whole(timestamp),
  end: whole(timestamp),
  /** Where it was defined, in the recording's `sites`; -1: unknown. */
  site: whole({ from: -1, to: 'sites' }),
  /** A hash of the function's text; left out if the text is too short to distinguish tests. */
  body: optional(string),
})

/** Tests must not overlap, except concurrent ones: otherwise each test could overlap each concurrent group. */
const TEST_SPANS = refine(arrayOf(TEST_SPAN), spans => {
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

const PHASE_START = object({
  /** Hooks have their own spans. So do circus's tests: `tests` is only recorded with runners that report no tests. */
  phase: oneOf(PHASES.filter(phase => phase !== 'hooks')),
  start: whole(timestamp),
})

/** Phases must be in order; the first begins at 0. */
const PHASE_STARTS = refine(arrayOf(PHASE_START), starts => {
  const row = starts.findIndex(({ start }, index) => start < (starts[index - 1]?.start ?? start))
  const { start } = starts[row] ?? {}
  const expected = `at or after that of the one before, ${starts[row - 1]?.start}`
  return row < 0 ? undefined : within(row, within('start', issue(start, expected)))
})

export type HookDefinition = Infer<typeof HOOK_DEFINITION>

const HOOK_DEFINITION = object({
  type: oneOf(HOOK_TYPES),
  /** Names of the describe blocks around it, outermost first. */
  describe: strings,
  /** Where it was defined, in the recording's `sites`; -1: unknown. */
  site: whole({ from: -1, to: 'sites' }),
})

/** Columns: the runs of the user's hooks. */
export type HookRuns = Infer<typeof HOOK_RUNS>

const HOOK_RUNS = refine(
  columns({
    definition: positionsIn('hooks'),
    start: column(duration),
    end: column(duration),
    /** Position in `tests` of the attempt that it ran for; -1 for beforeAll and afterAll. */
    test: positionsOrNone('tests'),
  }),
  findEndBeforeStart,
)

const HOOKS = object({ definitions: table('hooks', arrayOf(HOOK_DEFINITION)), runs: HOOK_RUNS })

/** Columns in the order of time: the thread's CPU time in microseconds. */
export type ThreadClock = Infer<typeof CLOCK>

const CLOCK = refine(
  columns(
    { time: column(ascending), cpu: column({ ...duration, isAscending: true, isFractional: true }) },
    {
      /** The clock advances late and in steps of at least this: the thread may have run for up to one step longer. */
      step: number(duration),
    },
  ),
  // A clock that was never read is null.
  clock =>
    clock.time.length > 0
      ? undefined
      : within('time', { ...issue(clock.time, 'an array of at least one'), problem: 'is empty' }),
)

/** Columns: heap use of the isolate, including Jest and garbage that was not collected yet. */
export type HeapUse = Infer<typeof HEAP>

const HEAP = columns({
  time: column({ ...ascending, isFractional: true }),
  usedBytes: column({ from: 0, to: MOST, isFractional: true }),
})

export type OpenHandles = Infer<typeof OPEN_HANDLES>

/** Columns: what keeps the process alive after the test file, such as timers and sockets. Whether it was only being closed is noted later. */
const OPEN_HANDLES = columns({
  kind: arrayOf(oneOf(HANDLE_KINDS)),
  /** Positions in `sites`, innermost first; null: unknown, because waits are not recorded. */
  stack: arrayOf(nullable(positionsIn('sites'))),
  /** Position in `tests` of the attempt that created it; -1: none, or unknown. */
  test: positionsOrNone('tests'),
  count: column({ from: 1, to: MOST }),
})

/** Functions of tests and hooks that timed out, or took most of their time limit. */
export type TimeLimits = Infer<typeof TIME_LIMITS>

const TIME_LIMITS = arrayOf(
  object({
    /** Position in `tests` of the attempt; -1: the hook ran for none. */
    test: whole({ from: -1, to: 'tests' }),
    /** Null: it is the test's own function. */
    hook: nullable(HOOK_DEFINITION),
    /** When it ended, or timed out. */
    end: whole(timestamp),
    limitMs: number(duration),
    lastedMicros: number(duration),
    timedOut: boolean,
    /** Whether it takes a callback that it has not called. */
    awaitsDone: boolean,
    /** What it had opened that still was, the latest last, when it timed out; null: it did not, or that is unknown. */
    open: nullable(
      arrayOf(
        object({
          kind: oneOf(HANDLE_KINDS),
          /** Positions in `sites`, innermost first; null: unknown. */
          stack: nullable(positionsIn('sites')),
        }),
      ),
    ),
  }),
)

/** The fields that are the same in raw and resolved recordings. */
export const RECORDED_FIELDS = {
  tests: table('tests', TEST_SPANS),
  phases: PHASE_STARTS,
  hooks: HOOKS,
  /** Left out if there are none. */
  timeLimits: optional(TIME_LIMITS),
  transforms: arrayOf(TRANSFORM_TOTALS),
  failedModules: arrayOf(FAILED_MODULE),
  cacheKeys: arrayOf(CACHE_KEY),
  /** Null: not recorded. */
  waits: nullable(WAITS),
  /** Left out if there are none. */
  openHandles: optional(OPEN_HANDLES),
  /** Null: unavailable in this version of Node. */
  clock: nullable(CLOCK),
  heap: HEAP,
  /** Left out without the option `memory`. */
  allocations: optional(ALLOCATIONS),
  /** Samples by source line (1-based), for nodes with lines. */
  ticks: columns({
    node: positionsIn('nodes'),
    line: column({ from: 1, to: MOST }),
    count: column({ from: 1, to: MOST }),
  }),
  /** Times ascending, up to the recording's end. Without a profile: when the thread's state changed, and to which. */
  samples: columns({
    node: positionsIn('nodes'),
    time: column({ from: 0, to: 'timestamps', isAscending: true }),
  }),
}

/** Returns the number of timestamps in a recording, including its end: their bound is checked like that of positions. */
export function timestampsOf(header: unknown): number {
  const wallMicros = (header as { wallMicros?: unknown } | undefined)?.wallMicros
  return typeof wallMicros === 'number' ? wallMicros + 1 : 0
}

/** Callers come before callees, which excludes cycles; -1: none. */
export const CALLERS = column({ from: -1, to: 0, isEarlier: true })
