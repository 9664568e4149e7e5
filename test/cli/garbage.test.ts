import { getHeapStatistics } from 'node:v8'
import { expect, test } from '@jest/globals'
import { garbageCollector } from '../../src/cli/garbage.js'

const MB = 1024 * 1024

test('garbage between two pieces of work is collected once there is enough of it', () => {
  const collect = garbageCollector(8 * MB)
  const used = () => getHeapStatistics().used_heap_size
  collect()
  const before = used()
  // What V8 has in its young space it may collect by itself.
  let kept: number[][] = []
  for (let piece = 0; piece < 40; piece++) kept.push(new Array(128 * 1024).fill(piece))
  expect(used()).toBeGreaterThan(before + 30 * MB)
  kept = []
  expect(used()).toBeGreaterThan(before + 30 * MB)
  collect()
  expect(used()).toBeLessThan(before + 8 * MB)
})
