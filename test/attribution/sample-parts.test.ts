import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sampleParts } from '../../src/attribution/sample-parts.js'
import { sampleTimes } from '../../src/attribution/sample-times.js'
import { NO_TIME, segmentTimes, type Times, timelineTimes } from '../../src/attribution/segment-times.js'
import { timeline, timeOfTests } from '../../src/attribution/timeline.js'
import { at } from '../../src/profile/columns.js'
import type { ThreadClock } from '../../src/recording/recording.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'

/** Parts at an interval of 1 ms. Tests run one after the other from 0 and end at `ends`; the recording ends with the last one. */
function partsOf(text: string, ends: readonly number[], clock: ThreadClock | null = null) {
  const tests = ends.map((end, index) => span({ index, start: ends[index - 1] ?? 0, end }))
  return sampleParts(resolvedFromText(text, { tests, clock, header: { wallMicros: ends.at(-1) ?? 0 } }))
}

const exact = (...readings: [time: number, cpu: number][]): ThreadClock => ({
  ...{ step: 0, time: readings.map(([time]) => time), cpu: readings.map(([, cpu]) => cpu) },
})

const NO_UNSEEN: unknown[] = []

describe('sampleParts of a test of many intervals', () => {
  // The second sample is the last one of the first test, and lasts until 1.25 ms after its end.
  const text = '0  4250  6250  10250\nA  B     C     D'

  test('the samples share the test’s CPU time in proportion to their durations', () => {
    expect(partsOf(text, [5000, 12_250])).toEqual({
      cpu: [3400, 1600, 4833, 2417],
      ready: [0, 0, 0, 0],
      blocked: [0, 0, 0, 0],
      isMostlyBlocked: [false, false, false, false],
      unseen: NO_UNSEEN,
    })
  })

  test('the samples share the time without a core in the same proportions', () => {
    expect(partsOf(text, [5000, 12_250], exact([0, 0], [5000, 4000], [12_250, 6900]))).toEqual({
      cpu: [2720, 1280, 1933, 967],
      ready: [680, 320, 2900, 1450],
      blocked: [0, 0, 0, 0],
      isMostlyBlocked: [false, false, false, false],
      unseen: NO_UNSEEN,
    })
  })

  test('idle samples get no share, and synchronous calls get their own time, of which the clock says how much was CPU time', () => {
    const mixed = '0  4000  6000\nA  idle  A\n         readSync[node:fs]'
    const parts = partsOf(mixed, [10_000], exact([0, 0], [10_000, 7000]))
    // The thread ran 3 ms longer than the busy samples show: 2 ms were sampled as idle, and 1 ms in the call.
    expect(parts).toMatchObject({ cpu: [6000, 0, 1000], ready: [0, 0, 0], blocked: [0, 0, 3000] })
  })

  test('a thread that stands still in Atomics.wait runs nothing, whatever the steps of its clock say', () => {
    const text = '0  4000\nA  A\n   B'
    const clock = exact([0, 0], [10_000, 5000])
    const tests = [span({ index: 0, start: 0, end: 10_000 })]
    const header = { wallMicros: 10_000 }
    const recording = resolvedFromText(text, { tests, clock, header, atomicsWaitNodes: [2] })
    expect(sampleParts(recording)).toMatchObject({ cpu: [5000, 0], blocked: [0, 5000] })
  })

  test('a compression that never waits gets all of its CPU time, and the code before it none of that', () => {
    const compressing = `
      0  1000                3000  5000
      A  A                   A     A
         writeSync[node:fs]        writeSync[node:fs]
    `
    const parts = partsOf(compressing, [10_000], exact([0, 0], [10_000, 10_000]))
    expect(parts).toMatchObject({ cpu: [1000, 2000, 2000, 5000], blocked: [0, 0, 0, 0] })
  })
})

