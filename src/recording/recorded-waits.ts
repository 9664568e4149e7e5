// Recorded waits. Times are in microseconds since the recording began.

import { column, columns, positionsIn, positionsOrNone } from '../schema/columns.js'
import { arrayOf, object, table } from '../schema/objects.js'
import type { Infer, Schema } from '../schema/schema.js'
import { anyOf, boolean, nullable, oneOf, refine, stringThat } from '../schema/values.js'
import { ascending, duration, findEndBeforeStart, MOST, timestamp } from './bounds.js'
import { RESOURCE_KINDS, type ResourceKind } from './wait-kinds.js'

const RESOURCE_KIND: Schema<ResourceKind> = anyOf(
  oneOf(RESOURCE_KINDS),
  stringThat<`other (${string})`>("'other (…)'", kind => kind.startsWith('other (') && kind.endsWith(')')),
)

/** What woke the event loop at the end of idle spans. */
export type Waits = Infer<typeof WAITS>

export const WAITS = object({
  /** Columns: what can wake the event loop. */
  resources: table(
    'resources',
    columns({
      kind: arrayOf(RESOURCE_KIND),
      /** Positions in `sites`, innermost first; empty: no user code is in the stack; null: there were too many stacks to read. */
      stack: arrayOf(nullable(positionsIn('sites'))),
      /** Position in `tests` of the attempt that created it; -1: none. */
      test: positionsOrNone('tests'),
      /** An interval, or a timer that sets itself again. */
      repeats: arrayOf(boolean),
    }),
  ),
  /** Columns in the order of time. */
  wakes: columns({
    time: column(ascending),
    since: column(timestamp),
    resource: positionsIn('resources'),
  }),
  /** Columns in the order of time: callbacks that ran in a later test than the one that created them. */
  leaks: columns({
    resource: positionsIn('resources'),
    during: positionsOrNone('tests'),
    time: column(ascending),
    /** 1, unless there were too many to keep each. */
    count: column({ from: 1, to: MOST }),
    micros: column(duration),
  }),
  /** Columns: kinds with resources for which no stack was captured; the others represent them. */
  thinned: columns({
    kind: arrayOf(RESOURCE_KIND),
    created: column({ from: 1, to: MOST }),
    kept: column({ from: 0, to: MOST }),
  }),
  /** Columns in the order of time: spans in which waits were not recorded, because that would have slowed the tests. */
  pauses: refine(columns({ start: column(ascending), end: column(ascending) }), findEndBeforeStart),
  /** Columns: when the thread began to work for which test, -1: none; null if recording that is too expensive. */
  contexts: nullable(columns({ time: column(ascending), test: positionsOrNone('tests') })),
})
