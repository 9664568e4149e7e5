// Samples of V8's heap between marks, some of which have no sample.

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { toColumns } from '../../../src/collect/call-tree-columns.js'
import { INTERVAL_BYTES, type V8HeapNode } from '../../../src/collect/memory/heap-sampler.js'
import { spanSamples } from '../../../src/collect/memory/span-samples.js'

function node(id: number, functionName: string, children: readonly V8HeapNode[] = []): V8HeapNode {
  return { id, callFrame: { functionName, url: '/app/a.js', lineNumber: 0, columnNumber: 0 }, children }
}

const MARKS = ['A', 'B', 'C', 'D'].map((name, index) => node(10 + index, `jestProfilerMark${name}`))

const noTree = () => toColumns({ nodes: [], samples: [], timeDeltas: [], startTime: 0, endTime: 0 }, 0, 0)

/** Returns how many samples each span has. One of a small object stands for one interval. `unmarked` spans have a mark without samples behind them, `small` ones have none. */
function sampled(
  counts: readonly number[],
  { unmarked = [], small = [] }: { unmarked?: readonly number[]; small?: readonly number[] } = {},
) {
  const head = node(1, '(root)', [...MARKS, ...counts.map((_, span) => node(100 + span, `span${span}`))])
  const before = [0]
  const nodes = counts.flatMap((count, span) => {
    const own = Array.from({ length: count }, () => 100 + span)
    if (small.includes(span)) return own
    const mark = before.push(span + 1) - 2
    return unmarked.includes(span) ? own : [...own, 10 + (mark % 4)]
  })
  const samples = nodes.map((nodeId, ordinal) => ({ nodeId, size: INTERVAL_BYTES, ordinal }))
  const bytes = counts.map(count => count * INTERVAL_BYTES)
  const { span, count } = spanSamples({ head, samples }, noTree(), { bytes, before })
  return counts.map((_, index) =>
    span.reduce((sum, of, row) => sum + (of === index ? (count[row] ?? 0) : 0), 0),
  )
}

const counts = fc.array(fc.integer({ min: 8, max: 300 }), { minLength: 1, maxLength: 12 })

test('Samples belong to the span between the marks around them', () => {
  fc.assert(fc.property(counts, counts => expect(sampled(counts)).toEqual(counts)))
})

test('Without a sample of the mark between them, two spans have what each allocated, not one of them all', () => {
  fc.assert(
    fc.property(counts, fc.nat(), (counts, which) => {
      expect(sampled(counts, { unmarked: [which % counts.length] })).toEqual(counts)
    }),
  )
})

test('Of three spans without marks between them, too, and of the last ones', () => {
  expect(sampled([10, 300, 20, 9], { unmarked: [0, 1] })).toEqual([10, 300, 20, 9])
  expect(sampled([10, 300, 20], { unmarked: [1, 2] })).toEqual([10, 300, 20])
})

test('Of small spans without a mark behind them, only the largest has its samples, and not those of the others', () => {
  expect(sampled([6, 40, 3, 200], { small: [0, 2] })).toEqual([0, 40, 0, 200])
})

test('After the last boundary, samples belong to nothing', () => {
  const head = node(1, '(root)', [node(2, 'late')])
  const samples = [{ nodeId: 2, size: INTERVAL_BYTES, ordinal: 1 }]
  expect(spanSamples({ head, samples }, noTree(), { bytes: [], before: [0] }).node).toEqual([])
})