describe('sampleParts of short tests', () => {
  test('short tests share their time among all their samples, whichever of them was sampled', () => {
    const ends = [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]
    const text = '0  2000  3500  5500\nA  B     C     D'
    expect(partsOf(text, ends, exact([0, 0], [4000, 1000], [8000, 4000]))).toEqual({
      cpu: [1000, 750, 1000, 1250],
      ready: [1000, 750, 1000, 1250],
      blocked: [0, 0, 0, 0],
      isMostlyBlocked: [false, false, false, false],
      unseen: NO_UNSEEN,
    })
  })

  test('short tests take no time from a long test', () => {
    const ends = [6000, ...Array.from({ length: 10 }, (_, index) => 6600 + 600 * index)]
    const parts = partsOf('0  6500\nA  B', ends, exact([0, 0], [6000, 6000], [12_000, 7500]))
    expect(parts).toMatchObject({ cpu: [6000, 1500], ready: [0, 4500], unseen: NO_UNSEEN })
  })

  test('a few short tests share with the shortest long test, which keeps every sample’s part large enough', () => {
    const parts = partsOf('0  7000  11500  13200\nA  B     C      D', [7000, 13_000, 13_500])
    expect(parts).toMatchObject({ cpu: [7000, 4500, 1700, 300], unseen: NO_UNSEEN })
    expect(partsOf('0  7000\nA  B', [7000, 13_000, 13_500]).cpu).toEqual([7000, 6500])
  })
})

describe('sampleParts of a garbage collection', () => {
  test('a collection keeps its own time, and code shares the rest', () => {
    const text = '0  4000  6500  8500\nA  gc    B     C'
    expect(partsOf(text, [8000, 14_000])).toMatchObject({ cpu: [3667, 2500, 1833, 6000] })
    expect(partsOf(text, [8000, 14_000], exact([0, 0], [8000, 4000], [14_000, 10_000]))).toMatchObject({
      // The thread had a core for half of the time before the first test's end.
      cpu: [1833, 1250, 917, 6000],
      ready: [1833, 1250, 917, 0],
    })
  })

  test('a collection that is longer than the available time gets a proportional share', () => {
    const parts = partsOf('0  500  5600\nA  gc   C', [5000, 12_000])
    expect(parts).toMatchObject({ cpu: [446, 4554, 7000], unseen: NO_UNSEEN })
  })

  test('a collection that is its test’s only sample gets all of the test’s time', () => {
    expect(partsOf('0   5500\ngc  A', [5000, 12_000])).toMatchObject({ cpu: [5000, 7000] })
  })
})

describe('sampleParts: unseen time', () => {
  test('is the time before the first sample', () => {
    expect(partsOf('9000\nA', [6000, 12_000], exact([0, 0], [12_000, 6000]))).toMatchObject({
      cpu: [1500],
      ready: [1500],
      unseen: [
        { segment: 0, start: 0, cpu: 3000, ready: 3000 },
        { segment: 1, start: 6000, cpu: 1500, ready: 1500 },
      ],
    })
  })

  test('is a long test in which the thread ran but every sample was idle', () => {
    const clock = exact([0, 0], [6000, 6000], [13_000, 12_000])
    expect(partsOf('0  6000\nA  idle', [6000, 13_000], clock)).toMatchObject({
      cpu: [6000, 0],
      unseen: [{ segment: 1, start: 6000, cpu: 6000, ready: 0 }],
    })
  })

  test('is all time of a recording without samples', () => {
    const recording = resolvedFromText('0\nA', { header: { wallMicros: 9000 } })
    const empty = { ...recording, samples: { node: [], time: [] } }
    expect(sampleParts(empty)).toEqual({
      ...{ cpu: [], ready: [], blocked: [], isMostlyBlocked: [] },
      unseen: [{ segment: 0, start: 0, cpu: 9000, ready: 0 }],
    })
  })
})

