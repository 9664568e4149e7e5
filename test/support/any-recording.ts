// Recordings for properties: random call trees, samples, tests, phases, hooks, waits, modules and a thread's clock, with one
// recording for each of a few test files.

import fc from 'fast-check'
import type { HookType } from '../../src/recording/enums.js'
import type { ModuleLoads, Recording, TestSpan, ThreadClock, Waits } from '../../src/recording/recording.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { drawnFrame } from './profile-from-text.js'
import { resolvedFromText, span } from './recording.js'

const NAMES = [
  ...['A', 'B', 'C[test]', 'L[dependency:lodash]', 'M[dependency:@s/m]', 'J[jest]', 'N[native]'],
  ...['readSync[node:fs]', 'spawnSync[node:child_process]'],
]

const stack = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 6 }) },
  { weight: 2, arbitrary: fc.constantFrom(['idle'], ['gc'], ['program']) },
)

const samples = fc.array(fc.record({ stack, after: fc.integer({ min: 0, max: 3000 }) }), { maxLength: 30 })

const spans = fc.array(
  fc.record({
    gap: fc.integer({ min: 0, max: 2000 }),
    length: fc.integer({ min: 0, max: 4000 }),
    back: fc.integer({ min: 0, max: 3000 }),
    concurrent: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 2 }),
  }),
  { maxLength: 6 },
)

const phases = fc.array(
  fc.record({
    phase: fc.constantFrom('setupFiles', 'framework', 'imports', 'other', 'teardown'),
    after: fc.integer({ min: 0, max: 4000 }),
  }),
  { maxLength: 6 },
)

const HOOKS: readonly HookType[] = ['beforeAll', 'beforeEach', 'afterEach']

const hookRuns = fc.array(
  fc.record({
    definition: fc.nat(HOOKS.length - 1),
    gap: fc.integer({ min: 0, max: 3000 }),
    length: fc.integer({ min: 0, max: 2000 }),
  }),
  { maxLength: 6 },
)

/** Resources 0 and 1 have the user's code in their stacks, 2 is Node's own, and the stack of 3 is unknown. */
const RESOURCES: Pick<Waits['resources'], 'kind' | 'stack'> = {
  kind: ['timer', 'socket', 'timer', 'timer'],
  stack: [[0], [0, 1], [], null],
}

const waits = fc.option(
  fc.record({
    wakes: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 3000 }),
        resource: fc.nat(RESOURCES.kind.length - 1),
        age: fc.nat(6000),
      }),
      { maxLength: 20 },
    ),
    repeats: fc.tuple(...RESOURCES.kind.map(() => fc.boolean())),
    creators: fc.tuple(...RESOURCES.kind.map(() => fc.integer({ min: -1, max: 5 }))),
    turns: fc.option(
      fc.array(
        fc.record({ after: fc.integer({ min: 0, max: 3000 }), test: fc.integer({ min: -1, max: 5 }) }),
        { maxLength: 10 },
      ),
    ),
  }),
)

/**
 * Each load ends some open loads, and takes place in the last one that stays open; module 4 is a transformer. Before a load, the
 * open one may have a lookup, which is a request for a module that Jest only resolved or mocked.
 */
const loads = fc.option(
  fc.array(
    fc.record({
      module: fc.nat(4),
      ends: fc.nat(3),
      after: fc.integer({ min: 1, max: 1500 }),
      isScript: fc.boolean(),
      parts: fc.nat(50),
      lookup: fc.option(fc.record({ module: fc.nat(3), resolve: fc.nat(500), mock: fc.nat(500) })),
    }),
    { maxLength: 10 },
  ),
)

const TRANSFORMER = 4

const failedModules = fc.uniqueArray(
  fc.record({
    module: fc.constantFrom('/project/src/m0.js', '/project/src/m1.js'),
    isResolved: fc.boolean(),
    tries: fc.integer({ min: 1, max: 5 }),
    micros: fc.nat(500),
    importers: fc.uniqueArray(fc.constantFrom('/project/src/m2.js', '/project/src/m3.js')),
    error: fc.constantFrom('', 'broken'),
  }),
  { selector: ({ module }) => module },
)

const cacheKeys = fc.array(
  fc.record({
    transformer: fc.constant('/project/transformer.js'),
    path: fc.constantFrom('/project/src/m0.js', '/project/src/m1.js'),
    input: fc.constant('i'),
    key: fc.constantFrom('k', 'l'),
    again: fc.option(fc.constantFrom('k', 'l')),
  }),
  { maxLength: 3 },
)

/** A thread's clock, which lags by less than one of its steps. */
const clock = fc.option(
  fc.record({
    step: fc.constantFrom(0, 4000),
    readings: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 5000 }),
        stoodFor: fc.integer({ min: 0, max: 5000 }),
        lag: fc.nat(3999),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
)

