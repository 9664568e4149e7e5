// How full the heap of a process was, where it was and what it had allocated, as the thread beside its tests has noted.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isOwnFile } from '../profile/own-code.js'
import { toSlashes } from '../profile/paths.js'
import { HEAP_EXTENSION, type HeapNote, parseHeapNote } from '../recording/heap-note.js'
import { bytes } from '../report/views/figures.js'
import { originalOf, whereaboutsText } from './whereabouts-text.js'

/** What to do where a process ran out of memory, besides keeping less of it. */
export const MORE_MEMORY = '`NODE_OPTIONS=--max-old-space-size=4096` gives it more.'

/** `note`: the name of the process's own note in the run's folder for new recordings. Undefined: its heap was not near its limit. */
export function notedHeap(incoming: string, note: string): HeapNote | undefined {
  try {
    return parseHeapNote(readFileSync(join(incoming, `${note}${HEAP_EXTENSION}`), 'utf8'))
  } catch {
    // It has noted nothing.
    return undefined
  }
}

/** `120 MB of at most 184 MB on its heap, in grow src/grow.js:3; grow src/grow.js:2 had allocated most (110 MB of 125 MB)`. */
export function heapText(
  { sinceMs, usedBytes, limitBytes, whereabouts, allocatedBytes, functions }: HeapNote,
  { activity, toShown }: { activity: { readonly sinceMs: number }; toShown: (path: string) => string },
): string {
  // What was noted during an earlier test says nothing about where this one was.
  const where = sinceMs === activity.sinceMs ? whereaboutsText(whereabouts, toShown) : ''
  const used = `${bytes(usedBytes)} of at most ${bytes(limitBytes)} on its heap${where === '' ? '' : `, ${where}`}`
  const most = functions.find(({ file }) => isOwnFile(toSlashes(file))) ?? functions[0]
  if (most === undefined) return used
  const { file, line } = originalOf(most)
  const name = most.function === '' ? '' : `${most.function} `
  return `${used}; ${name}${toShown(file)}:${line} had allocated most (${bytes(most.bytes)} of ${bytes(allocatedBytes)})`
}
