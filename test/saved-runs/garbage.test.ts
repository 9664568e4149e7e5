import { expect, test } from '@jest/globals'
import { garbageCollector, HEAP } from '../../src/saved-runs/garbage.js'

const MB = 1024 * 1024

test('garbage is collected between two pieces of work once the heap has grown by 64 MB', () => {
  let [used, alive, collections] = [100, 100, 0]
  const collect = garbageCollector({
    usedBytes: () => used * MB,
    collect: () => {
      used = alive
      collections++
    },
  })
  const afterGrowthTo = (megabytes: number) => {
    used = megabytes
    collect()
    return collections
  }
  expect([afterGrowthTo(163), afterGrowthTo(164)]).toEqual([0, 1])
  // What stays counts from then on.
  alive = 150
  expect([afterGrowthTo(163), afterGrowthTo(164), afterGrowthTo(213), afterGrowthTo(214)]).toEqual([
    1, 2, 2, 3,
  ])
})

test('the heap of this process is rid of what nobody holds', () => {
  HEAP.collect()
  const before = HEAP.usedBytes()
  let held: number[][] | undefined = Array.from({ length: 40 }, (_, piece) =>
    new Array(128 * 1024).fill(piece),
  )
  expect(held.length * 128 * 1024 * 8).toBe(40 * MB)
  held = undefined
  HEAP.collect()
  expect(HEAP.usedBytes()).toBeLessThan(before + 20 * MB)
})
