import { expect, test } from '@jest/globals'
import type { MemoryRecord } from '../../src/report/record/memory-record.js'
import type { SavedRun } from '../../src/report/record/saved-run.js'
import { joinedMemory, movedMemory } from '../../src/saved-runs/merge-memory.js'

const MEMORY: MemoryRecord = {
  processes: [{ worker: 1, peakBytes: 5, collections: 1, collectionMicros: 2, snapshotMicros: 3 }],
  files: [
    { projectId: 'p', path: '/a/x.js', worker: 1, heapBeforeBytes: null, heapAfterBytes: 4, isKept: true },
  ],
  kept: [
    {
      projectId: 'p',
      path: '/a/x.js',
      retainedBytes: 6,
      holder: [
        { name: 'timer', file: null, line: 0, column: 0, isHeld: false },
        { name: 'f', file: '/a/x.js', line: 1, column: 2, isHeld: true },
      ],
    },
  ],
  problems: ['one'],
}
const saved = { memory: MEMORY, files: [{ projectId: 'p', path: '/a/x.js' }] } as unknown as SavedRun
const move = {
  move: (path: string) => path.replace('/a/', '/b/'),
  idOf: () => 'q',
  workers: 2,
}

test('memory of a shard gets the paths, projects and workers of the merged run', () => {
  const moved = movedMemory(saved, move)
  expect(moved?.processes).toEqual([{ ...MEMORY.processes[0], worker: 3 }])
  expect(moved?.files).toEqual([{ ...MEMORY.files[0], projectId: 'q', path: '/b/x.js', worker: 3 }])
  expect(moved?.kept[0]).toMatchObject({ projectId: 'q', path: '/b/x.js' })
  expect(moved?.kept[0]?.holder.map(({ file }) => file)).toEqual([null, '/b/x.js'])
})

test('shards without memory add nothing', () => {
  const { memory: _, ...without } = saved
  expect(movedMemory(without as SavedRun, move)).toBeUndefined()
  expect(joinedMemory([undefined])).toEqual({})
  expect(joinedMemory([MEMORY, undefined, MEMORY]).memory?.files).toHaveLength(2)
})
