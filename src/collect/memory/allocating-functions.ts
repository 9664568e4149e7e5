// V8's samples of allocations → the user's functions that allocated most.

import type { NotedFunction } from '../../recording/heap-note.js'
import { isUsersFile, toFile } from '../call-sites.js'
import { usersSamples } from './allocation-marks.js'
import type { V8HeapNode, V8HeapProfile } from './heap-sampler.js'

interface Allocating {
  readonly allocatedBytes: number
  /** The most first. */
  readonly functions: readonly Omit<NotedFunction, 'sourceMap'>[]
}

/** What Jest, Node and V8 allocate belongs to the innermost function of the user's that called them. */
export function allocatingFunctions(profile: V8HeapProfile, most: number): Allocating {
  const ownerOf = ownersOf(profile.head)
  const bytesOf = new Map<string, Omit<NotedFunction, 'sourceMap'>>()
  let allocatedBytes = 0
  for (const { nodeId, size } of usersSamples(profile)) {
    allocatedBytes += size
    const owner = ownerOf.get(nodeId)
    if (owner === undefined) continue
    const place = placeOf(owner)
    const key = `${place.file}:${place.line}:${place.column}`
    bytesOf.set(key, { ...place, bytes: (bytesOf.get(key)?.bytes ?? 0) + size })
  }
  const functions = [...bytesOf.values()].sort((a, b) => b.bytes - a.bytes).slice(0, most)
  return { allocatedBytes, functions }
}

/** By node, itself or the innermost of its callers that is the user's. */
function ownersOf(head: V8HeapNode): Map<number, V8HeapNode> {
  const found = new Map<number, V8HeapNode>()
  const pending: { node: V8HeapNode; owner: V8HeapNode | undefined }[] = [{ node: head, owner: undefined }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next
    const owner = isUsersFile(toFile(node.callFrame.url)) ? node : next.owner
    if (owner !== undefined) found.set(node.id, owner)
    for (const child of node.children) pending.push({ node: child, owner })
  }
  return found
}

function placeOf({ callFrame }: V8HeapNode) {
  const { functionName, url, lineNumber, columnNumber } = callFrame
  return { function: functionName, file: toFile(url), line: lineNumber + 1, column: columnNumber + 1 }
}