const allocations = fc.option(
  fc.record({
    spans: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 1500 }),
        bytes: fc.nat(5_000_000),
        isFunction: fc.boolean(),
      }),
      { maxLength: 8 },
    ),
    samples: fc.option(
      fc.array(fc.record({ node: fc.nat(5), span: fc.nat(7), bytes: fc.nat(500_000) }), { maxLength: 10 }),
    ),
  }),
)

const drawnFile = fc.record({
  ...{ samples, spans, phases, hookRuns, waits, loads, failedModules, cacheKeys, clock, allocations },
})

type Drawn<T> = T extends fc.Arbitrary<infer U> ? U : never

/** Tests of one file, which do not overlap, except for concurrent tests, which may overlap with earlier ones. */
function toTests(drawn: Drawn<typeof spans>): TestSpan[] {
  let now = 0
  return drawn.map(({ gap, length, back, concurrent, attempt }, index) => {
    const start = Math.max(0, now + gap - (concurrent ? back : 0))
    const end = start + length
    now = Math.max(now, end)
    return span({ index, start, end, concurrent, attempt })
  })
}

/** The entries with timestamps, each `after` the one before it. */
function timed<T extends { after: number }>(drawn: readonly T[]): (T & { time: number })[] {
  let time = 0
  return drawn.map(entry => {
    time += entry.after
    return { ...entry, time }
  })
}

/** Hooks that run one after the other. */
function toHooks(drawn: Drawn<typeof hookRuns>): Recording['hooks'] {
  const runs: Recording['hooks']['runs'] = { definition: [], start: [], end: [], test: [] }
  let now = 0
  for (const { definition, gap, length } of drawn) {
    runs.definition.push(definition)
    runs.start.push(now + gap)
    runs.test.push(-1)
    now += gap + length
    runs.end.push(now)
  }
  return { definitions: HOOKS.map(type => ({ type, describe: [], site: -1 })), runs }
}

/** Waits of a file with the given number of tests. */
function toWaits(drawn: Drawn<typeof waits>, tests: number): Waits | null {
  if (drawn === null) return null
  const known = (test: number) => Math.min(test, tests - 1)
  const wakes = timed(drawn.wakes)
  const turns = drawn.turns === null ? null : timed(drawn.turns)
  return {
    resources: {
      ...structuredClone(RESOURCES),
      test: drawn.creators.map(known),
      repeats: [...drawn.repeats],
    },
    wakes: {
      time: wakes.map(({ time }) => time),
      since: wakes.map(({ time, age }) => Math.max(0, time - age)),
      resource: wakes.map(({ resource }) => resource),
    },
    leaks: { resource: [], during: [], time: [], count: [], micros: [] },
    thinned: { kind: [], created: [], kept: [] },
    pauses: { start: [], end: [] },
    contexts: turns && { time: turns.map(({ time }) => time), test: turns.map(({ test }) => known(test)) },
  }
}

/** A clock on which CPU time is at most the elapsed time; the last readings may come after the recording's end. */
function toClock(drawn: Drawn<typeof clock>): ThreadClock | null {
  if (drawn === null) return null
  const { step, readings } = drawn
  const columns: ThreadClock = { step, time: [], cpu: [] }
  let [ran, shown] = [0, 0]
  for (const { after, stoodFor, lag, time } of timed(readings)) {
    ran += Math.max(0, after - stoodFor)
    shown = Math.max(shown, ran - Math.min(lag, step))
    columns.time.push(time)
    columns.cpu.push(shown)
  }
  return columns
}

function toModules(drawn: Drawn<typeof loads>, testPath: string): ModuleLoads | null {
  if (drawn === null) return null
  const columns: ModuleLoads['loads'] = {
    ...{ module: [], importer: [], within: [], start: [], end: [] },
    ...{ resolve: [], transform: [], compile: [] },
  }
  const lookups: ModuleLoads['lookups'] = { module: [], within: [], start: [], resolve: [], mock: [] }
  const edges: ModuleLoads['edges'] = { from: [], to: [] }
  const open: number[] = []
  /** The ES module that is transformed during an open load. */
  let transformed: number | undefined
  const transformWithin = (after: number) => {
    if (transformed === undefined) return 0
    const isOpen = open.includes(columns.within[transformed] ?? -1)
    const took = isOpen ? Math.min(columns.transform[transformed] ?? 0, Math.max(0, after - 1)) : 0
    columns.transform[transformed] = took
    return took
  }
  let now = 0
  for (const { module, ends, isScript, parts, lookup, after, time } of timed(drawn)) {
    for (const load of open.splice(Math.max(0, open.length - ends))) columns.end[load] = now
    const taken = transformWithin(after)
    // It ends before the next load, and after a transformer's load of 1 µs.
    if (lookup !== null && taken + lookup.resolve + lookup.mock + 1 < after) {
      lookups.module.push(lookup.module)
      lookups.within.push(open.at(-1) ?? -1)
      lookups.start.push(now + taken + 1)
      lookups.resolve.push(lookup.resolve)
      lookups.mock.push(lookup.mock)
    }
    now = time
    const within = open.at(-1) ?? -1
    const isTransformer = module === TRANSFORMER
    const importer = isTransformer ? -1 : (columns.module[within] ?? -1)
    if (importer >= 0) {
      edges.from.push(importer)
      edges.to.push(module)
    }
    columns.importer.push(importer)
    columns.within.push(within)
    columns.start.push(now)
    columns.end.push(isTransformer ? now + 1 : -1)
    columns.resolve.push(isScript ? parts : 0)
    columns.transform.push(parts)
    columns.compile.push(0)
    const load = columns.module.push(module) - 1
    if (isScript && !isTransformer) open.push(load)
    transformed = !isScript && within >= 0 ? load : undefined
  }
  transformWithin(0)
  for (const load of open) columns.end[load] = now
  const path = [0, 1, 2, 3].map(module => `/project/src/m${module}.js`)
  const transformers = columns.module.includes(TRANSFORMER) ? [TRANSFORMER] : []
  return { path: [testPath, ...path], transformers, loads: columns, lookups, edges }
}

