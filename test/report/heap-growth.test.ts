import { expect, test } from '@jest/globals'
import { buildHeapGrowth } from '../../src/report/build/heap-growth.js'
import type { FileMemoryReport } from '../../src/report/memory-report.js'

/** One process; null: no collection after that file. */
function files(heaps: readonly (number | null)[], worker = 1): FileMemoryReport[] {
  let before: number | null = 1
  return heaps.map((heapAfterBytes, index) => {
    const row = {
      path: `${index}.test.js`,
      project: '',
      worker,
      heapBeforeBytes: before,
      heapAfterBytes,
      sandboxKept: false,
    }
    before = heapAfterBytes
    return row
  })
}

test('is the mean by test file, without the first one, and exact where all are alike', () => {
  expect(buildHeapGrowth(files([900, 1000, 1100, null, 1300, 1400, 1500]))).toEqual([
    { worker: 1, files: 7, bytesPerFile: 100, uncertaintyBytes: 0 },
  ])
})

test('is not told of few files, and each process of a worker has its own', () => {
  expect(buildHeapGrowth(files([1, 2, null]))).toEqual([])
  const two = [...files([900, 1000, 1100, 1200, 1300]), ...files([500, 500, 500, 500, 500, 500])]
  expect(buildHeapGrowth(two).map(({ bytesPerFile }) => bytesPerFile)).toEqual([100, 0])
})

test('contains the true growth in some 95 of 100 processes', () => {
  // A linear congruential generator, because values of fast-check are not evenly distributed.
  let state = 1
  const random = () => {
    state = (state * 1_103_515 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
  const heaps = Array.from({ length: 500 }, () => {
    let heap = 1e6
    return Array.from({ length: 12 }, () => {
      heap += Math.round(100 * random())
      return heap
    })
  })
  const inside = heaps.filter(values => {
    const [growth] = buildHeapGrowth(files(values))
    return growth !== undefined && Math.abs(growth.bytesPerFile - 50) <= growth.uncertaintyBytes
  })
  expect(inside.length / heaps.length).toBeGreaterThan(0.85)
})
