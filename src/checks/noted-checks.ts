// What is noted of a test file beside V8's profile, in recordings as they are made and as they are kept: what each part
// has to look like for sums over it to be right. Times in microseconds since the recording began.

import type {
  CacheKey,
  FailedModule,
  HookDefinition,
  HookRuns,
  ModuleLoads,
  PhaseStart,
  Recording,
  RecordingHeader,
  TestSpan,
  ThreadClock,
  TransformTotals,
  Waits,
} from '../recording/recording.js'
import {
  allOf,
  anything,
  type Check,
  fields,
  flag,
  flaw,
  listOf,
  nullable,
  number,
  oneOf,
  optional,
  positionOrNone,
  text,
  texts,
  whole,
  within,
} from './check.js'
import { column, columns, positionsIn, positionsOrNone } from './columns.js'

/** 115 days: no test file takes longer. */
const LONGEST = 1e13
/** Milliseconds since the epoch: in 3000 years. */
const LATEST = 1e14
const MOST = Number.MAX_SAFE_INTEGER
/** Tests of one file: tables are as long as the highest position. */
const MOST_TESTS = 1_000_000

const moment = { from: -LONGEST, to: LONGEST } as const
const duration = { from: 0, to: LONGEST } as const
const ascending = { ...moment, ascending: true } as const

export const HEADER: Omit<Record<keyof RecordingHeader, Check>, 'wrapperLength'> = {
  projectId: text,
  project: text,
  testPath: text,
  worker: whole({ from: 0, to: 1_000_000 }),
  processId: whole({ from: 0, to: MOST }),
  threadId: whole({ from: 0, to: MOST }),
  nodeVersion: text,
  engine: text,
  samplingIntervalMicros: number({ from: 1, to: LONGEST }),
  startedAtMs: number({ from: 0, to: LATEST }),
  wallMicros: whole(duration),
  overheadMicros: number(duration),
  samplerMicros: nullable(number(duration)),
  end: oneOf(['teardown', 'process exit', 'environment failed', 'abandoned']),
}

export const TEST_STATUS = oneOf(['passed', 'failed', 'skipped', 'todo', 'unfinished'])

const endsAfterStart: Check = value => {
  const { start, end } = value as TestSpan
  return end >= start ? undefined : within('.end', flaw(end, `at or after its start, ${start}`))
}

/** But for concurrent ones: else each of them could overlap each group of those. */
const oneAfterTheOther: Check = value => {
  let last = Number.NEGATIVE_INFINITY
  for (const [row, { start, end, concurrent }] of (value as readonly TestSpan[]).entries()) {
    if (concurrent) continue
    if (start < last)
      return within(`[${row}].start`, flaw(start, `at or after the end of the one before, ${last}`))
    last = end
  }
  return undefined
}

export const TEST_SPANS = allOf(
  listOf(
    allOf(
      fields<TestSpan>({
        index: whole({ from: -1, to: MOST_TESTS }),
        name: texts,
        attempt: whole({ from: 1, to: MOST_TESTS }),
        concurrent: flag,
        status: TEST_STATUS,
        start: whole(moment),
        end: whole(moment),
        site: positionOrNone('sites'),
        body: optional(text),
      }),
      endsAfterStart,
    ),
  ),
  oneAfterTheOther,
)

const inOrder: Check = value => {
  const starts = (value as readonly PhaseStart[]).map(({ start }) => start)
  const row = starts.findIndex((start, index) => start < (starts[index - 1] ?? start))
  if (row < 0) return undefined
  return within(`[${row}].start`, flaw(starts[row], `at or after that of the one before, ${starts[row - 1]}`))
}

const phase = oneOf([
  ...['environment', 'setupFiles', 'framework', 'setupFilesAfterEnv', 'imports', 'tests'],
  ...['teardown', 'other'],
])

export const PHASE_STARTS = allOf(listOf(fields<PhaseStart>({ phase, start: whole(moment) })), inOrder)

/** An ES module's load has no end. */
const NO_END = -1

/** In each row, unless there is no end. */
const rowsEndAfterStart: Check = value => {
  const { start, end } = value as Pick<HookRuns, 'start' | 'end'>
  const row = end.findIndex((moment, row) => moment !== NO_END && moment < (start[row] ?? 0))
  return row < 0 ? undefined : within(`.end[${row}]`, flaw(end[row], `at or after its start, ${start[row]}`))
}

const hookDefinition = fields<HookDefinition>({
  type: oneOf(['beforeAll', 'beforeEach', 'afterEach', 'afterAll']),
  describe: texts,
  site: positionOrNone('sites'),
})

const hookRuns = allOf(
  columns<HookRuns>({
    definition: positionsIn('hooks'),
    start: column(duration),
    end: column(duration),
    test: positionsOrNone('tests'),
  }),
  rowsEndAfterStart,
)

