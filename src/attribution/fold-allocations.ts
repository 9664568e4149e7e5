// Adds what a recording allocated to the Profile: the samples of a span share its bytes, which are exact. Without a sample, it is unknown
// which functions allocated them.

import { at } from '../profile/columns.js'
import { ALLOCATED, NO_CALLER, NOT_SAMPLED, type StackIndex } from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { allocationSpans } from './allocations.js'
import { codeOf } from './recorded-code.js'
import { scopeMaker } from './scope-maker.js'
import { ALL_TIME, type TimeSelection } from './timeline.js'

export function foldAllocations(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  selection: TimeSelection = ALL_TIME,
): void {
  const { allocations } = recording
  if (allocations === undefined) return
  const { stackOf } = codeOf(recording, builder)
  const scopeOf = scopeMaker(builder, recording)
  const { node = [], bytes: estimates = [] } = allocations.samples ?? {}
  for (const { segment, bytes, rows } of allocationSpans(recording)) {
    if (bytes === 0 || !selection.hasSegment(segment)) continue
    const scope = scopeOf(segment)
    const add = (stack: StackIndex, weight: number) => {
      if (weight > 0) builder.addAmount(stack, scope, { value: ALLOCATED, weight })
    }
    const estimate = rows.reduce((sum, row) => sum + at(estimates, row), 0)
    if (estimate === 0) add(builder.stack(builder.frame(NOT_SAMPLED), NO_CALLER), bytes)
    // Rounded so that they add up.
    let [seen, dealt] = [0, 0]
    for (const row of estimate === 0 ? [] : rows) {
      seen += at(estimates, row)
      const until = Math.round((bytes * seen) / estimate)
      add(stackOf(at(node, row)), until - dealt)
      dealt = until
    }
  }
}
