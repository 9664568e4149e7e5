// What is known of the call that was chosen, in all runs.

import { RunDots } from '../widgets/run-dots.js'
import type { ComparedCall } from './compared-trees.js'

interface ChosenCallProps {
  /** Undefined, or the root: none is chosen. */
  readonly call: ComparedCall | undefined
  readonly description: string
  /** Undefined while everything is shown. */
  readonly onShowAll: (() => void) | undefined
}

export function ChosenCall({ call, description, onShowAll }: ChosenCallProps) {
  return (
    <div class="node">
      {call?.caller === undefined ? (
        <p class="sub">No call is chosen. What is chosen in one drawing is marked in both.</p>
      ) : (
        <>
          <p>{description}</p>
          <RunDots runs={{ base: valuesOf(call.ofBase), head: valuesOf(call.ofHead) }} />
        </>
      )}
      {onShowAll !== undefined && (
        <button type="button" class="quiet" onClick={onShowAll}>
          Show everything
        </button>
      )}
    </div>
  )
}

function valuesOf(times: Float64Array) {
  return { values: Array.from(times, time => time / 1000) }
}
