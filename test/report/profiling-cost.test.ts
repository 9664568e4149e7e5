import { describe, expect, test } from '@jest/globals'
import { estimateProfilingCostMs } from '../../src/report/build/profiling-cost.js'

const NOTHING = { headers: [], mergeMicros: 0, samples: 0, cpuMs: 0 }
const header = (overheadMicros: number, samplerMicros: number | null) => ({ overheadMicros, samplerMicros })

describe('estimateProfilingCostMs', () => {
  test('adds the measured costs of recording, of V8’s sampler and of merging', () => {
    const headers = [header(2000, 300), header(1000, 500)]
    expect(estimateProfilingCostMs({ ...NOTHING, headers, mergeMicros: 4000 })).toBe(7.8)
  })

  test('estimates the sampler if a worker’s system does not report it', () => {
    const told = estimateProfilingCostMs({
      ...NOTHING,
      headers: [header(0, 100_000), header(0, 100_000)],
      samples: 1000,
    })
    const untold = estimateProfilingCostMs({
      ...NOTHING,
      headers: [header(0, 100_000), header(0, null)],
      samples: 1000,
    })
    const withoutSampler = estimateProfilingCostMs({ ...NOTHING, headers: [header(0, 0)], samples: 1000 })
    expect(told - withoutSampler).toBeCloseTo(200, 6)
    expect(untold - withoutSampler).toBeGreaterThan(0)
  })

  test('grows with the samples and with the CPU time of the tests', () => {
    const [few, many] = [100, 1000].map(samples => estimateProfilingCostMs({ ...NOTHING, samples }))
    expect(many).toBeGreaterThan(few ?? Number.POSITIVE_INFINITY)
    const [short, long] = [1000, 2000].map(cpuMs => estimateProfilingCostMs({ ...NOTHING, cpuMs }))
    expect(long).toBeCloseTo(2 * (short ?? 0), 6)
  })

  test('returns 0 if nothing was recorded', () => {
    expect(estimateProfilingCostMs(NOTHING)).toBe(0)
  })
})
