// Recorded modules: loads, transforms and failures. Times are in microseconds since the recording began.

import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import { object, strings, table } from '../schema/objects.js'
import type { Infer, Schema } from '../schema/schema.js'
import { boolean, nullable, number, refine, string, whole } from '../schema/values.js'
import { duration, findEndBeforeStart, MOST, NO_END, timestamp } from './bounds.js'

/** Modules that were loaded into the sandbox, without Jest's own. */
export type ModuleLoads = Infer<ReturnType<typeof moduleLoads>>

/** `paths`: absolute. */
export function moduleLoads(paths: Schema<string[]>) {
  return object({
    path: table('modules', paths),
    /** Positions in `path`, ascending, of transformers: their loads outside the sandbox. A path may also be that of a module. */
    transformers: column({ from: 0, to: 'modules', isAscending: true }),
    loads: table('loads', LOADS),
    lookups: LOOKUPS,
    /** Columns: each pair of an importer and a module that it required, once. */
    edges: columns({ from: positionsIn('modules'), to: positionsIn('modules') }),
  })
}

/** Columns: loads in the order of their starts; a module may be loaded several times. */
const LOADS = refine(
  columns({
    module: positionsIn('modules'),
    /** The module that required it; -1: Jest itself. */
    importer: positionsOrNone('modules'),
    /** Position of the load that executed meanwhile; -1: none. */
    within: column({ from: -1, to: 0, isEarlier: true }),
    start: column(timestamp),
    /** -1: an ES module, which Jest does not evaluate in a call. */
    end: column({ ...duration, from: NO_END }),
    resolve: column(duration),
    transform: column(duration),
    compile: column(duration),
  }),
  findEndBeforeStart,
)

/** Columns: how long Jest took to find a module or to make a mock of it, without loading it. */
const LOOKUPS = columns({
  module: positionsIn('modules'),
  /** Position of the load that executed meanwhile; -1: none. */
  within: positionsOrNone('loads'),
  start: column(timestamp),
  resolve: column(duration),
  mock: column(duration),
})

/** Sums of the user's transformers, by transformer and file extension. */
export type TransformTotals = Infer<typeof TRANSFORM_TOTALS>

export const TRANSFORM_TOTALS = object({
  /** Absolute path of the transformer's module; null: the file was not transformed. */
  transformer: nullable(string),
  /** With its dot. */
  extension: string,
  /** Files that were not in the worker's memory. */
  files: whole({ from: 0, to: MOST }),
  /** Files that were not in Jest's cache on disk either. */
  misses: whole({ from: 0, to: MOST }),
  /** Part of `misses`: the cache was disabled. */
  uncached: whole({ from: 0, to: MOST }),
  /** Without `loadMicros`. */
  micros: number(duration),
  missMicros: number(duration),
  /** Time to load the transformer: its modules, and the additional time of its first call. */
  loadMicros: number(duration),
  /** The part of `loadMicros` for files that were not in the cache. */
  missLoadMicros: number(duration),
})

/** A module that could not be resolved, or whose code threw while it was loaded. Jest tries again at each require. */
export type FailedModule = Infer<typeof FAILED_MODULE>

export const FAILED_MODULE = object({
  /** Its absolute path; if it could not be resolved, the requested name. */
  module: string,
  isResolved: boolean,
  tries: whole({ from: 1, to: MOST }),
  /** Time of all tries, including modules that they loaded in turn. */
  micros: number(duration),
  /** Absolute paths of the first modules that required it. */
  importers: strings,
  /** The first line of the first error's message. */
  error: string,
})

/** The result of a transformer's `getCacheKey` for a file that was not in Jest's cache. */
export type CacheKey = Infer<typeof CACHE_KEY>

export const CACHE_KEY = object({
  /** Absolute path of the transformer's module. */
  transformer: string,
  path: string,
  /** A hash of everything that the key may depend on: the file's text, Jest's config and the transform's options. */
  input: string,
  key: string,
  /** The result of another call in the same process; null: there was none. */
  again: nullable(string),
})
