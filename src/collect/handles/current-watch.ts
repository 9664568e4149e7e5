// The watch of this process over what its test files leave open.

import { requireLateParts } from '../late-modules.js'
import type { HandleWatch } from './handle-watch.js'

// Module state: the files of a process, one after the other.
let current: { readonly incoming: string; readonly watch: HandleWatch } | undefined

/** `incoming`: the run's folder for new recordings. Undefined if no test file of this process left anything open in that run. */
export function handleWatchOf(incoming: string): HandleWatch | undefined {
  return current?.incoming === incoming ? current.watch : undefined
}

/** The same, which is created if necessary. */
export function handleWatch(incoming: string): HandleWatch {
  const known = handleWatchOf(incoming)
  if (known !== undefined) return known
  const { HandleWatch } = requireLateParts()
  const watch = new HandleWatch(incoming)
  current = { incoming, watch }
  noteExit(watch)
  return watch
}

// A separate function, because a listener keeps alive the scope of closures beside it.
function noteExit(watch: HandleWatch): void {
  process.once('exit', () => watch.exits())
}
