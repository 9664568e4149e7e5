import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { NO_TIME, segmentTimes, sum, uncertainty } from '../../src/account/segment-times.js'
import { timeline } from '../../src/account/timeline.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'

const windows = (...borders: number[]) =>
  borders.slice(0, -1).map((start, index) => ({ start, end: borders[index + 1] ?? start }))

describe('segmentTimes', () => {
  const recording = resolvedFromText(
    `
    100  300   400  600   700  900
    A    idle  A    idle  A    A
               gc              B
  `,
    { header: { wallMicros: 1000, samplingIntervalMicros: 100 } },
  )

  test('samples last until the next one, and are cut at the borders of the windows', () => {
    const times = segmentTimes(recording, windows(0, 350, 450, 1000))
    expect(times).toEqual([
      {
        wall: 350,
        idle: 50,
        gc: 0,
        blocked: 0,
        sampleCount: 2,
        samplesTaken: 2,
        squaredGaps: 200 ** 2,
        lateness: 100,
      },
      {
        wall: 100,
        idle: 50,
        gc: 50,
        blocked: 0,
        sampleCount: 1,
        samplesTaken: 1,
        squaredGaps: 50 ** 2,
        lateness: -25,
      },
      {
        wall: 550,
        idle: 100,
        gc: 150,
        blocked: 0,
        sampleCount: 3,
        samplesTaken: 3,
        squaredGaps: 150 ** 2 + 100 ** 2,
        lateness: 25,
      },
    ])
  })

  test('a window within one sample has its share of it, and no sample of its own', () => {
    expect(segmentTimes(recording, windows(310, 320, 390))).toEqual([
      { ...NO_TIME, wall: 10, idle: 10 },
      { ...NO_TIME, wall: 70, idle: 70 },
    ])
  })

  test('a sample belongs to the window in which it was taken, that at a border to the later one', () => {
    expect(segmentTimes(recording, windows(0, 300, 600)).map(({ sampleCount }) => sampleCount)).toEqual([
      1, 2,
    ])
  })

  test('samples of one moment are all the later window’s', () => {
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
      { ...NO_TIME, wall: 50 },
      { ...NO_TIME, wall: 60, idle: 60 },
    ])
  })

  test('a recording without samples was never idle, as far as anybody knows', () => {
    const empty = { ...recording, samples: { node: [], time: [] } }
    expect(segmentTimes(empty, windows(0, 1000))).toEqual([{ ...NO_TIME, wall: 1000 }])
  })

  test('a synchronous call of the project’s code that waits is blocked time; Jest’s own is not', () => {
    const blocked = resolvedFromText(
      `
      0                              100                    300                400
      A                              load[jest]             A                  A
      spawnSync[node:child_process]  readFileSync[node:fs]  readSync[node:fs]
      `,
      { header: { wallMicros: 450, samplingIntervalMicros: 100 } },
    )
    expect(segmentTimes(blocked, windows(0, 50, 450))).toEqual([
      { wall: 50, idle: 0, gc: 0, blocked: 50, sampleCount: 1, samplesTaken: 1, squaredGaps: 0, lateness: 0 },
      {
        wall: 400,
        idle: 0,
        gc: 0,
        blocked: 150,
        sampleCount: 3,
        samplesTaken: 3,
        squaredGaps: 0,
        lateness: 0,
      },
    ])
  })

  test('samples of no length are counted, and are no change between idle and not', () => {
    const ties = resolvedFromText('0  100   100  100\nA  idle  A    A', { header: { wallMicros: 200 } })
    expect(segmentTimes(ties, windows(0, 200))).toEqual([
      { ...NO_TIME, wall: 200, sampleCount: 1, samplesTaken: 4 },
    ])
  })

  test('the segments of a timeline add up to the recording, and no part exceeds its segment', () => {
    fc.assert(
      fc.property(anyRecording, recorded => {
        const segments = timeline(recorded)
        const times = segmentTimes(recorded, segments)
        const [whole = NO_TIME] = segmentTimes(recorded, windows(0, recorded.header.wallMicros))
        const { squaredGaps: _, lateness: __, ...summed } = sum(times)
        expect(whole).toMatchObject(summed)
        expect(whole.samplesTaken).toBe(recorded.samples.time.length)
        for (const { wall, idle, gc, blocked } of times) {
          expect(idle + gc + blocked).toBeLessThanOrEqual(wall)
          expect(Math.min(idle, gc, blocked)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

describe('sum', () => {
  test('adds up every column', () => {
    const times = {
      ...{ wall: 1, idle: 2, gc: 3, blocked: 4, sampleCount: 5, samplesTaken: 8 },
      ...{ squaredGaps: 6, lateness: -7 },
    }
    expect(sum([times, times])).toEqual({
      wall: 2,
      idle: 4,
      gc: 6,
      blocked: 8,
      sampleCount: 10,
      samplesTaken: 16,
      squaredGaps: 12,
      lateness: -14,
    })
    expect(sum([])).toEqual(NO_TIME)
  })
})

describe('the thread’s own clock', () => {
  const clock = { time: [0, 400, 1000], cpu: [0, 300, 310] }
  const clocked = resolvedFromText('0  400\nA  idle', { clock, header: { wallMicros: 1000 } })

  test('tells for how long the thread ran in each window', () => {
    expect(segmentTimes(clocked, windows(0, 400, 1000)).map(({ thread }) => thread)).toEqual([300, 10])
  })

  test('is unknown where Node has none, and for a sum of which a part is', () => {
    const [known = NO_TIME] = segmentTimes(clocked, windows(0, 400))
    const [unknown = NO_TIME] = segmentTimes({ ...clocked, clock: null }, windows(0, 400))
    expect([known.thread, unknown.thread]).toEqual([300, undefined])
    expect([sum([known, known]).thread, sum([known, unknown]).thread]).toEqual([600, undefined])
  })
})

describe('uncertainty', () => {
  const times = { ...NO_TIME, wall: 1_000_000, sampleCount: 1 }

  test('grows with the interval, and with the root of the number of changes', () => {
    expect(uncertainty(times, 1000)).toBeCloseTo(1.96 * 500, 6)
    expect(uncertainty({ ...times, squaredGaps: 9e6 }, 1000)).toBeCloseTo(2 * uncertainty(times, 1000), 6)
    expect(uncertainty(times, 3000)).toBeCloseTo(3 * uncertainty(times, 1000), 6)
  })

  test('holds all of a change that a sampler which stood still for long saw late', () => {
    const paused = resolvedFromText('0  1000  2000  32000\nA  A     A     idle', {
      header: { wallMicros: 50_000 },
    })
    const [own = NO_TIME] = segmentTimes(paused, windows(0, 50_000))
    expect(uncertainty(own, 1000)).toBeGreaterThan(30_000)
  })

  test('is less where changes are seen late in both directions', () => {
    const both = { ...times, squaredGaps: 2e6, lateness: 0 }
    const one = { ...times, squaredGaps: 2e6, lateness: -1000 }
    expect(uncertainty(one, 1000)).toBeCloseTo(uncertainty(both, 1000) + 1000, 6)
  })

  test('is never more than the time itself, and all of it where no sample was taken', () => {
    expect(uncertainty({ ...times, wall: 10 }, 1000)).toBe(10)
    expect(uncertainty({ ...times, sampleCount: 0 }, 1000)).toBe(1_000_000)
  })
})
