import { describe, expect, test } from '@jest/globals'
import type { EngineName } from '../../src/recording/enums.js'
import { estimateProfilingCostMs } from '../../src/report/build/profiling-cost.js'

const NOTHING = { headers: [], mergeMicros: 0, samples: 0 }
const header = (overheadMicros: number, samplerMicros: number | null, engine: EngineName = 'inspector') => ({
  overheadMicros,
  samplerMicros,
  engine,
})

describe('estimateProfilingCostMs', () => {
  test('is in proportion to the measured costs of recording, of V8’s sampler and of merging', () => {
    const headers = [header(2000, 300), header(1000, 500)]
    const cost = (mergeMicros: number, given = headers) =>
      estimateProfilingCostMs({ ...NOTHING, headers: given, mergeMicros })
    expect(cost(4000)).toBeCloseTo((7.8 / 3.8) * cost(0), 2)
    expect(cost(4000)).toBeGreaterThan(7.8)
    expect(cost(4000, [...headers, ...headers])).toBeCloseTo(cost(4000) + cost(0), 2)
  })

  test('estimates the sampler if a worker’s system does not report it', () => {
    const told = (micros: number | null) =>
      estimateProfilingCostMs({ ...NOTHING, headers: [header(0, 100_000), header(0, micros)], samples: 1000 })
    expect(told(100_000)).toBeGreaterThan(told(0))
    expect(told(null)).not.toBe(told(0))
    const without = estimateProfilingCostMs({ ...NOTHING, headers: [header(0, 0)], samples: 1000 })
    expect(told(null)).toBeGreaterThan(without)
  })

  test('grows with the samples', () => {
    const [few = 0, many = 0] = [100, 1000].map(samples => estimateProfilingCostMs({ ...NOTHING, samples }))
    expect(many).toBeGreaterThan(9 * few)
  })

  test('knows that less of the cost can be timed without a profile', () => {
    const cost = (engine: EngineName) =>
      estimateProfilingCostMs({ ...NOTHING, headers: [header(1000, 0, engine)], mergeMicros: 1000 })
    expect(cost('none')).toBeGreaterThan(cost('inspector'))
  })

  test('returns 0 if nothing was recorded', () => {
    expect(estimateProfilingCostMs(NOTHING)).toBe(0)
  })
})
