// What is noted of a test file beside V8's profile, in recordings as they are made and as they are kept: what each part
// has to look like for sums over it to be right. Times in microseconds since the recording began.

import type {
  HookDefinition,
  HookRuns,
  ModuleLoads,
  PhaseStart,
  Recording,
  RecordingHeader,
  TestSpan,
  TransformTotals,
  Waits,
} from '../collect/recording.js'
import {
  type Check,
  fields,
  flag,
  flaw,
  listOf,
  nullable,
  number,
  oneOf,
  optional,
  text,
  texts,
  whole,
  within,
} from './check.js'
import { column, columns, positionIn, positionOrNone } from './columns.js'

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
  end: oneOf(['teardown', 'process exit', 'environment failed', 'abandoned']),
}

export const TEST_STATUS = oneOf(['passed', 'failed', 'skipped', 'todo', 'unfinished'])

/** How many of what there is that parts of a recording refer to. */
export interface Sizes {
  readonly sites: number
  readonly tests: number
}

export function testsCheck({ sites }: Pick<Sizes, 'sites'>): Check {
  const test = fields<TestSpan>({
    index: whole({ from: -1, to: MOST_TESTS }),
    name: texts,
    attempt: whole({ from: 1, to: MOST_TESTS }),
    concurrent: flag,
    status: TEST_STATUS,
    start: whole(moment),
    end: whole(moment),
    site: whole(positionOrNone(sites)),
    body: optional(text),
  })
  return listOf(value => test(value) ?? endsAfterStart(value as TestSpan))
}

function endsAfterStart({ start, end }: Pick<TestSpan, 'start' | 'end'>) {
  return end >= start ? undefined : within('.end', flaw(end, `at or after its start, ${start}`))
}

const phase = fields<PhaseStart>({
  phase: oneOf([
    ...['environment', 'setupFiles', 'framework', 'setupFilesAfterEnv', 'imports', 'tests'],
    ...['teardown', 'other'],
  ]),
  start: whole(moment),
})

export const PHASES: Check = value => {
  let last = -LONGEST
  return listOf(entry => {
    const found = phase(entry)
    if (found !== undefined) return found
    const { start } = entry as PhaseStart
    if (start < last) return within('.start', flaw(start, `at or after that of the one before, ${last}`))
    last = start
    return undefined
  })(value)
}

export function hooksCheck({ sites, tests }: Sizes): Check {
  const definitions = listOf(
    fields<HookDefinition>({
      type: oneOf(['beforeAll', 'beforeEach', 'afterEach', 'afterAll']),
      describe: texts,
      site: whole(positionOrNone(sites)),
    }),
  )
  const parts = fields<Recording['hooks']>({ definitions, runs: () => undefined })
  return value => {
    const found = parts(value)
    if (found !== undefined) return found
    const hooks = value as Recording['hooks']
    const runs = columns<HookRuns>({
      definition: column(positionIn(hooks.definitions.length)),
      start: column(moment),
      end: column(moment),
      test: column(positionOrNone(tests)),
    })
    return within('.runs', runs(hooks.runs) ?? eachEndsAfterStart(hooks.runs))
  }
}

function eachEndsAfterStart({ start, end }: Pick<HookRuns, 'start' | 'end'>, none?: number) {
  const row = end.findIndex((moment, row) => moment !== none && moment < (start[row] ?? 0))
  return row < 0 ? undefined : within(`.end[${row}]`, flaw(end[row], `at or after its start, ${start[row]}`))
}

/** An ES module's load has no end. */
const NO_END = -1

/** `path`: of that many modules. */
export function loadsCheck(path: number): Check {
  const table = fields<Omit<ModuleLoads, 'path'>>({
    loads: columns<ModuleLoads['loads']>({
      module: column(positionIn(path)),
      importer: column(positionOrNone(path)),
      within: column({ from: -1, to: 0, earlier: true }),
      start: column(moment),
      end: column({ ...duration, from: NO_END }),
      resolve: column(duration),
      transform: column(duration),
      compile: column(duration),
    }),
    edges: columns<ModuleLoads['edges']>({ from: column(positionIn(path)), to: column(positionIn(path)) }),
  })
  return value => table(value) ?? within('.loads', eachEndsAfterStart((value as ModuleLoads).loads, NO_END))
}

export const TRANSFORMS = listOf(
  fields<TransformTotals>({
    transformer: nullable(text),
    extension: text,
    files: whole({ from: 0, to: MOST }),
    misses: whole({ from: 0, to: MOST }),
    micros: number(duration),
    missMicros: number(duration),
  }),
)

export function waitsCheck({ sites, tests }: Sizes): Check {
  const resources = columns<Waits['resources']>({
    kind: texts,
    stack: listOf(nullable(column(positionIn(sites)))),
    test: column(positionOrNone(tests)),
    repeats: listOf(flag),
  })
  const parts = fields<Waits>({
    resources,
    wakes: () => undefined,
    leaks: () => undefined,
    contexts: nullable(columns({ time: column(ascending), test: column(positionOrNone(tests)) })),
  })
  return value => parts(value) ?? referringTo((value as Waits).resources.kind.length, tests)(value)
}

function referringTo(resources: number, tests: number): Check {
  const resource = column(positionIn(resources))
  return fields<Pick<Waits, 'wakes' | 'leaks'>>({
    wakes: columns<Waits['wakes']>({ time: column(ascending), since: column(moment), resource }),
    leaks: columns<Waits['leaks']>({
      resource,
      during: column(positionOrNone(tests)),
      time: column(ascending),
      count: column({ from: 1, to: MOST }),
      micros: column(duration),
    }),
  })
}

const clockColumns = columns({
  time: column(ascending),
  cpu: column({ from: 0, to: LONGEST, ascending: true, broken: true }),
})

/** Of a clock that was never read nothing can be told: it is null then. */
export const CLOCK: Check = value => {
  const found = clockColumns(value)
  if (found !== undefined) return found
  const { time } = value as { time: readonly number[] }
  return time.length > 0 ? undefined : { where: '.time', what: 'is empty' }
}

export const HEAP = columns<Recording['heap']>({
  time: column({ ...ascending, broken: true }),
  usedBytes: column({ from: 0, to: MOST, broken: true }),
})

export function samplesCheck(nodes: number, wallMicros: number): Check {
  return columns<Recording['samples']>({
    node: column(positionIn(nodes)),
    time: column({ from: 0, to: wallMicros, ascending: true }),
  })
}

export function ticksCheck(nodes: number): Check {
  return columns<Recording['ticks']>({
    node: column(positionIn(nodes)),
    line: column({ from: 0, to: MOST }),
    count: column({ from: 1, to: MOST }),
  })
}

/** Callers come before callees, so that every way up ends. */
export const CALLERS = column({ from: -1, to: 0, earlier: true })
