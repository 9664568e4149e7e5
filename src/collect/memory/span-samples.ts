// Which span of time, and which function of the call tree, V8's samples of allocations belong to.

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
    for (const { nodeId, bytes, mark } of divided(marked, spans)) {
      const [node, span] = [nodeOf.get(nodeId), largestSpan(mark, spans)]
      if (node === undefined || span === undefined) continue
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

/** Around a mark that has no sample, the samples are divided as what was allocated is: the first half of it has the first half of them. */
function* divided(
  { from, until, samples }: MarkedSamples,
  spans: MarkedSpans,
): Generator<{ nodeId: number; bytes: number; mark: number }> {
  const sized = samples.map(({ nodeId, size }) => ({ nodeId, bytes: unroundedBytes(size, INTERVAL_BYTES) }))
  const scale = allocated(from, until, spans) / sized.reduce((sum, { bytes }) => sum + bytes, 0)
  let [mark, sampled] = [from, 0]
  for (const { nodeId, bytes } of sized) {
    while (mark < until - 1 && (sampled + bytes / 2) * scale > allocated(from, mark + 1, spans)) mark++
    sampled += bytes
    yield { nodeId, bytes, mark }
  }
}

/** Bytes between two marks. */
function allocated(from: number, until: number, { bytes, before }: MarkedSpans): number {
  return bytes.slice(before[from], before[until]).reduce((sum, span) => sum + span, 0)
}

/** What lies between two marks belongs to the span that allocated most of it. */
function largestSpan(mark: number, { bytes, before }: MarkedSpans): number | undefined {
  const [first = 0, end = bytes.length] = [before[mark], before[mark + 1]]
  let largest: number | undefined
  for (let span = first; span < end; span++)
    if (largest === undefined || (bytes[span] ?? 0) > (bytes[largest] ?? 0)) largest = span
  return largest
}
