// What a recorded test file left open.

import { at } from '../profile/columns.js'
import type { HandleKind } from '../recording/enums.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { ALL_TIME, type TimeSelection } from './timeline.js'
import { type Call, callAt } from './wait-sums.js'

export interface OpenHandleSum {
  /** In the recording. */
  readonly row: number
  readonly kind: HandleKind
  /** Innermost frame first; empty: unknown. */
  readonly stack: readonly Call[]
  /** Position of the test in the file; undefined: outside of tests, or unknown. */
  readonly test: number | undefined
  readonly count: number
}

export function openHandlesOf(
  recording: ResolvedRecording,
  selection: TimeSelection = ALL_TIME,
): OpenHandleSum[] {
  const { openHandles, tests } = recording
  if (openHandles === undefined) return []
  return openHandles.kind
    .map((kind, row) => {
      const stack = (openHandles.stack[row] ?? []).map(site => callAt(site, recording))
      return {
        row,
        kind,
        stack,
        test: tests[at(openHandles.test, row)]?.index,
        count: at(openHandles.count, row),
      }
    })
    .filter(({ test }) => (test === undefined ? selection === ALL_TIME : selection.hasTest(test)))
}
