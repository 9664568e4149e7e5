// A recording with original positions, categories and packages. It is saved, and needs no source maps to be shown on any machine.

import { CATEGORIES, type Category, type Frame } from '../profile/profile.js'
import { column, columns, positionsIn } from '../schema/columns.js'
import { arrayOf, object, strings, table } from '../schema/objects.js'
import type { Infer, Schema } from '../schema/schema.js'
import { boolean, nullable, oneOf, whole } from '../schema/values.js'
import { interned, internedColumn, internedOrNone, packed, rows } from './packing.js'
import { CALLERS, HEADER_FIELDS, RECORDED_FIELDS, timestampsOf } from './recorded.js'
import { moduleLoads } from './recorded-modules.js'

export const RESOLVED_VERSION = 8

/** 1-based; 0: unknown. */
const LINE_OR_COLUMN = { from: 0, to: Number.MAX_SAFE_INTEGER } as const

const FRAMES: Schema<Frame[]> = rows('frames', {
  name: interned('names'),
  file: interned('paths'),
  line: whole(LINE_OR_COLUMN),
  column: whole(LINE_OR_COLUMN),
  category: interned<Category>('categories'),
  package: internedOrNone('names'),
  generated: boolean,
})

export type ResolvedRecording = Infer<typeof RESOLVED_RECORDING.schema>

export const RESOLVED_RECORDING = packed(
  {
    version: oneOf([RESOLVED_VERSION]),
    header: table('timestamps', object(HEADER_FIELDS), timestampsOf),
    frames: FRAMES,
    /** Columns: calls, with the function that contains them and their original position (1-based). */
    sites: table(
      'sites',
      columns({ frame: positionsIn('frames'), line: column(LINE_OR_COLUMN), column: column(LINE_OR_COLUMN) }),
    ),
    /** The call tree, callers first; the root's caller is -1. */
    nodes: table('nodes', columns({ frame: positionsIn('frames'), caller: CALLERS })),
    /** Null: this Jest's runtime could not be observed. */
    modules: nullable(moduleLoads(internedColumn('paths'))),
    /** Nodes whose self time is in Atomics.wait, ascending. */
    atomicsWaitNodes: column({ from: 0, to: 'nodes', isAscending: true }),
    ...RECORDED_FIELDS,
  },
  { paths: strings, names: strings, categories: arrayOf(oneOf(CATEGORIES)) },
)
