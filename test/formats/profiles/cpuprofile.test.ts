import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { toColumns } from '../../../src/collect/call-tree-columns.js'
import { toFileCpuProfile, toRunCpuProfile } from '../../../src/formats/profiles/cpuprofile.js'
import { NO_CALLER, samplesOf, TIMES } from '../../../src/profile/profile.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import { wholeWeight } from '../../support/all-samples.js'
import { anyRecording } from '../../support/any-recording.js'
import { drawnFrame, drawnScope, profileFromText } from '../../support/profile-from-text.js'
import { readCpuProfile } from '../../support/read-cpuprofile.js'
import { resolvedFromText, span } from '../../support/recording.js'

const stacks = (text: string) => readCpuProfile(text).samples.map(({ stack, length }) => `${stack} ${length}`)
/** Microseconds. */
const STEP = 125
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('toRunCpuProfile', () => {
  test('writes the heaviest subtree first', () => {
    const profile = profileFromText(
      `
      t1  t1  t1  t2  t2  t2  t2
      A   A   B   B   B   C   A
      D   D   E       F       D
    `,
      { weight: 125 },
    )
    const read = stacks(toRunCpuProfile(profile))
    expect(read).toEqual(['A > D 375', 'B 125', 'B > E 125', 'B > F 125', 'C 125'])
  })

  // Chrome's bottom-up view multiplies hits by the mean length of a sample.
  test('writes samples of similar duration, so hit counts are proportional to time', () => {
    const profile = profileFromText('t1  t2  t2\nA   B   C', { weight: 1000 })
    const heavy = { ...samplesOf(profile, TIMES.cpu), weight: [90_000, 9500, 250], count: [4, 1, 1] }
    const { samples, profile: read } = readCpuProfile(toRunCpuProfile({ ...profile, values: [heavy] }))
    expect(samples.every(({ length }) => length >= 250 && length <= 1125)).toBe(true)
    expect(read.endTime).toBe(99_750)
    const hits = (name: string) => samples.filter(({ stack }) => stack === name).length
    expect([hits('A'), hits('B'), hits('C')]).toEqual([90, 10, 1])
  })

  test('merges the lightest stacks above the limit into one node below their caller', () => {
    const profile = profileFromText(
      `
      t1  t1  t1  t1  t1  t1  t1
      A   A   A   A   A   B   C
      D   D   D   E   F
    `,
      { weight: 1000 },
    )
    const read = stacks(toRunCpuProfile(profile, 3))
    expect(read.filter(sample => sample === 'A > D 1000')).toHaveLength(3)
    expect(read.filter(sample => sample === 'A > (other) 1000')).toHaveLength(2)
    expect(read.filter(sample => sample === '(other) 1000')).toHaveLength(2)
    expect(read).toHaveLength(7)
  })

  test('starts at 0 and lasts as long as all samples together', () => {
    const { profile } = readCpuProfile(
      toRunCpuProfile(profileFromText('t1  t2  -\nA   B   idle', { weight: 500 })),
    )
    expect([profile.startTime, profile.endTime]).toEqual([0, 1500])
  })

  test('omits stacks without time, such as those outside a selection', () => {
    const profile = profileFromText('t1  t2\nA   B')
    const { type, stack, scope, weight, count } = samplesOf(profile, TIMES.cpu)
    const samples = {
      type,
      stack: [...stack].slice(0, 1),
      scope: [...scope].slice(0, 1),
      weight: [...weight].slice(0, 1),
      count: [...count].slice(0, 1),
    }
    expect(readCpuProfile(toRunCpuProfile({ ...profile, values: [samples] })).profile.nodes).toHaveLength(2)
  })

  test('writes only the root node for an empty profile', () => {
    const { profile, samples } = readCpuProfile(toRunCpuProfile(new ProfileBuilder().build()))
    expect(samples).toEqual([])
    expect(profile).toMatchObject({
      startTime: 0,
      endTime: 0,
      nodes: [{ callFrame: { functionName: '(root)' } }],
    })
  })

  test('writes 0-based positions and file URLs', () => {
    const builder = new ProfileBuilder()
    const frame = { ...drawnFrame('A'), file: '/project/src/a b#1.ts', line: 7, column: 3 }
    const scope = builder.scope(drawnScope('-'))
    builder.addSamples(builder.stack(builder.frame(frame), NO_CALLER), scope, {
      start: 0,
      weight: 5,
      count: 1,
    })
    builder.addSamples(builder.stack(builder.frame(drawnFrame('fs[node]')), NO_CALLER), scope, {
      start: 0,
      weight: 4,
      count: 1,
    })
    builder.addSamples(builder.stack(builder.frame(drawnFrame('gc')), NO_CALLER), scope, {
      start: 0,
      weight: 3,
      count: 1,
    })
    expect(readCpuProfile(toRunCpuProfile(builder.build())).samples.map(({ where }) => where)).toEqual([
      'file:///project/src/a%20b%231.ts:6:2',
      'node:fs:0:0',
      ':-1:-1',
    ])
  })

  test('writes samples whose durations add up to the profile’s time', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const builder = new ProfileBuilder()
        foldRecording(builder, recording)
        const built = builder.build()
        const { profile, samples } = readCpuProfile(toRunCpuProfile(built))
        expect(sum(samples.map(({ length }) => length))).toBe(profile.endTime - profile.startTime)
        const rounded = sum(samples.map(({ length }) => length)) - wholeWeight(built)
        expect(Math.abs(rounded)).toBeLessThan(STEP)
      }),
    )
  })
})