describe('sampleParts of selected tests', () => {
  const ofTest = (text: string, test: number, given: Parameters<typeof resolvedFromText>[1]) => {
    const recording = resolvedFromText(text, given)
    return sampleParts(recording, timeOfTests(recording, new Set([test])))
  }

  test('a selected test’s samples share its time, and other tests’ time is left out', () => {
    // Short tests; the only sample of the second one lasts for 3 ms.
    const tests = [0, 1, 2].map(index => span({ index, start: 1000 * index, end: 1000 * (index + 1) }))
    const given = { tests, header: { wallMicros: 4000 } }
    expect(ofTest('0  500  1000\nA  B    C', 1, given)).toEqual({
      ...{ cpu: [0, 0, 1000], ready: [0, 0, 0], blocked: [0, 0, 0], unseen: [] },
      isMostlyBlocked: [false, false, false],
    })
    expect(ofTest('0  500  1000\nA  B    C', 0, given)).toMatchObject({ cpu: [500, 500, 0] })
  })

  test('a selected test without samples has all its time as unseen', () => {
    const tests = [span({ index: 0, start: 0, end: 1000 }), span({ index: 1, start: 1000, end: 2000 })]
    const clock = exact([0, 0], [2000, 1000])
    expect(ofTest('0\nA', 1, { tests, clock, header: { wallMicros: 2000 } })).toEqual({
      ...{ cpu: [0], ready: [0], blocked: [0], isMostlyBlocked: [false] },
      unseen: [{ segment: 1, start: 1000, cpu: 500, ready: 500 }],
    })
  })

  test('a sample is of the same kind in each selection, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const selection = timeOfTests(
          recording,
          new Set(recording.tests.slice(0, 1).map(({ index }) => index)),
        )
        const whole = sampleParts(recording)
        expect(sampleParts(recording, selection).isMostlyBlocked).toEqual(whole.isMostlyBlocked)
        expect(whole.isMostlyBlocked).toEqual(
          whole.blocked.map((blocked, sample) => blocked > at(whole.cpu, sample)),
        )
      }),
    )
  })

  test('all parts add up to the time of the selected tests, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const selection = timeOfTests(
          recording,
          new Set(recording.tests.slice(0, 2).map(({ index }) => index)),
        )
        const { cpu, ready, unseen } = sampleParts(recording, selection)
        const segments = timeline(recording)
        const own = timelineTimes(recording).filter((_, segment) => selection.hasSegment(segments[segment]))
        const close = Math.max(2, 2 * own.length)
        const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
        const told = [...cpu, ...unseen.map(parts => parts.cpu)]
        expect(Math.abs(sum(told) - sum(own.map(times => times.cpu)))).toBeLessThanOrEqual(close)
        const lacked = [...ready, ...unseen.map(parts => parts.ready)]
        expect(Math.abs(sum(lacked) - sum(own.map(times => times.ready ?? 0)))).toBeLessThanOrEqual(close)
        expect([...told, ...lacked].filter(part => !Number.isInteger(part) || part < 0)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('sampleParts of any recording', () => {
  const total = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0)

  function expectClose(parts: readonly number[], time: number): void {
    expect(Math.abs(total(parts) - time)).toBeLessThanOrEqual(2)
    expect(parts.filter(part => !Number.isInteger(part) || part < 0)).toEqual([])
  }

  test('the parts of all samples and the unseen time add up to the file’s time', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { cpu, ready, blocked, unseen } = sampleParts(recording)
        const [whole = NO_TIME] = segmentTimes(recording, [{ start: 0, end: recording.header.wallMicros }])
        expectClose([...cpu, ...unseen.map(parts => parts.cpu)], whole.cpu)
        expectClose([...ready, ...unseen.map(parts => parts.ready)], whole.ready ?? 0)
        expectClose(blocked, whole.blocked)
      }),
      { numRuns: 300 },
    )
  })

  test('the parts of each long test, hook or phase add up to its own time', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { cpu, ready, unseen } = sampleParts(recording)
        const segments = timeline(recording)
        const moments = sampleTimes(recording)
        const alone = aloneIn(
          timelineTimes(recording),
          5 * (recording.header.samplingIntervalMicros ?? Number.NaN),
        )
        alone.forEach(({ cpu: ran, ready: lacked = 0 }, segment) => {
          const { start, end } = segments[segment] ?? { start: Number.NaN, end: Number.NaN }
          const isLast = segment === segments.length - 1
          const isOwn = (_: number, sample: number) => {
            const moment = moments[sample] ?? Number.NaN
            return moment >= start && (moment < end || isLast)
          }
          const own = unseen.filter(parts => parts.segment === segment)
          expectClose([...cpu.filter(isOwn), ...own.map(parts => parts.cpu)], ran)
          expectClose([...ready.filter(isOwn), ...own.map(parts => parts.ready)], lacked)
        })
      }),
      { numRuns: 300 },
    )
  })

  /** Times of the segments with at least `many` microseconds, by position, without the one that short segments are joined to. */
  function aloneIn(times: readonly Times[], many: number): Map<number, Times> {
    const busy = times.map(({ cpu, ready = 0 }) => cpu + ready)
    const long = [...times.entries()].filter(([segment]) => (busy[segment] ?? 0) >= many)
    if (total(busy.filter(micros => micros < many)) >= many) return new Map(long)
    const shortest = Math.min(...long.map(([segment]) => busy[segment] ?? 0))
    return new Map(long.filter(([segment]) => busy[segment] !== shortest))
  }
})
