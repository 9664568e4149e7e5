// The model: every table and every format is computed from it. Plain read-only columns, made by ProfileBuilder alone.
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
 * Whose code a frame is: the project's own (`source`), a test file (`test`), a package (`dependency`), Jest itself
 * (`jest`), what runs below Jest's call of a transformer (`transform`), V8 compiling scripts for the sandbox (`compile`), reading
 * and mapping of error stacks (`stacks`), Node's built-ins (`node`), the engine's (`native`), the garbage collector (`gc`), the engine outside any function, or time of which nothing was sampled (`program`), ourselves (`profiler`), or nobody's, because
 * nothing ran (`idle`).
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
 * What Jest did for a test file: build its environment, run `setupFiles`, load its own test framework into the sandbox
 * (and the project's `snapshotSerializers`), run `setupFilesAfterEnv`, import the test file and all that it imports, run
 * hooks and tests, tear down. All else that Jest does in between is `other`.
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
  /** The position is that of transformed code: no source map could be had. */
  readonly generated: boolean
}

/** The position of a frame that stands for no code. */
export const NOWHERE = { file: '', line: 0, column: 0, package: undefined, generated: false } as const

/** Time with nothing to run, and what it waited for is unknown: outermost. */
export const IDLE: Frame = { name: '(idle)', category: 'idle', ...NOWHERE }
/** Time with nothing to run, below the stack of what it waited for. */
export const WAITING: Frame = { name: '(waiting)', category: 'idle', ...NOWHERE }
/** Time in a synchronous call that waits, below that call: the thread was not idle, yet nothing ran. */
export const BLOCKED: Frame = { name: '(blocked)', category: 'idle', ...NOWHERE }

/** Time in which code could run and had no core, below the stack that was sampled. */
export const READY: Frame = { name: '(no core)', category: 'idle', ...NOWHERE }

/**
 * CPU time without a sample: before the first one of a recording, because V8's sampler begins up to an interval late and
 * later on a busy machine, and in phases so short that all samples fell into others.
 */
export const NOT_SAMPLED: Frame = { name: '(not sampled)', category: 'program', ...NOWHERE }

/** On whose behalf time was spent. Where the tests of a concurrent group cannot be told apart, they share a scope. */
export interface Scope {
  /** Jest's id of the project: two projects may have one name, or none. */
  readonly project: string
  readonly file: string
  readonly worker: number
  readonly phase: Phase
  /** Position of the hook's definition in its file's recording; undefined outside hooks. */
  readonly hook: number | undefined
  /** Position of the test in its file; undefined outside tests, and in concurrent groups where it is not known. */
  readonly test: number | undefined
  /** 1 for the first try of a test, 0 outside tests. */
  readonly attempt: number
  /** Number of the concurrent group in its file. */
  readonly group: number | undefined
}

/** Read-only numbers: an array's, or a typed array's. */
export interface Column<T extends number> extends ArrayLike<T>, Iterable<T> {
  forEach(visit: (value: T, index: number) => void): void
}

/** Columns; a caller stands before the stacks it called. */
interface Stacks {
  readonly frame: Column<FrameIndex>
  readonly caller: Column<StackIndex | typeof NO_CALLER>
}

/** What a value measures. Rankings, flame graphs and formats take it as data. */
export interface ValueType {
  /** One word, as the sample types of pprof have it. */
  readonly name: string
  readonly unit: 'microseconds' | 'bytes'
  /** As people read it. */
  readonly label: string
}

/** The kinds of time. They add up to wall time, and every profile has them, in this order. */
export const TIMES = {
  cpu: { name: 'cpu', unit: 'microseconds', label: 'CPU' },
  ready: { name: 'ready', unit: 'microseconds', label: 'no core' },
  blocked: { name: 'blocked', unit: 'microseconds', label: 'blocked' },
  wait: { name: 'wait', unit: 'microseconds', label: 'waiting' },
} as const satisfies Record<string, ValueType>

/**
 * Columns: the amounts of one value. At most one row for each pair of stack and scope; the rows of a scope stand together.
 */
export interface ValueSamples {
  readonly type: ValueType
  readonly stack: Column<StackIndex>
  readonly scope: Column<ScopeIndex>
  /** In the unit of the type. */
  readonly weight: Column<number>
  /** Periodic samples of V8, without those that it takes in between. */
  readonly count: Column<number>
}

/** Columns: CPU time by source line, of the functions for which V8 reports lines. */
interface Lines {
  readonly frame: readonly FrameIndex[]
  /** 1-based. */
  readonly line: readonly number[]
  readonly weight: readonly Microseconds[]
}

/** In a sequence: time that is not part of the profile because it belongs to tests that were not selected. */
export const NOT_SELECTED = -1

/**
 * Columns: the samples of one recording in time order. Each lasts until the next one, the last until
 * `wallMicros`.
 */
export interface Sequence {
  readonly project: string
  readonly file: string
  readonly worker: number
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number
  readonly wallMicros: Microseconds
  /** Stack and scope of each; NOT_SELECTED in a gap. */
  readonly stack: Int32Array
  readonly scope: Int32Array
  /** Since the recording began, ascending. */
  readonly start: Int32Array | Float64Array
}

export interface Profile {
  readonly frames: readonly Frame[]
  readonly stacks: Stacks
  readonly scopes: readonly Scope[]
  /** Those of `TIMES`, then others by name. */
  readonly values: readonly ValueSamples[]
  /** In the order in which recordings came, up to the first that exceeds the limit: see `Sequences`. */
  readonly sequences: readonly Sequence[]
  readonly lines: Lines
}

/** The samples of a value; without rows where the profile has none of it. */
export function samplesOf({ values }: Pick<Profile, 'values'>, type: ValueType): ValueSamples {
  const found = values.find(({ type: { name } }) => name === type.name)
  return found ?? { type, stack: [], scope: [], weight: [], count: [] }
}

/** Those of all kinds of time. */
export function timeSamples({ values }: Pick<Profile, 'values'>): readonly ValueSamples[] {
  return values.filter(({ type }) => type.unit === 'microseconds')
}
