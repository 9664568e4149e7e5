// V8's samples of allocations are numbered and have no time. So objects are allocated at the boundaries between tests, by functions that
// samples show: what comes between two such marks was allocated between these boundaries.
//
// Generators, because V8 inlines functions into their callers, and never generators, and a sample has no frames of inlined functions.

import { INTERVAL_BYTES, type V8HeapNode, type V8HeapProfile } from './heap-sampler.js'

/**
 * A mark has no sample once in 150 times: e^-5. Its objects are small: behind one of 4 KB or more that does not fit into a page, V8
 * keeps the rest of the page for later, which would not be counted then.
 */
const MARK_BYTES = 5 * INTERVAL_BYTES
const ELEMENTS = 256
const OBJECTS = MARK_BYTES / (8 * ELEMENTS)

/** Names of the functions below, in the order in which they take turns, so that a mark without a sample does not shift the others. */
const NAMES = ['jestProfilerMarkA', 'jestProfilerMarkB', 'jestProfilerMarkC', 'jestProfilerMarkD'] as const
const OWN_WORK = 'jestProfilerMeasuresAllocations'

/** Module state: keeps an object that is allocated from being optimized away. */
let kept: unknown

function allocate(): void {
  for (let count = 0; count < OBJECTS; count++) kept = new Array(ELEMENTS)
  if (kept !== undefined) kept = undefined
}

function* jestProfilerMarkA(): Generator<void, void> {
  for (;;) {
    allocate()
    yield
  }
}

function* jestProfilerMarkB(): Generator<void, void> {
  for (;;) {
    allocate()
    yield
  }
}

function* jestProfilerMarkC(): Generator<void, void> {
  for (;;) {
    allocate()
    yield
  }
}

function* jestProfilerMarkD(): Generator<void, void> {
  for (;;) {
    allocate()
    yield
  }
}

/** Makes the marks of one test file, one at each call. */
export function marker(): () => void {
  const marks = [jestProfilerMarkA(), jestProfilerMarkB(), jestProfilerMarkC(), jestProfilerMarkD()]
  let count = 0
  return () => {
    marks[count++ % marks.length]?.next()
  }
}

/** Calls `measure` at each `next`. What it allocates is left out of the samples, by the name of this function. */
export function* jestProfilerMeasuresAllocations(measure: () => void): Generator<void, void> {
  for (;;) {
    measure()
    yield
  }
}

/** Consecutive samples, without any of a mark between them. */
export interface MarkedSamples {
  /** The number of marks before them, and before what follows them. They differ by more than one if a mark has no sample. */
  readonly from: number
  readonly until: number
  readonly samples: readonly { readonly nodeId: number; readonly size: number }[]
}

/** In order, without the samples of marks and of our own work. `marks` is how many were made. */
export function markedSamples({ head, samples }: V8HeapProfile, marks: number): MarkedSamples[] {
  const ownOf = ownNodes(head)
  const marked: MarkedSamples[] = []
  let [mark, between] = [0, [] as { nodeId: number; size: number }[]]
  const end = (until: number) => {
    if (between.length > 0) marked.push({ from: mark, until, samples: between })
    ;[mark, between] = [until, []]
  }
  for (const { nodeId, size } of samples.toSorted((a, b) => a.ordinal - b.ordinal)) {
    const own = ownOf.get(nodeId)
    if (own === undefined) between.push({ nodeId, size })
    else if (own >= 0 && turnsTo(own, mark) > 0) end(mark + turnsTo(own, mark))
  }
  end(marks + 1)
  return marked
}

/** The samples in any order, without those of marks and of our own work. */
export function usersSamples({ head, samples }: V8HeapProfile): V8HeapProfile['samples'] {
  const ownOf = ownNodes(head)
  return samples.filter(({ nodeId }) => !ownOf.has(nodeId))
}

/** How many marks further the one of that name is; 0: it is the same one. */
function turnsTo(name: number, mark: number): number {
  return (name + 1 - (mark % NAMES.length) + NAMES.length) % NAMES.length
}

/** Nodes below our own functions: the position of the mark's name, or -1. */
function ownNodes(head: V8HeapNode): Map<number, number> {
  const found = new Map<number, number>()
  const pending: { node: V8HeapNode; own: number | undefined }[] = [{ node: head, own: undefined }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, own } = next
    const { functionName } = node.callFrame
    const name = (NAMES as readonly string[]).indexOf(functionName)
    const here = name >= 0 ? name : (own ?? (functionName === OWN_WORK ? -1 : undefined))
    if (here !== undefined) found.set(node.id, here)
    for (const child of node.children) pending.push({ node: child, own: here })
  }
  return found
}
