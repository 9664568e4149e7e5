// The model that every table and format is computed from: plain read-only columns, built by ProfileBuilder.
// Times in whole microseconds, positions 1-based (0: unknown), absolute paths with `/`.

export type Microseconds = number

declare const brand: unique symbol
type Index<Name extends string> = number & { readonly [brand]: Name }
export type FrameIndex = Index<'frame'>
export type StackIndex = Index<'stack'>
export type ScopeIndex = Index<'scope'>

/** The caller of an outermost frame. */
export const NO_CALLER = -1

export const CATEGORIES = [
  'source',
  'test',
  'dependency',
  'jest',
  'transform',
  'compile',
  'stacks',
  'node',
  'native',
  'gc',
  'program',
  'profiler',
  'idle',
] as const

/**
 * Whose code a frame is: the project's (`source`), a test file's (`test`), a package's (`dependency`), Jest's (`jest`), a
 * transformer's and all that it calls (`transform`), V8 compiling scripts for the sandbox (`compile`), Jest reading and mapping error
 * stacks (`stacks`), Node's built-ins (`node`), the engine's (`native`), the garbage collector (`gc`), the engine outside any
 * function or time without a sample (`program`), the profiler's own (`profiler`), or none, because nothing ran (`idle`).
 */
export type Category = (typeof CATEGORIES)[number]

export const PHASES = [
  'environment',
  'setupFiles',
  'framework',
  'setupFilesAfterEnv',
  'imports',
  'hooks',
  'tests',
  'teardown',
  'other',
] as const

/**
 * What Jest did for a test file, in this order: build the environment, run `setupFiles`, load its test framework and the project's
 * `snapshotSerializers` into the sandbox, run `setupFilesAfterEnv`, import the test file and its imports, run hooks and tests, tear
 * down. Everything else that Jest does in between is `other`.
 */
export type Phase = (typeof PHASES)[number]

export interface Frame {
  readonly name: string
  /** Absolute path with `/`, `node:…`, another URL, or `''` where V8 knows none. */
  readonly file: string
  /** 1-based; 0: unknown. */
  readonly line: number
  /** 1-based; 0: unknown. */
  readonly column: number
  readonly category: Category
  readonly package: string | undefined
  /** Whether the position is in transformed code, because there was no source map. */
  readonly generated: boolean
}

/** The position of frames that represent no code. */
export const NOWHERE = { file: '', line: 0, column: 0, package: undefined, generated: false } as const

/** Time with nothing to run, if what it waited for is unknown. It is the outermost frame. */
export const IDLE: Frame = { name: '(idle)', category: 'idle', ...NOWHERE }
/** Time with nothing to run, below the stack that started what it waited for. */
export const WAITING: Frame = { name: '(waiting)', category: 'idle', ...NOWHERE }
/** Time in a synchronous call that waits, below that call: the thread was not idle, but nothing ran. */
export const BLOCKED: Frame = { name: '(blocked)', category: 'idle', ...NOWHERE }

/** Time in which code was runnable but not scheduled, below the sampled stack. */
export const READY: Frame = { name: '(no core)', category: 'idle', ...NOWHERE }

/** CPU time or allocations without a sample: before V8's sampler starts, up to an interval late or more, and in phases too short to be sampled. */
export const NOT_SAMPLED: Frame = { name: '(not sampled)', category: 'program', ...NOWHERE }

/** What time was spent for. Tests of a concurrent group that cannot be distinguished share a scope. */
export interface Scope {
  /** Jest's id of the project: two projects may have one name, or none. */
  readonly project: string
  readonly file: string
  readonly worker: number
  readonly phase: Phase
  /** Position of the hook's definition in its file's recording; undefined outside hooks. */
  readonly hook: number | undefined
  /** Position of the test in its file; undefined outside tests, and in concurrent groups if unknown. */
  readonly test: number | undefined
  /** 1 for the first attempt at a test, 0 outside tests. */
  readonly attempt: number
  readonly group: number | undefined
}

/** Read-only numbers, in an array or a typed array. */
export interface Column<T extends number> extends ArrayLike<T>, Iterable<T> {
  forEach(visit: (value: T, index: number) => void): void
}

/** Columns; callers come before callees. */
interface Stacks {
  readonly frame: Column<FrameIndex>
  readonly caller: Column<StackIndex | typeof NO_CALLER>
}

/** What a value measures, as data for rankings, flame graphs and formats. */
export interface ValueType {
  /** One word, as for sample types of pprof. */
  readonly name: string
  readonly unit: 'microseconds' | 'bytes'
  /** For people. */
  readonly label: string
}

/** The kinds of time, which add up to wall time. Every profile has them, in this order. */
export const TIMES = {
  cpu: { name: 'cpu', unit: 'microseconds', label: 'CPU' },
  ready: { name: 'ready', unit: 'microseconds', label: 'no core' },
  blocked: { name: 'blocked', unit: 'microseconds', label: 'blocked' },
  wait: { name: 'wait', unit: 'microseconds', label: 'waiting' },
} as const satisfies Record<string, ValueType>

/** What was allocated on V8's heap, freed again or not; with the option `memory`. */
export const ALLOCATED = {
  name: 'alloc_space',
  unit: 'bytes',
  label: 'allocated',
} as const satisfies ValueType

/** Columns: the amounts of one value, with at most one row for each pair of stack and scope; the rows of a scope are adjacent. */
export interface ValueSamples {
  readonly type: ValueType
  readonly stack: Column<StackIndex>
  readonly scope: Column<ScopeIndex>
  /** In the unit of the type. */
  readonly weight: Column<number>
  /** Number of V8's periodic samples, without those that it takes in between. */
  readonly count: Column<number>
}

/** Columns: CPU time by source line, of the functions for which V8 reports lines. */
interface Lines {
  readonly frame: readonly FrameIndex[]
  /** 1-based. */
  readonly line: readonly number[]
  readonly weight: readonly Microseconds[]
}

/** In a sequence: time that is not part of the profile, because it belongs to tests that are not selected. */
export const NOT_SELECTED = -1

/** Columns: the samples of one recording in time order. Each lasts until the next one, the last until `wallMicros`. */
export interface Sequence {
  readonly project: string
  readonly file: string
  readonly worker: number
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number
  readonly wallMicros: Microseconds
  /** NOT_SELECTED in a gap, as in `scope`. */
  readonly stack: Int32Array
  readonly scope: Int32Array
  /** Microseconds since the recording began, ascending. */
  readonly start: Int32Array | Float64Array
}

export interface Profile {
  readonly frames: readonly Frame[]
  readonly stacks: Stacks
  readonly scopes: readonly Scope[]
  /** The kinds of time in the order of `TIMES`, then other values by name. */
  readonly values: readonly ValueSamples[]
  /** In the order of recordings, up to the first that exceeds the limit: see `Sequences`. */
  readonly sequences: readonly Sequence[]
  readonly lines: Lines
}

/** Returns the samples of a value; they have no rows if the profile has none. */
export function samplesOf({ values }: Pick<Profile, 'values'>, type: ValueType): ValueSamples {
  const found = values.find(({ type: { name } }) => name === type.name)
  return found ?? { type, stack: [], scope: [], weight: [], count: [] }
}

export function timeSamples({ values }: Pick<Profile, 'values'>): readonly ValueSamples[] {
  return values.filter(({ type }) => type.unit === 'microseconds')
}
