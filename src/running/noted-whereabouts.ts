// Where a process is that has done the same for long, as the thread beside its tests has noted.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type NotedWhereabouts, parseWhereabouts, WHEREABOUTS_EXTENSION } from '../recording/whereabouts.js'

/** `note`: the name of the process's own note in the run's folder for new recordings. */
export function notedWhereabouts(incoming: string, note: string): NotedWhereabouts | undefined {
  try {
    return parseWhereabouts(readFileSync(join(incoming, `${note}${WHEREABOUTS_EXTENSION}`), 'utf8'))
  } catch {
    // It has noted nothing yet.
    return undefined
  }
}
