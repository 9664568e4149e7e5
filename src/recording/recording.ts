// What a worker recorded for a test file: V8's call tree and samples as columns, phases, tests, hooks, modules and waits. Times are in
// microseconds since the recording began; positions are V8's: 0-based, of the code that ran.

import { column, columns, positionsIn } from '../schema/columns.js'
import type { ValidationIssue } from '../schema/issues.js'
import { arrayOf, object, strings, table } from '../schema/objects.js'
import { findIssue, type Infer } from '../schema/schema.js'
import { boolean, nullable, oneOf, optional, string, whole } from '../schema/values.js'
import { RECORDING_VERSION, TOOLS } from './enums.js'
import { CALLERS, HEADER_FIELDS, RECORDED_FIELDS, timestampsOf } from './recorded.js'
import { moduleLoads } from './recorded-modules.js'

export type {
  HeapUse,
  HookDefinition,
  HookRuns,
  OpenHandles,
  PhaseStart,
  TestSpan,
  ThreadClock,
  TimeLimits,
} from './recorded.js'
export type { Allocations } from './recorded-allocations.js'
export type { CacheKey, FailedModule, ModuleLoads, TransformTotals } from './recorded-modules.js'
export type { Waits } from './recorded-waits.js'

export type RecordingHeader = Infer<typeof HEADER>

const HEADER = object({
  ...HEADER_FIELDS,
  /** The first line of a CommonJS module begins at twice this column in Jest 29; 0 in Jest 30. */
  wrapperLength: whole({ from: 0, to: 100_000 }),
})

/** A script that ran, and what is known of its source map. */
export type Script = Infer<typeof SCRIPT>

const SCRIPT = object({
  /** Absolute path, `node:` name, other URL, or `''`. */
  url: string,
  /** Whether it was loaded as a CommonJS module in the sandbox, which has a wrapper in Jest 29. */
  wrapped: boolean,
  transformed: boolean,
  /** Path of its source map; null: the transformer made none. */
  sourceMap: nullable(string),
  /** The owner of a package that only Jest, or only the user's transformers, loaded. */
  tool: optional(oneOf(TOOLS)),
})

/** 0-based; -1: unknown. */
const LINE_OR_COLUMN = column({ from: -1, to: Number.MAX_SAFE_INTEGER })

const PLACES = columns({
  name: strings,
  script: positionsIn('scripts'),
  line: LINE_OR_COLUMN,
  column: LINE_OR_COLUMN,
})

/** Columns: positions of calls in captured stacks. */
export type CallSites = Infer<typeof PLACES>

export type Recording = Infer<typeof RECORDING>

export const RECORDING = object({
  version: oneOf([RECORDING_VERSION]),
  header: table('timestamps', HEADER, timestampsOf),
  scripts: table('scripts', arrayOf(SCRIPT)),
  functions: table('functions', PLACES),
  sites: table('sites', PLACES),
  /** The call tree, callers first; the root's caller is -1. */
  nodes: table('nodes', columns({ function: positionsIn('functions'), caller: CALLERS })),
  /** Null: this Jest's runtime could not be observed. */
  modules: nullable(moduleLoads(strings)),
  ...RECORDED_FIELDS,
})

/** Written in place of a recording when recording failed. */
export type RecordingProblem = Infer<typeof RECORDING_PROBLEM>

const RECORDING_PROBLEM = object({
  version: oneOf([RECORDING_VERSION]),
  header: object({ projectId: string, testPath: string }),
  problem: string,
})

export function validateRawRecording(content: unknown): ValidationIssue | undefined {
  const isProblem = typeof content === 'object' && content !== null && 'problem' in content
  return findIssue(isProblem ? RECORDING_PROBLEM : RECORDING, content)
}