export const HOOKS = allOf(
  fields<Recording['hooks']>({ definitions: listOf(hookDefinition), runs: anything }),
  (value, sizes) => {
    const { definitions, runs } = value as Recording['hooks']
    return within('.runs', hookRuns(runs, { ...sizes, hooks: definitions.length }))
  },
)

const loads = allOf(
  columns<ModuleLoads['loads']>({
    module: positionsIn('modules'),
    importer: positionsOrNone('modules'),
    within: column({ from: -1, to: 0, earlier: true }),
    start: column(moment),
    end: column({ ...duration, from: NO_END }),
    resolve: column(duration),
    transform: column(duration),
    compile: column(duration),
  }),
  rowsEndAfterStart,
)

/** `within` leads to a load: see `modulesCheck`. */
const lookups = columns<ModuleLoads['lookups']>({
  module: positionsIn('modules'),
  within: positionsOrNone('loads'),
  start: column(moment),
  resolve: column(duration),
  mock: column(duration),
})

const edges = columns<ModuleLoads['edges']>({ from: positionsIn('modules'), to: positionsIn('modules') })

/** `paths`: what names the modules. */
export function modulesCheck(paths: Check): Check {
  const transformers = column({ from: 0, to: 'modules', ascending: true })
  const parts = fields<ModuleLoads>({ path: paths, transformers, loads, lookups, edges })
  return (value, sizes) => {
    const { path, loads: told } = (value ?? {}) as Partial<ModuleLoads>
    const lengthOf = (column: unknown) => (Array.isArray(column) ? column.length : 0)
    return parts(value, { ...sizes, modules: lengthOf(path), loads: lengthOf(told?.module) })
  }
}

export const TRANSFORMS = listOf(
  fields<TransformTotals>({
    transformer: nullable(text),
    extension: text,
    files: whole({ from: 0, to: MOST }),
    misses: whole({ from: 0, to: MOST }),
    uncached: whole({ from: 0, to: MOST }),
    micros: number(duration),
    missMicros: number(duration),
    loadMicros: number(duration),
    missLoadMicros: number(duration),
  }),
)

export const FAILED_MODULES = listOf(
  fields<FailedModule>({
    module: text,
    isResolved: flag,
    tries: whole({ from: 1, to: MOST }),
    micros: number(duration),
    importers: texts,
    error: text,
  }),
)

export const CACHE_KEYS = listOf(
  fields<CacheKey>({ transformer: text, path: text, input: text, key: text, again: nullable(text) }),
)

const resources = columns<Waits['resources']>({
  kind: texts,
  stack: listOf(nullable(positionsIn('sites'))),
  test: positionsOrNone('tests'),
  repeats: listOf(flag),
})

const waking = fields<Omit<Waits, 'resources'>>({
  wakes: columns<Waits['wakes']>({
    time: column(ascending),
    since: column(moment),
    resource: positionsIn('resources'),
  }),
  leaks: columns<Waits['leaks']>({
    resource: positionsIn('resources'),
    during: positionsOrNone('tests'),
    time: column(ascending),
    count: column({ from: 1, to: MOST }),
    micros: column(duration),
  }),
  thinned: columns<Waits['thinned']>({
    kind: texts,
    created: column({ from: 1, to: MOST }),
    kept: column({ from: 0, to: MOST }),
  }),
  pauses: allOf(
    columns<Waits['pauses']>({ start: column(ascending), end: column(ascending) }),
    rowsEndAfterStart,
  ),
  contexts: nullable(
    columns<NonNullable<Waits['contexts']>>({ time: column(ascending), test: positionsOrNone('tests') }),
  ),
})

export const WAITS = allOf(fields<Pick<Waits, 'resources'>>({ resources }), (value, sizes) =>
  waking(value, { ...sizes, resources: (value as Waits).resources.kind.length }),
)

/** Of a clock that was never read nothing can be told: it is null then. */
export const CLOCK = allOf(
  fields<Pick<ThreadClock, 'step'>>({ step: number(duration) }),
  columns<Omit<ThreadClock, 'step'>>({
    time: column(ascending),
    cpu: column({ from: 0, to: LONGEST, ascending: true, broken: true }),
  }),
  value => ((value as ThreadClock).time.length > 0 ? undefined : { where: '.time', what: 'is empty' }),
)

export const HEAP = columns<Recording['heap']>({
  time: column({ ...ascending, broken: true }),
  usedBytes: column({ from: 0, to: MOST, broken: true }),
})

/** `moments`: as many as there are microseconds in the recording, its end included. */
export const SAMPLES = columns<Recording['samples']>({
  node: positionsIn('nodes'),
  time: column({ from: 0, to: 'moments', ascending: true }),
})

export const TICKS = columns<Recording['ticks']>({
  node: positionsIn('nodes'),
  line: column({ from: 1, to: MOST }),
  count: column({ from: 1, to: MOST }),
})

/** Callers come before callees, so that every way up ends. */
export const CALLERS = column({ from: -1, to: 0, earlier: true })
