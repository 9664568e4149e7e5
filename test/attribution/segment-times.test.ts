import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { addUpTimes, NO_TIME, segmentTimes, uncertainty } from '../../src/attribution/segment-times.js'
import { timeline } from '../../src/attribution/timeline.js'
import type { ThreadClock } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'

const windows = (...borders: number[]) =>
  borders.slice(0, -1).map((start, index) => ({ start, end: borders[index + 1] ?? start }))

/** No time, of a thread without a clock. */
const UNCLOCKED = { ...NO_TIME, ready: undefined }

describe('segmentTimes', () => {
  const recording = resolvedFromText(
    `
    100  300   400  600   700  900
    A    idle  A    idle  A    A
               gc              B
  `,
    { header: { wallMicros: 1000, samplingIntervalMicros: 100 } },
  )

  test('samples last until the next one, and are split at window boundaries', () => {
    const times = segmentTimes(recording, windows(0, 350, 450, 1000))
    expect(times).toEqual([
      {
        ...{ ...UNCLOCKED, wall: 350, cpu: 300, idle: 50, sampleCount: 2, samplesTaken: 2 },
        ...{ squaredGaps: 200 ** 2, lateness: 100 },
      },
      {
        ...{ ...UNCLOCKED, wall: 100, cpu: 50, idle: 50, gc: 50, sampleCount: 1, samplesTaken: 1 },
        ...{ squaredGaps: 50 ** 2, lateness: -25 },
      },
      {
        ...{ ...UNCLOCKED, wall: 550, cpu: 450, idle: 100, gc: 150, sampleCount: 3, samplesTaken: 3 },
        ...{ squaredGaps: 150 ** 2 + 100 ** 2, lateness: 25 },
      },
    ])
  })

  test('a window within one sample gets a share of its time, but not the sample', () => {
    expect(segmentTimes(recording, windows(310, 320, 390))).toEqual([
      { ...UNCLOCKED, wall: 10, idle: 10 },
      { ...UNCLOCKED, wall: 70, idle: 70 },
    ])
  })

  test('a sample belongs to the window that contains its timestamp, and at a boundary to the later window', () => {
    expect(segmentTimes(recording, windows(0, 300, 600)).map(({ sampleCount }) => sampleCount)).toEqual([
      1, 2,
    ])
  })

  test('samples with equal timestamps all belong to the later window', () => {
    const header = { wallMicros: 10, samplingIntervalMicros: 5 }
    const together = resolvedFromText('0  0  5  5\nA  B  A  B', { header })
    const counts = (...borders: number[]) =>
      segmentTimes(together, windows(...borders)).map(({ samplesTaken }) => samplesTaken)
    expect(counts(0, 10)).toEqual([4])
    expect(counts(0, 5, 10)).toEqual([2, 2])
    expect(counts(0, 2, 5, 10)).toEqual([2, 0, 2])
  })

  test('windows may leave out parts of the recording', () => {
    expect(segmentTimes(recording, [...windows(0, 50), ...windows(620, 680)])).toEqual([
      { ...UNCLOCKED, wall: 50, cpu: 50 },
      { ...UNCLOCKED, wall: 60, idle: 60 },
    ])
  })

  test('a recording without samples has no idle time', () => {
    const empty = { ...recording, samples: { node: [], time: [] } }
    expect(segmentTimes(empty, windows(0, 1000))).toEqual([{ ...UNCLOCKED, wall: 1000, cpu: 1000 }])
  })

  test('a waiting synchronous call of the project’s code is blocked time, and Jest’s own is not', () => {
    const blocked = resolvedFromText(
      `
      0                              100                    300                400
      A                              load[jest]             A                  A
      spawnSync[node:child_process]  readFileSync[node:fs]  readSync[node:fs]
      `,
      { header: { wallMicros: 450, samplingIntervalMicros: 100 } },
    )
    expect(segmentTimes(blocked, windows(0, 50, 450))).toEqual([
      { ...UNCLOCKED, wall: 50, blocked: 50, sampleCount: 1, samplesTaken: 1 },
      { ...UNCLOCKED, wall: 400, cpu: 250, blocked: 150, sampleCount: 3, samplesTaken: 3 },
    ])
  })

  test('samples of zero length are counted, but are no changes between idle and busy', () => {
    const ties = resolvedFromText('0  100   100  100\nA  idle  A    A', { header: { wallMicros: 200 } })
    expect(segmentTimes(ties, windows(0, 200))).toEqual([
      { ...UNCLOCKED, wall: 200, cpu: 200, sampleCount: 1, samplesTaken: 4 },
    ])
  })

  test('the segments of a timeline add up to the recording, and the parts of a segment to its wall time', () => {
    fc.assert(
      fc.property(anyRecording, recorded => {
        const segments = timeline(recorded)
        const times = segmentTimes(recorded, segments)
        const [whole = NO_TIME] = segmentTimes(recorded, windows(0, recorded.header.wallMicros))
        const summed = addUpTimes(times)
        for (const key of ['wall', 'sampleCount', 'samplesTaken'] as const)
          expect(summed[key]).toBe(whole[key])
        for (const key of ['cpu', 'blocked', 'idle', 'gc'] as const)
          expect(summed[key]).toBeCloseTo(whole[key], 6)
        expect(summed.ready ?? -1).toBeCloseTo(whole.ready ?? -1, 6)
        expect(whole.samplesTaken).toBe(recorded.samples.time.length)
        for (const { wall, cpu, ready = 0, blocked, idle, gc } of times) {
          expect(cpu + ready + blocked + idle).toBeCloseTo(wall, 6)
          expect(gc).toBeLessThanOrEqual(cpu + 1e-6)
          expect(Math.min(cpu, ready, blocked, idle, gc)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

describe('addUpTimes', () => {
  test('adds up every column', () => {
    const times = {
      ...{ wall: 1, cpu: 9, ready: 10, blocked: 4, idle: 2, gc: 3, sampleCount: 5, samplesTaken: 8 },
      ...{ squaredGaps: 6, lateness: -7, squaredSteps: 11 },
    }
    expect(addUpTimes([times, times])).toEqual({
      ...{ wall: 2, cpu: 18, ready: 20, blocked: 8, idle: 4, gc: 6, sampleCount: 10, samplesTaken: 16 },
      ...{ squaredGaps: 12, lateness: -14, squaredSteps: 22 },
    })
    expect(addUpTimes([])).toEqual(NO_TIME)
  })

  test('time without a core is undefined in the sum when it is undefined in a part', () => {
    expect(addUpTimes([NO_TIME, UNCLOCKED, NO_TIME]).ready).toBeUndefined()
    expect(addUpTimes([NO_TIME, NO_TIME]).ready).toBe(0)
  })
})

describe('segmentTimes with a thread clock', () => {
  const header = { wallMicros: 1000, samplingIntervalMicros: 100 }
  /** `cpu ready blocked idle` for each window. */
  const shares = (text: string, clock: ThreadClock | null, ...borders: number[]) =>
    segmentTimes(resolvedFromText(text, { clock, header }), windows(...borders)).map(
      ({ cpu, ready, blocked, idle }) => [cpu, ready, blocked, idle],
    )

  test('CPU time is what the clock shows, and the rest of the busy time is time without a core', () => {
    const clock = { step: 0, time: [0, 400, 1000], cpu: [0, 300, 300] }
    expect(shares('0  400\nA  idle', clock, 0, 200, 400, 1000)).toEqual([
      [150, 50, 0, 0],
      [150, 50, 0, 0],
      [0, 0, 0, 600],
    ])
    expect(shares('0  400\nA  A', clock, 0, 400, 1000)).toEqual([
      [300, 100, 0, 0],
      [0, 600, 0, 0],
    ])
  })

  test('CPU time extends into sampled idle and blocked time when the clock shows more', () => {
    const clock = { step: 0, time: [0, 1000], cpu: [0, 550] }
    expect(shares('0  400\nA  idle', clock, 0, 400, 1000)).toEqual([
      [400, 0, 0, 0],
      [150, 0, 0, 450],
    ])
    const blocked = '0  400\nA  A\n   readSync[node:fs]'
    expect(shares(blocked, clock, 0, 400, 1000)).toEqual([
      [400, 0, 0, 0],
      [150, 0, 450, 0],
    ])
  })

  test('time before the first and after the last reading follows the samples', () => {
    const clock = { step: 0, time: [200, 400], cpu: [0, 50] }
    expect(shares('0\nA', clock, 0, 200, 400, 1000)).toEqual([
      [200, 0, 0, 0],
      [50, 150, 0, 0],
      [600, 0, 0, 0],
    ])
  })

  test('garbage collection time counts only the share that was CPU time', () => {
    const clock = { step: 0, time: [0, 1000], cpu: [0, 250] }
    const collected = resolvedFromText('0  400\nA  gc', { clock, header })
    expect(segmentTimes(collected, windows(0, 1000))).toMatchObject([{ cpu: 250, ready: 750, gc: 150 }])
  })

  test('the clock’s steps add to the error at both ends of each window', () => {
    const clock = { step: 40, time: [0, 1000], cpu: [0, 960] }
    const stepped = resolvedFromText('0\nA', { clock, header })
    expect(segmentTimes(stepped, windows(0, 500, 1000)).map(({ squaredSteps }) => squaredSteps)).toEqual([
      1600, 1600,
    ])
  })

  test('time without a core is undefined without a clock, or with only one reading', () => {
    expect(shares('0  400\nA  idle', null, 0, 1000)).toEqual([[400, undefined, 0, 600]])
    expect(shares('0  400\nA  idle', { step: 0, time: [10], cpu: [5] }, 0, 1000)).toEqual([
      [400, undefined, 0, 600],
    ])
  })
})

describe('uncertainty', () => {
  const times = { ...UNCLOCKED, wall: 1_000_000, sampleCount: 1 }

  test('grows with the interval, and with the square root of the number of changes', () => {
    expect(uncertainty(times, 1000)).toBeCloseTo(1.96 * 500, 6)
    expect(uncertainty({ ...times, squaredGaps: 9e6 }, 1000)).toBeCloseTo(2 * uncertainty(times, 1000), 6)
    expect(uncertainty(times, 3000)).toBeCloseTo(3 * uncertainty(times, 1000), 6)
  })

  test('includes the whole delay of a change that was sampled late after a long pause', () => {
    const paused = resolvedFromText('0  1000  2000  32000\nA  A     A     idle', {
      header: { wallMicros: 50_000 },
    })
    const [own = NO_TIME] = segmentTimes(paused, windows(0, 50_000))
    expect(uncertainty(own, 1000)).toBeGreaterThan(30_000)
  })

  test('is smaller when changes are sampled late in both directions', () => {
    const both = { ...times, squaredGaps: 2e6, lateness: 0 }
    const one = { ...times, squaredGaps: 2e6, lateness: -1000 }
    expect(uncertainty(one, 1000)).toBeCloseTo(uncertainty(both, 1000) + 1000, 6)
  })

  test('is at most what the steps of the thread’s clock allow at both boundaries', () => {
    const clocked = { ...times, ready: 0, squaredGaps: 9e6 }
    const ofSamples = uncertainty({ ...times, squaredGaps: 9e6 }, 1000)
    expect(uncertainty({ ...clocked, squaredSteps: 600 ** 2 }, 1000)).toBeCloseTo(
      (1.96 * 600) / Math.sqrt(6),
      6,
    )
    expect(uncertainty({ ...clocked, squaredSteps: 60_000 ** 2 }, 1000)).toBe(ofSamples)
    expect(uncertainty({ ...clocked, squaredSteps: 0 }, 1000)).toBe(0)
  })

  test('is at most the time itself, and equals it when no sample was taken', () => {
    expect(uncertainty({ ...times, wall: 10 }, 1000)).toBe(10)
    expect(uncertainty({ ...times, sampleCount: 0 }, 1000)).toBe(1_000_000)
  })
})