describe('toFileCpuProfile', () => {
  const recording = resolvedFromText(
    `
    500  1000  2000  2500
    A    A     idle  A
         B           B
  `,
    {
      header: { wallMicros: 4000, startedAtMs: 1_700_000_000_000 },
      tests: [span({ index: 0, start: 875, end: 2625 })],
      ticks: { node: [2, 2], line: [3, 9], count: [1, 1] },
    },
  )

  test('writes samples in chronological order, each lasting until the next one', () => {
    expect(stacks(toFileCpuProfile(recording))).toEqual(['A 500', 'A > B 1000', '(idle) 500', 'A > B 1500'])
  })

  test('limits the samples of a part to its span', () => {
    expect(stacks(toFileCpuProfile(recording, { start: 875, end: 2625 }))).toEqual([
      'A > B 1000',
      '(idle) 500',
      'A > B 125',
    ])
  })

  test('starts at the start of the recording, or of the selected part', () => {
    expect(readCpuProfile(toFileCpuProfile(recording)).profile.startTime).toBe(1_700_000_000_000_000)
    const part = readCpuProfile(toFileCpuProfile(recording, { start: 875, end: 2625 }))
    expect(part.profile.startTime).toBe(1_700_000_000_000_875)
  })

  test('writes V8’s line ticks for a whole file, but not for a part, where they are unknown', () => {
    const ticksOf = (text: string) =>
      readCpuProfile(text).profile.nodes.flatMap(node => node.positionTicks ?? [])
    expect(ticksOf(toFileCpuProfile(recording))).toEqual([
      { line: 3, ticks: 1 },
      { line: 9, ticks: 1 },
    ])
    expect(ticksOf(toFileCpuProfile(recording, { start: 875, end: 2625 }))).toEqual([])
  })

  // Chrome takes one of two consecutive calls for a callee of the other if a timestamp is not exact in floating-point milliseconds.
  test('rounds timestamps to eighths of a millisecond if the sampling interval allows it', () => {
    const drawn = resolvedFromText('130  1190  2210\nA    B     A', {
      header: { wallMicros: 3330, startedAtMs: 1_700_000_000_000.5625 },
    })
    const momentsOf = (samplingIntervalMicros: number) => {
      const text = toFileCpuProfile({ ...drawn, header: { ...drawn.header, samplingIntervalMicros } })
      const { startTime, endTime, timeDeltas } = readCpuProfile(text).profile
      const sampled = timeDeltas.map((_, sample) => startTime + sum(timeDeltas.slice(0, sample + 1)))
      return [startTime, ...sampled, endTime].map(moment => moment - 1_700_000_000_000_000)
    }
    expect(momentsOf(1000)).toEqual([625, 750, 1750, 2750, 3875])
    expect(momentsOf(500)).toEqual([563, 693, 1753, 2773, 3893])
  })

  test('reads back unchanged for any recording', () => {
    fc.assert(
      fc.property(anyRecording, given => {
        const drawn = { ...given, header: { ...given.header, samplingIntervalMicros: 500 } }
        const text = toFileCpuProfile(drawn)
        const { profile, samples } = readCpuProfile(text)
        const { time } = drawn.samples
        const lengths = time.map((moment, sample) =>
          Math.max(0, (time[sample + 1] ?? drawn.header.wallMicros) - moment),
        )
        expect(samples.map(({ length }) => length)).toEqual(lengths)
        const [first = 0] = profile.timeDeltas
        expect(sum(lengths)).toBe(profile.endTime - profile.startTime - first)
        const columns = toColumns(profile, profile.startTime, profile.endTime)
        const namesOf = (nodes: readonly number[], nameOf: (node: number) => string | undefined) =>
          nodes.map(nameOf)
        expect(
          namesOf(columns.samples.node, node => columns.functions.name[columns.nodes.function[node] ?? -1]),
        ).toEqual(namesOf(drawn.samples.node, node => drawn.frames[drawn.nodes.frame[node] ?? -1]?.name))
      }),
    )
  })
})
