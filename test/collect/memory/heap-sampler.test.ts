// Sampling of V8's heap, in this process.

import { Session } from 'node:inspector'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { heapSampler, type V8HeapProfile } from '../../../src/collect/memory/heap-sampler.js'

const sampler = heapSampler()
/** Another session, as that of the thread that watches the heap. */
const session = new Session()
let kept: unknown[] = []

beforeAll(() => session.connect())
afterAll(() => session.disconnect())

function countSamples(): number | undefined {
  let count: number | undefined
  session.post('HeapProfiler.getSamplingProfile', (error, answer) => {
    if (error === null) count = (answer.profile as unknown as V8HeapProfile).samples.length
  })
  return count
}

function allocate(): void {
  kept = Array.from({ length: 2e5 }, (_, index) => ({ index }))
}

test('A file is sampled while reading samples has time left, and later ones only when that is asked for', () => {
  expect(sampler.begin()).toBe(true)
  allocate()
  expect(countSamples()).toBeGreaterThan(0)
  expect(sampler.end()?.samples.length).toBeGreaterThan(0)
  // On a busy machine, reading once may take all of the time.
  while (sampler.begin()) {
    allocate()
    expect(sampler.end()).not.toBeNull()
  }
  expect(countSamples()).toBeUndefined()
  expect(sampler.end()).toBeNull()

  sampler.beginNow()
  allocate()
  expect(countSamples()).toBeGreaterThan(0)
  // They are not those of the whole file.
  expect(sampler.end()).toBeNull()
  expect(countSamples()).toBeUndefined()
  expect(kept).toHaveLength(2e5)
})
