// Tells of stalled tests from a thread of the process that runs them.

import { writeSync } from 'node:fs'
import { relativeTo } from '../report/relative-path.js'
import { Activities } from '../running/activities.js'
import { notedWhereabouts } from '../running/noted-whereabouts.js'
import type { ToldRun } from './stall-thread.js'
import { StallWatch } from './stall-watch.js'

const STDERR = 2

export function stallTeller({ incoming, displayRoot, notes }: ToldRun): Pick<StallWatch, 'look'> {
  return new StallWatch({
    activities: new Activities(incoming),
    stallSeconds: notes.stallSeconds,
    toShown: relativeTo(displayRoot),
    // The stream of a thread is written by the main thread.
    write: text => writeSync(STDERR, text),
    now: Date.now,
    steadyMs: () => performance.now(),
    whereabouts: note => notedWhereabouts(incoming, note),
  })
}
