import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { HEAP_EXTENSION, type HeapNote } from '../../src/recording/heap-note.js'
import type { NotedWhereabouts } from '../../src/recording/whereabouts.js'
import { Activities } from '../../src/running/activities.js'
import { interruptedEntry, runningFiles, runningText } from '../../src/running/running-files.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const SINCE_MS = 1_800_000_000_000
const toShown = (path: string) => path.slice('/app/'.length)

/** A folder of new recordings with the note of one process, which last gave a sign of life after some milliseconds. */
function running({
  seenMs = 0,
  noted,
  heap,
}: {
  seenMs?: number
  noted?: Partial<NotedWhereabouts>
  heap?: HeapNote
} = {}) {
  const incoming = temporaryFolder()
  const note = join(incoming, 'activity-1-0.activity')
  const activity = { projectId: 'p', testPath: '/app/a.test.js', doing: 'test', name: ['adds'] }
  writeFileSync(note, JSON.stringify({ ...activity, sinceMs: SINCE_MS }))
  utimesSync(note, (SINCE_MS + seenMs) / 1000, (SINCE_MS + seenMs) / 1000)
  const call = { function: 'add', file: '/app/src/add.js', line: 2, column: 1, sourceMap: null }
  const whereabouts = { state: 'computing', kind: '', calls: [call], sinceMs: SINCE_MS, ...noted }
  if (noted !== undefined) writeFileSync(`${note}.where`, JSON.stringify(whereabouts))
  if (heap !== undefined) writeFileSync(`${note}${HEAP_EXTENSION}`, JSON.stringify(heap))
  return (interruptedMs?: number) => {
    const [file] = runningFiles(new Activities(incoming).now(), { incoming, interruptedMs, toShown })
    if (file === undefined) throw new Error('nothing was running')
    return { text: runningText(file, toShown), ...interruptedEntry(file) }
  }
}

test('a file that was interrupted is named with what it did, for how long and where', () => {
  expect(running({ noted: {} })(SINCE_MS + 3200)).toEqual({
    text: 'a.test.js: test “adds” for 3.20 s  in add src/add.js:2',
    file: '/app/a.test.js',
    reason: 'interrupted after 3.20 s in test “adds”: in add src/add.js:2',
    remedy: 'If it hangs, look at that line first.',
  })
})

test('where nobody noted the interruption, a process lasted until its last sign of life', () => {
  expect(running({ seenMs: 12_000, noted: {} })().reason).toMatch(/^interrupted after 12\.0 s in test/)
})

test('without a sign of life after its note, it is unknown for how long', () => {
  expect(running()()).toMatchObject({
    text: 'a.test.js: test “adds”',
    reason: 'interrupted in test “adds”',
    remedy: expect.stringMatching(/run it alone/),
  })
})

test('a process that was near the limit of its heap is told with what had allocated most', () => {
  const heap: HeapNote = {
    sinceMs: SINCE_MS,
    usedBytes: 134e6,
    limitBytes: 185e6,
    allocatedBytes: 126e6,
    functions: [
      { function: 'grow', file: '/app/src/grow.js', line: 2, column: 1, sourceMap: null, bytes: 74e6 },
    ],
    whereabouts: { state: 'computing', kind: '', calls: [] },
  }
  expect(running({ heap })()).toMatchObject({
    reason:
      'interrupted in test “adds”; last seen with 134 MB of at most 185 MB on its heap; grow src/grow.js:2 had allocated most (74.0 MB of 126 MB)',
    remedy: expect.stringMatching(/^If it ran out of memory.*max-old-space-size/),
  })
})

test('where it was during an earlier test is left out', () => {
  expect(running({ noted: { sinceMs: SINCE_MS - 1 } })(SINCE_MS + 1000).text).toBe(
    'a.test.js: test “adds” for 1.00 s',
  )
})
