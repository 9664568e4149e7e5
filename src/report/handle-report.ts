// The report's open handles.

import type { HandleKind } from '../recording/enums.js'
import type { CallReport, TestReference } from './code-reports.js'
import type { HandleEnd } from './record/handle-record.js'

/** What a test file left open, such as a timer or a server, for at least a tenth of a second. */
export interface OpenHandleReport {
  kind: HandleKind
  /** The calls that made it, innermost first; empty: unknown. */
  stack: CallReport[]
  file: string
  project: string
  /** The test that made it; null: it was made outside of tests, or that is unknown. */
  test: TestReference | null
  /** How many of the kind were made there. */
  count: number
  /** How long it was open after its test file had ended. */
  heldMs: number
  /**
   * `closed`: while its process went on; `open`: it still was when the report was written; `exit`: the process lived on until it was
   * closed; `force`: Jest ended the worker by force.
   */
  end: HandleEnd
}
