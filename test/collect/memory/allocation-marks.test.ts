// Marks between samples of V8's heap.

import { describe, expect, test } from '@jest/globals'
import {
  jestProfilerMeasuresAllocations,
  markedSamples,
} from '../../../src/collect/memory/allocation-marks.js'
import type { V8HeapNode, V8HeapProfile } from '../../../src/collect/memory/heap-sampler.js'

function node(id: number, functionName: string, children: readonly V8HeapNode[] = []): V8HeapNode {
  return { id, callFrame: { functionName, url: '', lineNumber: 0, columnNumber: 0 }, children }
}

const MARKS = ['A', 'B', 'C', 'D'].map((name, index) => node(10 + index, `jestProfilerMark${name}`))
const OWN = node(2, 'jestProfilerMeasuresAllocations', [node(3, 'getHeapStatistics'), ...MARKS])
const HEAD = node(1, '(root)', [OWN, node(4, 'user')])

/** One letter for each sample: marks by their names, `u` for user code, `o` for our own. */
function profile(letters: string): V8HeapProfile {
  const ids: Record<string, number> = { A: 10, B: 11, C: 12, D: 13, u: 4, o: 3 }
  const samples = [...letters].map((letter, index) => {
    return { nodeId: ids[letter] ?? 0, size: index + 1, ordinal: index + 1 }
  })
  // V8 gives them in any order.
  return { head: HEAD, samples: samples.toReversed() }
}

/** What lies between marks: `from`, `until`, and how many samples. */
const partsOf = (letters: string, marks: number) =>
  markedSamples(profile(letters), marks).map(({ from, until, samples }) => [from, until, samples.length])

describe('Samples', () => {
  test('belong between the marks around them', () => {
    expect(partsOf('uuAuBuuCDuAu', 5)).toEqual([
      [0, 1, 2],
      [1, 2, 1],
      [2, 3, 2],
      [4, 5, 1],
      [5, 6, 1],
    ])
  })

  test('of one mark are one mark, however many it has', () => {
    expect(partsOf('uAAAuBBu', 2)).toEqual([
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
    ])
  })

  test('around a mark without a sample belong to both of its sides, and those after it are not shifted', () => {
    expect(partsOf('uAuuCu', 3)).toEqual([
      [0, 1, 1],
      [1, 3, 2],
      [3, 4, 1],
    ])
    expect(partsOf('uuCDu', 5)).toEqual([
      [0, 3, 2],
      [4, 6, 1],
    ])
  })

  test('of our own work are left out', () => {
    expect(partsOf('uoAou', 1)).toEqual([
      [0, 1, 1],
      [1, 2, 1],
    ])
  })
})

test('An error while measuring ends it, which the next boundary tells', () => {
  const measuring = jestProfilerMeasuresAllocations(() => {
    throw new Error('no')
  })
  expect(() => measuring.next()).toThrow('no')
  expect(measuring.next().done).toBe(true)
})
