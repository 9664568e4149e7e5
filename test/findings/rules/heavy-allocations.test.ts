import { describe, expect, test } from '@jest/globals'
import { heapLimit } from '../../../src/findings/rules/heap-limit.js'
import { heavyAllocations } from '../../../src/findings/rules/heavy-allocations.js'
import type { FileMemoryReport, MemoryReport } from '../../../src/report/memory-report.js'
import { factsOf } from '../../support/facts.js'
import { memoryReport } from '../../support/memory-report.js'

const MB = 1e6

const memoryWith = (given: Partial<MemoryReport>, bytes = 200 * MB) => memoryReport(given, bytes)

const test0 = { file: 'a.test.js', project: '', index: 0, name: ['table', 'sorts'], fullName: 'table sorts' }
const parse = { function: 'parse', file: 'src/rows.js', line: 3, column: 1, category: 'source' as const }
const library = { ...parse, file: 'node_modules/big/index.js', category: 'dependency' as const }
const ofFunction = (bytes: number, place: typeof parse | typeof library = parse) => ({
  ...place,
  package: null,
  bytes,
  totalBytes: bytes,
  tests: [{ ...test0, bytes }],
})

describe('Heavy allocations', () => {
  const found = (memory: MemoryReport, gcMs = 0) =>
    heavyAllocations(factsOf({ report: { memory, totals: { gcMs } } }))

  test('are those of a function of the project, of a test and of an import, in bytes', () => {
    const memory = memoryWith({
      allocations: [ofFunction(150 * MB, library), ofFunction(80 * MB)],
      tests: [{ ...test0, allocatedBytes: 100 * MB, allocations: [{ ...parse, bytes: 80 * MB }] }],
      modules: [{ module: 'src/tables.js', package: null, bytes: 60 * MB }],
    })
    expect(found(memory)).toMatchObject([
      {
        id: 'heavy-allocation:src/rows.js parse',
        title: '`parse` allocates 80.0 MB, 40 % of everything',
        evidence: expect.stringContaining('Most of it in “table › sorts” (80.0 MB).'),
        allocatedBytes: 80 * MB,
        position: { file: 'src/rows.js', line: 3 },
      },
      {
        title: '“table › sorts” allocates 100 MB, 50 % of everything',
        evidence: expect.stringContaining('`parse` src/rows.js:3 (80.0 MB)'),
      },
      { title: 'Loading src/tables.js allocates 60.0 MB, 30 % of everything' },
    ])
  })

  test('are not what is small, or a small part', () => {
    expect(found(memoryWith({ allocations: [ofFunction(49 * MB)] }, 60 * MB))).toEqual([])
    expect(found(memoryWith({ allocations: [ofFunction(90 * MB)] }, 500 * MB))).toEqual([])
    expect(heavyAllocations(factsOf({}))).toEqual([])
  })

  test('leave the function to the finding about garbage collection, where there is one', () => {
    const memory = memoryWith({ allocations: [ofFunction(80 * MB)] })
    expect(found(memory, 1e9)).toEqual([])
  })
})

describe('A heap near its limit', () => {
  const file = (index: number, heapAfterBytes: number | null): FileMemoryReport => ({
    path: `test/${index}.js`,
    project: '',
    worker: 1,
    heapBeforeBytes: index === 0 ? 10 * MB : index * 100 * MB,
    heapAfterBytes,
    sandboxKept: false,
  })
  const process = { worker: 1, peakBytes: 1, collections: 1, collectionMs: 1, snapshotMs: 0 }
  const files = [file(0, 100 * MB), file(1, 200 * MB), file(2, 300 * MB), file(3, null)]
  const found = (heapLimitBytes?: number) =>
    heapLimit(
      factsOf({
        report: {
          memory: memoryWith({
            files,
            processes: [heapLimitBytes === undefined ? process : { ...process, heapLimitBytes }],
            growth: [{ worker: 1, files: 4, bytesPerFile: 100 * MB, uncertaintyBytes: 2 * MB }],
          }),
        },
      }),
    )

  test('is told with what it grows by', () => {
    expect(found(400 * MB)).toMatchObject([
      {
        id: 'heap-limit',
        title: 'Worker 1 ends with 75 % of the heap that V8 allows',
        evidence: expect.stringMatching(
          /^300 MB of 400 MB after 3 test files, .* grows by 100 MB ± 2\.0 MB with each/,
        ),
        heapBytes: 300 * MB,
      },
    ])
  })

  test('is none if there is room, or the limit is unknown', () => {
    expect(found(500 * MB)).toEqual([])
    expect(found()).toEqual([])
  })
})
