import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { HeapNote } from '../../src/recording/heap-note.js'
import { heapText, notedHeap } from '../../src/running/noted-heap.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const CALL = { function: 'grow', file: '/app/src/grow.js', line: 3, column: 1, sourceMap: null }
const NOTE: HeapNote = {
  sinceMs: 5,
  usedBytes: 120e6,
  limitBytes: 184e6,
  whereabouts: { state: 'computing', kind: '', calls: [CALL] },
  allocatedBytes: 125e6,
  functions: [
    { ...CALL, file: '/app/node_modules/clone/index.js', line: 9, bytes: 80e6 },
    { ...CALL, line: 2, bytes: 30e6 },
  ],
}
const options = { activity: { sinceMs: 5 }, toShown: (path: string) => path.slice('/app/'.length) }

test('How full the heap was, where the test was, and its own function that allocated most', () => {
  expect(heapText(NOTE, options)).toBe(
    '120 MB of at most 184 MB on its heap, in grow src/grow.js:3; grow src/grow.js:2 had allocated most (30.0 MB of 125 MB)',
  )
})

test('Where an earlier test was is left out, and functions before they are known', () => {
  expect(heapText({ ...NOTE, functions: [] }, { ...options, activity: { sinceMs: 6 } })).toBe(
    '120 MB of at most 184 MB on its heap',
  )
})

test('A note is read by the name of its process’s own; a part of one, or none, is undefined', () => {
  const incoming = temporaryFolder()
  const name = 'activity-7-0.activity'
  expect(notedHeap(incoming, name)).toBeUndefined()
  const text = JSON.stringify(NOTE)
  writeFileSync(join(incoming, `${name}.heap`), text)
  expect(notedHeap(incoming, name)).toEqual(NOTE)
  writeFileSync(join(incoming, `${name}.heap`), text.slice(0, 50))
  expect(notedHeap(incoming, name)).toBeUndefined()
})
