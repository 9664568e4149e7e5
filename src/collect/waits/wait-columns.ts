// Converts logged wake-ups and leaked callbacks to columns.

import type { Waits } from '../../recording/recording.js'
import type { Awaited, ResourceTable } from './resource-table.js'
import type { LeakColumns, WakeColumns } from './wake-columns.js'

interface Logged {
  readonly wakes: WakeColumns<Awaited>
  readonly leaks: LeakColumns<Awaited>
  readonly table: ResourceTable
}

/** Times since `start`. Stacks have been read or given up. */
export function waitColumns(
  { wakes, leaks, table }: Logged,
  start: number,
): Pick<Waits, 'resources' | 'wakes' | 'leaks'> {
  const { time, entries } = wakes.ordered()
  const callbacks = leaks.ordered()
  return {
    wakes: {
      time: time.map(wake => wake - start),
      since: entries.map(({ since }) => since - start),
      resource: entries.map(positionOf),
    },
    leaks: {
      resource: callbacks.map(({ entry }) => positionOf(entry)),
      during: callbacks.map(({ during }) => during),
      time: callbacks.map(callback => callback.time - start),
      count: callbacks.map(({ count }) => count),
      micros: callbacks.map(({ micros }) => micros),
    },
    resources: table.resources,
  }
}

function positionOf({ position, type }: Awaited): number {
  if (position === undefined) throw new Error(`a resource of type ${type} has no position`)
  return position
}
