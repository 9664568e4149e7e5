// Which span of time, and which function of the call tree, V8's samples of allocations belong to.

import { at } from '../../profile/columns.js'
import type { Allocations } from '../../recording/recording.js'
import { addNestedNodes, type CallTreeColumns } from '../call-tree-columns.js'
import { type MarkedSamples, markedSamples } from './allocation-marks.js'
import { INTERVAL_BYTES, type V8HeapProfile } from './heap-sampler.js'
import { unroundedBytes } from './sample-bytes.js'

/** `bytes` of each span, and by mark the number of spans before it; the first is that before all marks. */
export interface MarkedSpans {
  readonly bytes: readonly number[]
  readonly before: readonly number[]
}

/** Adds to the call tree. */
export function spanSamples(
  profile: V8HeapProfile,
  tree: CallTreeColumns,
  spans: MarkedSpans,
): NonNullable<Allocations['samples']> {
  const nodeOf = addNestedNodes(profile.head, tree)
  const sums = new Map<string, { node: number; span: number; bytes: number; count: number }>()
  for (const marked of markedSamples(profile, spans.before.length - 1))
    for (const { nodeId, bytes, span } of placed(marked, spans)) {
      const node = nodeOf.get(nodeId)
      if (node === undefined) continue
      const sum = sums.get(`${node} ${span}`)
      if (sum === undefined) sums.set(`${node} ${span}`, { node, span, bytes, count: 1 })
      else {
        sum.bytes += bytes
        sum.count++
      }
    }
  const all = [...sums.values()].sort((a, b) => a.span - b.span || a.node - b.node)
  return {
    node: all.map(({ node }) => node),
    span: all.map(({ span }) => span),
    bytes: all.map(({ bytes }) => Math.round(bytes)),
    count: all.map(({ count }) => count),
  }
}

/**
 * Samples have an order and no time: the first half of what was allocated has the first half of them. That is right to a few samples, too
 * few for the small spans between two marks, so of these only the largest has samples.
 */
function* placed(
  { from, until, samples }: MarkedSamples,
  { bytes, before }: MarkedSpans,
): Generator<{ nodeId: number; bytes: number; span: number }> {
  const [first, end] = [at(before, from), before[until] ?? bytes.length]
  if (first === end) return
  const sized = samples.map(({ nodeId, size }) => ({ nodeId, bytes: unroundedBytes(size, INTERVAL_BYTES) }))
  const largest = new Set<number | undefined>()
  for (let mark = from; mark < until; mark++) largest.add(largestSpan(mark, { bytes, before }))
  const scale = sum(bytes.slice(first, end)) / sum(sized.map(({ bytes }) => bytes))
  let [span, sampled, allocated] = [first, 0, at(bytes, first)]
  for (const sample of sized) {
    const position = (sampled + sample.bytes / 2) * scale
    while (span < end - 1 && position > allocated) allocated += at(bytes, ++span)
    sampled += sample.bytes
    if (largest.has(span)) yield { nodeId: sample.nodeId, bytes: sample.bytes, span }
  }
}

/** Of the spans between a mark and the next one; undefined: there are none. */
function largestSpan(mark: number, { bytes, before }: MarkedSpans): number | undefined {
  const [first = 0, end = bytes.length] = [before[mark], before[mark + 1]]
  let largest: number | undefined
  for (let span = first; span < end; span++)
    if (largest === undefined || at(bytes, span) > at(bytes, largest)) largest = span
  return largest
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
