import { expect, test } from '@jest/globals'
import { allocatingFunctions } from '../../../src/collect/memory/allocating-functions.js'
import type { V8HeapNode } from '../../../src/collect/memory/heap-sampler.js'

function node(id: number, functionName: string, url: string, children: V8HeapNode[] = []): V8HeapNode {
  return { id, callFrame: { functionName, url, lineNumber: id, columnNumber: 4 }, children }
}

test('What functions of Node and V8 allocate is that of the user’s function that called them, without our marks', () => {
  const head = node(1, '(root)', '', [
    node(2, 'run', 'node:internal/process', [
      node(3, 'test', '/app/test/a.test.js', [
        node(4, 'grow', 'file:///app/src/grow.mjs', [node(5, 'from', ''), node(6, 'copy', 'node:buffer')]),
      ]),
    ]),
    node(7, 'jestProfilerMarkA', '/app/node_modules/jest-profiler/build/x.js'),
  ])
  const sizes = [1, 2, 3, 4, 5, 6, 7].map(nodeId => ({ nodeId, size: 10 ** nodeId, ordinal: nodeId }))
  const { allocatedBytes, functions } = allocatingFunctions({ head, samples: sizes }, 1)
  expect(allocatedBytes).toBe(1_111_110)
  expect(functions).toEqual([
    { function: 'grow', file: '/app/src/grow.mjs', line: 5, column: 5, bytes: 1_110_000 },
  ])
})
