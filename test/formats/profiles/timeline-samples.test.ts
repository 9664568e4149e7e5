import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { type FileSpan, shortestOf } from '../../../src/formats/profiles/run-timeline.js'
import { samplingStep, timelineSamples, waitsIn } from '../../../src/formats/profiles/timeline-samples.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../../src/recording/resolved-recording.js'
import { anyRecording } from '../../support/any-recording.js'
import { resolvedFromText } from '../../support/recording.js'

function built(recording: ResolvedRecording) {
  const builder = new ProfileBuilder()
  foldRecording(builder, recording)
  const profile = builder.build()
  const [sequence] = profile.sequences
  const span = { start: 50, end: 50 + recording.header.wallMicros }
  const file: FileSpan = {
    ...span,
    path: 'a.test.js',
    report: undefined,
    sequence,
    phases: [],
    tests: [],
    hooks: [],
  }
  return { profile, file }
}

const drawn = resolvedFromText('100  130  200  700\nA    B    A    B', { header: { wallMicros: 1000 } })

describe('timelineSamples', () => {
  test('returns samples as recorded without a step', () => {
    const { file } = built(drawn)
    expect(timelineSamples(file, 0)).toMatchObject({
      start: [50, 150, 180, 250, 750],
      length: [100, 30, 70, 500, 300],
    })
  })

  test('returns what ran at each point of a grid', () => {
    const { file, profile } = built(drawn)
    const { stack, start, length } = timelineSamples(file, 250)
    expect(stack.map(leaf => profile.frames[profile.stacks.frame[leaf] ?? -1]?.name)).toEqual([
      '(not sampled)',
      'A',
      'A',
      'B',
    ])
    expect([start, length]).toEqual([
      [50, 300, 550, 800],
      [250, 250, 250, 250],
    ])
  })

  test('returns no samples for a file without a sequence', () => {
    const { file } = built(drawn)
    expect(timelineSamples({ ...file, sequence: undefined }, 0)).toEqual({ stack: [], start: [], length: [] })
  })

  test('keeps the total duration on a grid for any recording', () => {
    fc.assert(
      fc.property(anyRecording, fc.integer({ min: 1, max: 5000 }), (recording, step) => {
        const { file } = built(recording)
        const lengthOf = (samples: { length: readonly number[] }) =>
          samples.length.reduce((sum, length) => sum + length, 0)
        const onGrid = timelineSamples(file, step)
        expect(lengthOf(onGrid)).toBe(lengthOf(timelineSamples(file, 0)))
        expect(onGrid.length.slice(0, -1).every(length => length === step)).toBe(true)
      }),
    )
  })
})

describe('samplingStep', () => {
  test('is 0 below the limit of samples', () => {
    expect(samplingStep(built(drawn).profile.sequences, 5)).toBe(0)
  })

  test('is the shortest step that keeps the number of samples within the limit', () => {
    const { profile, file } = built(drawn)
    const step = samplingStep(profile.sequences, 3)
    expect(step).toBe(334)
    expect(timelineSamples(file, step).stack).toHaveLength(3)
  })
})

describe('waitsIn', () => {
  const { profile, file } = built(resolvedFromText('0  100   250   400  500\nA  idle  idle  A    idle'))
  const waits = (shortest: number) =>
    waitsIn([timelineSamples(file, 0)], profile, shortest).map(({ start, end }) => [start, end])

  test('joins consecutive idle samples', () => {
    expect(waits(0)).toEqual([
      [150, 450],
      [550, 10_050],
    ])
  })

  test('omits waits below the minimum duration', () => {
    expect(waits(1000)).toEqual([[550, 10_050]])
  })
})

describe('shortestOf', () => {
  test('is 0 if all waits fit the limit', () => {
    expect(shortestOf([3, 1, 2], 3)).toBe(0)
  })

  test('is the shortest duration that fits the limit', () => {
    expect(shortestOf([3, 1, 2], 2)).toBe(2)
  })
})
