// What a test file allocated on V8's heap, with the option `memory`: bytes between boundaries, and samples of what allocated them.

import { column, columns, positionsIn } from '../schema/columns.js'
import { object, table } from '../schema/objects.js'
import type { Infer } from '../schema/schema.js'
import { nullable, whole } from '../schema/values.js'
import { duration, MOST } from './bounds.js'

export type Allocations = Infer<typeof ALLOCATIONS>

export const ALLOCATIONS = object({
  /** Bytes between two samples, on average. */
  intervalBytes: whole({ from: 1, to: MOST }),
  /** Columns: spans of time without gaps, from the recording's start on, and what was allocated in each. */
  spans: table(
    'spans',
    columns({ end: column({ ...duration, isAscending: true }), bytes: column({ from: 0, to: MOST }) }),
  ),
  /** Spans in which a test's function ran: the rest of a test is its hooks, and Jest's own work around them. */
  functionSpans: column({ from: 0, to: 'spans', isAscending: true }),
  /** Columns: V8's estimates by the stack that allocated. Null: they were not read, because that would have taken too long. */
  samples: nullable(
    columns({
      node: positionsIn('nodes'),
      span: positionsIn('spans'),
      bytes: column({ from: 0, to: MOST }),
      count: column({ from: 1, to: MOST }),
    }),
  ),
})
