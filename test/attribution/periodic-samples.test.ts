import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { periodicSamples } from '../../src/attribution/sample-times.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'

const INTERVAL = 1000

/** The timestamps of the periodic samples, at an interval of 1000. */
function counted(...times: number[]): number[] {
  const text = [times.map(time => String(time).padEnd(8)).join(''), times.map(() => 'A       ').join('')]
  const header = { samplingIntervalMicros: INTERVAL, wallMicros: 100_000 }
  const isPeriodic = periodicSamples(resolvedFromText(text.join('\n'), { header }))
  return times.filter((_, sample) => isPeriodic[sample])
}

describe('periodicSamples', () => {
  test('include every sample of a sampler with slight jitter', () => {
    const times = [0, 1010, 1990, 3050, 4010, 5400, 6010, 7000]
    expect(counted(...times)).toEqual(times)
  })

  test('exclude extra samples that V8 takes right after a periodic one', () => {
    expect(counted(0, 3, 40, 1000, 1001, 1180, 2000)).toEqual([0, 1000, 2000])
  })

  test('are one per interval when V8 takes extra samples all the time', () => {
    const times = Array.from({ length: 501 }, (_, sample) => 100 * sample)
    expect(counted(...times).length).toBeGreaterThan(48)
    expect(counted(...times).length).toBeLessThan(53)
  })

  test('continue from the first sample after a pause of the sampler', () => {
    expect(counted(0, 1000, 20_000, 20_001, 21_000, 22_000)).toEqual([0, 1000, 20_000, 21_000, 22_000])
  })

  test('are at most as many as there are intervals, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { header, samples } = recording
        const amount = periodicSamples(recording).filter(Boolean).length
        expect(amount).toBeLessThanOrEqual(
          header.wallMicros / (header.samplingIntervalMicros ?? Number.NaN) + 2,
        )
        if (samples.time.length > 0) expect(amount).toBeGreaterThan(0)
      }),
    )
  })
})
