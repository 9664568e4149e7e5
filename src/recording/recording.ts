// What one worker saw for one test file: V8's nodes and samples as columns, and on the same clock the phases, tests
// and hooks, the modules that were loaded, and what idle time waited for.
// Times in microseconds since the recording began; positions as V8 gives them: 0-based, of the code that ran.

import { column, columns, positionsIn } from '../schema/columns.js'
import type { ValidationIssue } from '../schema/issues.js'
import { arrayOf, object, strings, table } from '../schema/objects.js'
import { findIssue, type Infer } from '../schema/schema.js'
import { boolean, nullable, oneOf, optional, string, whole } from '../schema/values.js'
import { RECORDING_VERSION, TOOLS } from './enums.js'
import { CALLERS, HEADER_FIELDS, RECORDED_FIELDS, timestampsOf } from './recorded.js'
import { moduleLoads } from './recorded-modules.js'

export type { HeapUse, HookDefinition, HookRuns, PhaseStart, TestSpan, ThreadClock } from './recorded.js'
export type { CacheKey, FailedModule, ModuleLoads, TransformTotals } from './recorded-modules.js'
export type { Waits } from './recorded-waits.js'

export type RecordingHeader = Infer<typeof HEADER>

const HEADER = object({
  ...HEADER_FIELDS,
  /** Jest 29 starts a CommonJS module's first line this many columns in, twice; 0 in Jest 30. */
  wrapperLength: whole({ from: 0, to: 100_000 }),
})

/** A script that ran, and what is known of its source map. */
export type Script = Infer<typeof SCRIPT>

const SCRIPT = object({
  /** Absolute path, `node:` name, other URL, or `''`. */
  url: string,
  /** Loaded as a CommonJS module in the sandbox: in Jest 29 such a module stands in a wrapper. */
  wrapped: boolean,
  /** Jest transformed it; `sourceMap` is where its map lies, or null when the transformer made none. */
  transformed: boolean,
  sourceMap: nullable(string),
  /** In another's package that nobody but Jest, or the user's transformers, has loaded. */
  tool: optional(oneOf(TOOLS)),
})

/** As V8 gives it: 0-based, -1 where there is none. */
const LINE_OR_COLUMN = column({ from: -1, to: Number.MAX_SAFE_INTEGER })

const PLACES = columns({
  name: strings,
  script: positionsIn('scripts'),
  line: LINE_OR_COLUMN,
  column: LINE_OR_COLUMN,
})

/** Columns of call positions, as captured stacks show them. */
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

/** Left in place of a recording when one could not be made. */
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
