// What is recorded of modules: loading them, transforming them and failing to. Times in microseconds since the recording began.

import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import { object, strings, table } from '../schema/objects.js'
import type { Infer, Schema } from '../schema/schema.js'
import { boolean, nullable, number, refine, string, whole } from '../schema/values.js'
import { duration, findEndBeforeStart, MOST, NO_END, timestamp } from './bounds.js'

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
  findEndBeforeStart,
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

export const TRANSFORM_TOTALS = object({
  /** Absolute path of the transformer's module; null: the file was taken as it is. */
  transformer: nullable(string),
  /** With its dot. */
  extension: string,
  /** Files that were asked for; what a worker has in memory is not. */
  files: whole({ from: 0, to: MOST }),
  /** The ones of these that were not in Jest's cache on disk. */
  misses: whole({ from: 0, to: MOST }),
  /** The ones of these for which no cache was asked, because it was off. */
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

export const FAILED_MODULE = object({
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

export const CACHE_KEY = object({
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
