import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { idleUntil, sampledPieces } from '../../src/attribution/sampled-pieces.js'
import { NO_TIME, segmentTimes } from '../../src/attribution/segment-times.js'
import type { ThreadClock } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'

const recordingOf = (text: string, clock: ThreadClock | null, wallMicros = 1000) =>
  resolvedFromText(text, { clock, header: { wallMicros, samplingIntervalMicros: 100 } })

/** `start state ran` for each piece that is not empty. */
function shown(text: string, clock: ThreadClock | null, wallMicros = 1000): string[] {
  const { start, state, ran } = sampledPieces(recordingOf(text, clock, wallMicros))
  return start.flatMap((from, piece) =>
    (start[piece + 1] ?? wallMicros) > from ? [`${from} ${state[piece]} ${ran[piece]}`] : [],
  )
}

describe('sampledPieces', () => {
  const clock = { step: 0, time: [0, 200, 900], cpu: [0, 100, 150] }

  test('start at samples and clock readings, each with the sample that covers it', () => {
    expect(sampledPieces(recordingOf('100  300\nA    idle', clock))).toMatchObject({
      start: [0, 0, 100, 200, 300, 900],
      sample: [-1, -1, 0, 0, 1, 1],
      state: ['busy', 'busy', 'busy', 'busy', 'idle', 'idle'],
      // The thread ran for 100 of the first 200 µs, and then for 50 of the next 100 busy ones.
      ran: [1, 0.5, 0.5, 0.5, 0, 0],
      step: 0,
    })
  })

  test('follow the samples alone when the thread has no clock, or only one reading of it', () => {
    const text = '100  300   400  600\nA    idle  gc   A\n                readSync[node:fs]'
    const seen = ['0 busy 1', '100 busy 1', '300 idle 0', '400 gc 1', '600 blocked 0']
    expect(shown(text, null)).toEqual(seen)
    expect(sampledPieces(recordingOf(text, null)).step).toBeUndefined()
    const once = sampledPieces(recordingOf(text, { step: 0, time: [500], cpu: [100] }))
    expect([once.step, once.ran]).toEqual([undefined, [1, 1, 0, 1, 0]])
  })

  test('are busy in a recording without samples', () => {
    const empty = { ...recordingOf('0\nA', null), samples: { node: [], time: [] } }
    expect(sampledPieces(empty)).toMatchObject({ start: [0], sample: [-1], state: ['busy'], ran: [1] })
  })

  test('cover the recording in chronological order, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { start, sample, state, ran, step } = sampledPieces(recording)
        const { samples, header, clock: own } = recording
        expect(start[0]).toBe(0)
        expect([...start]).toEqual([...start].toSorted((a, b) => a - b))
        expect(start.at(-1)).toBeLessThanOrEqual(header.wallMicros)
        expect([...new Set(sample)]).toEqual([-1, ...samples.time.keys()])
        start.forEach((from, piece) => {
          const seenBy = sample[piece] ?? Number.NaN
          expect(samples.time[seenBy] ?? 0).toBeLessThanOrEqual(from)
          expect(samples.time[seenBy + 1] ?? header.wallMicros).toBeGreaterThanOrEqual(from)
          if (seenBy < 0) expect(state[piece]).toBe('busy')
          expect(ran[piece]).toBeGreaterThanOrEqual(-1e-9)
          expect(ran[piece]).toBeLessThanOrEqual(1 + 1e-9)
        })
        expect(step === undefined).toBe((own?.time.length ?? 0) < 2)
        if (own !== null && step !== undefined) expect(step).toBeGreaterThanOrEqual(own.step)
      }),
    )
  })
})

describe('sampledPieces: time on the CPU between two clock readings', () => {
  test('is zero where the clock stands still, even if code was sampled', () => {
    expect(shown('0  500\nA  gc', { step: 0, time: [0, 1000], cpu: [70, 70] })).toEqual([
      '0 busy 0',
      '500 gc 0',
    ])
  })

  test('is distributed evenly over code and garbage collections when the clock shows less than was sampled', () => {
    expect(shown('0  300  400\nA  gc   idle', { step: 0, time: [0, 1000], cpu: [0, 100] })).toEqual([
      ...['0 busy 0.25', '300 gc 0.25', '400 idle 0'],
    ])
  })

  test('extends into idle time when the clock shows more than was sampled', () => {
    expect(shown('0  400\nA  idle', { step: 0, time: [0, 1000], cpu: [0, 700] })).toEqual([
      ...['0 busy 1', '400 idle 0.5'],
    ])
  })

  test('extends into blocking calls only when it exceeds all idle time as well', () => {
    const text = '0  200   500\nA  idle  A\n         readSync[node:fs]'
    expect(shown(text, { step: 0, time: [0, 1000], cpu: [0, 350] })).toEqual([
      ...['0 busy 1', '200 idle 0.5', '500 blocked 0'],
    ])
    expect(shown(text, { step: 0, time: [0, 1000], cpu: [0, 700] })).toEqual([
      ...['0 busy 1', '200 idle 1', '500 blocked 0.4'],
    ])
  })

  test('is all sampled time when the clock differs by less than one step', () => {
    const clock = { step: 4000, time: [0, 3000, 6000, 10_000], cpu: [0, 0, 4000, 8000] }
    expect(shown('0  5000\nA  B', clock, 10_000)).toEqual([
      ...['0 busy 1', '3000 busy 1', '5000 busy 1', '6000 busy 1'],
    ])
  })

  test('is the sampled time before the first and after the last reading', () => {
    const text = '0  400   800\nA  idle  A'
    expect(shown(text, { step: 0, time: [200, 600], cpu: [0, 100] })).toEqual([
      ...['0 busy 1', '200 busy 0.5', '400 idle 0', '600 idle 0', '800 busy 1'],
    ])
  })

  test('is at most what lies within the recording', () => {
    expect(shown('0\nA', { step: 0, time: [0, 2000], cpu: [0, 500] })).toEqual(['0 busy 0.5'])
  })
})

describe('idleUntil', () => {
  test('gives the idle time before a timestamp, without CPU time in it', () => {
    const idleBy = idleUntil(recordingOf('0  400\nA  idle', { step: 0, time: [0, 1000], cpu: [0, 700] }))
    expect([0, 400, 700, 1000].map(idleBy)).toEqual([0, 0, 150, 300])
  })

  test('gives the sampled idle time when there is no clock, for timestamps in any order', () => {
    const idleBy = idleUntil(recordingOf('100   300  600\nidle  A    idle', null))
    expect([1000, 0, 700, 450, 300, 200].map(idleBy)).toEqual([600, 0, 300, 200, 200, 100])
  })

  test('never decreases, and ends at the total idle time', () => {
    fc.assert(
      fc.property(anyRecording, fc.array(fc.nat(200_000)), (recording, drawn) => {
        const { wallMicros } = recording.header
        const idleBy = idleUntil(recording)
        const moments = [0, ...drawn.map(moment => moment % (wallMicros + 1)), wallMicros]
        const found = moments.toSorted((a, b) => a - b).map(idleBy)
        expect(found).toEqual(found.toSorted((a, b) => a - b))
        const [whole = NO_TIME] = segmentTimes(recording, [{ start: 0, end: wallMicros }])
        expect(found[0]).toBe(0)
        expect(Math.abs((found.at(-1) ?? Number.NaN) - whole.idle)).toBeLessThanOrEqual(0.5 + 1e-6)
      }),
    )
  })
})
