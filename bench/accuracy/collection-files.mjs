// Tests that allocate known amounts: texts, whose bytes are one block of V8's heap, and small objects, which have it
// collect garbage. Each kind has files of its own, which write down what Node's own observer saw of these collections.

export const MEGABYTES = [1, 10, 50]

/** What is allocated for so many megabytes. */
const ALLOCATIONS = {
  // What repeat() makes is a tree of texts, until a character is read: then it is one block.
  text: `(megabytes: number) => {
  const text = 'x'.repeat(megabytes * 1e6)
  text.charCodeAt(1)
  return text
}`,
  // Two objects of 32 and 24 bytes, two slots of the array and of numbers on the heap.
  objects: `(megabytes: number) =>
  Array.from({ length: megabytes * 1e4 }, (_, id) => ({ id, next: { id: id + 0.5 } }))`,
}
export const KINDS = Object.keys(ALLOCATIONS)
/** Tests of each kind and amount in one file. */
export const REPETITIONS = 4

const testOf = kind => `import { performance } from 'node:perf_hooks'
import { collectionsFromNowOn } from '../../src/collections'
import { writeTruth } from '../../src/truth'

const tests: { megabytes: number; start: number; end: number }[] = []
const collections = collectionsFromNowOn()
const kept: unknown[] = []

const allocate = ${ALLOCATIONS[kind]}

describe.each(Array.from({ length: ${REPETITIONS} }, (_, index) => index))('time %i', () => {
  test.each(${JSON.stringify(MEGABYTES)})('${kind} of %i MB', megabytes => {
    const start = performance.now()
    kept.push(allocate(megabytes))
    tests.push({ megabytes, start, end: performance.now() })
  })
})

afterAll(async () => {
  expect(kept).toHaveLength(tests.length)
  writeTruth({ kind: '${kind}', tests, collections: await collections() })
})
`

export const COLLECTION_FILES = Object.fromEntries(
  Object.keys(ALLOCATIONS).flatMap(kind =>
    // Two files each, since Jest does without workers for one.
    [1, 2].map(index => [`test/collections/${kind}-${index}.test.ts`, testOf(kind)]),
  ),
)