/** Samples of `nodes` call-tree nodes. */
function toAllocations(
  drawn: Drawn<typeof allocations>,
  nodes: number,
): Pick<ResolvedRecording, 'allocations'> {
  if (drawn === null) return {}
  const spans = timed(drawn.spans)
  const samples = drawn.samples?.filter(({ span }) => span < spans.length)
  return {
    allocations: {
      intervalBytes: 32_768,
      spans: { end: spans.map(({ time }) => time), bytes: spans.map(({ bytes }) => bytes) },
      functionSpans: [...spans.keys()].filter(row => spans[row]?.isFunction),
      samples:
        samples === undefined
          ? null
          : {
              node: samples.map(({ node }) => node % nodes),
              span: samples.map(({ span }) => span),
              bytes: samples.map(({ bytes }) => bytes),
              count: samples.map(({ bytes }) => 1 + Math.floor(bytes / 50_000)),
            },
    },
  }
}

function toRecording(file: number, drawn: Drawn<typeof drawnFile>): ResolvedRecording {
  const columns = timed(drawn.samples)
  const width = 32
  const line = (cells: string[]) => cells.map(cell => cell.padEnd(width)).join('')
  const depth = Math.max(0, ...columns.map(column => column.stack.length))
  const rows = Array.from({ length: depth }, (_, level) =>
    line(columns.map(column => column.stack[level] ?? '')),
  )
  const text = [line(columns.map(column => String(column.time))), ...rows].join('\n')
  const testPath = `/project/${file}.test.js`
  const tests = toTests(drawn.spans)
  const hooks = toHooks(drawn.hookRuns)
  const modules = toModules(drawn.loads, testPath)
  const starts = timed(drawn.phases).map(({ phase, time }) => ({ phase, start: time }) as const)
  const last = Math.max(
    0,
    ...columns.map(({ time }) => time),
    ...tests.map(({ end }) => end),
    ...hooks.runs.end,
    ...starts.map(({ start }) => start),
    ...(modules?.loads.start ?? []),
    ...(modules?.loads.end ?? []),
  )
  const recording = resolvedFromText(text, {
    ...{ tests, hooks, modules, waits: toWaits(drawn.waits, tests.length) },
    ...{ failedModules: drawn.failedModules, cacheKeys: drawn.cacheKeys, clock: toClock(drawn.clock) },
    phases: [{ phase: 'environment', start: 0 }, ...starts],
    header: { testPath, wallMicros: last + 500, startedAtMs: 1_700_000_000_000 + file },
  })
  const calls = ['A', 'W'].map(drawnFrame)
  const frame = calls.map((_, call) => recording.frames.length + call)
  const sites = { frame, line: [3, 4], column: [5, 6] }
  const allocated = toAllocations(drawn.allocations, recording.nodes.frame.length)
  return { ...recording, ...allocated, frames: [...recording.frames, ...calls], sites }
}

export const anyRecording: fc.Arbitrary<ResolvedRecording> = drawnFile.map(drawn => toRecording(0, drawn))

/** Recordings of different files, and the same recordings in another order. */
export const anyRecordingsInTwoOrders: fc.Arbitrary<[ResolvedRecording[], ResolvedRecording[]]> = fc
  .array(drawnFile, { minLength: 1, maxLength: 4 })
  .map(files => files.map((drawn, file) => toRecording(file, drawn)))
  .chain(recordings =>
    fc.tuple(
      fc.constant(recordings),
      fc.shuffledSubarray(recordings, { minLength: recordings.length, maxLength: recordings.length }),
    ),
  )
