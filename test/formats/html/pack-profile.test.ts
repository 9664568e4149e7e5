import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { timeOfTests } from '../../../src/attribution/time-selection.js'
import { lighterProfile } from '../../../src/formats/html/lighter-profile.js'
import { packProfile } from '../../../src/formats/html/pack-profile.js'
import { SMALLER_CALLS } from '../../../src/formats/smaller-calls.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import { anyRecordingsInTwoOrders } from '../../support/any-recording.js'
import { violationsOf } from '../../support/check-profile.js'
import { drawnRun } from '../../support/drawn-run.js'
import { profileFromText } from '../../support/profile-from-text.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { reportOf } from '../../support/run-record.js'

const total = (weights: readonly number[]) => weights.reduce((sum, weight) => sum + weight, 0)

describe('lighterProfile', () => {
  test('leaves a profile that is small enough as it is', () => {
    const profile = profileFromText('t1\nA')
    expect(lighterProfile(profile, { mostStacks: 1, mostRows: 1e9 })).toEqual({ profile, lightest: 0 })
  })

  test('folds the lightest calls below their callers', () => {
    const profile = profileFromText(`
      t1  t1  t1  t1  t1  t1
      A   A   A   A   A   A
      B   B   B   C   D
      E   E   F
    `)
    const { profile: lighter, lightest } = lighterProfile(profile, { mostStacks: 4, mostRows: 1e9 })
    expect(lightest).toBe(1)
    const names = [...lighter.samples.stack].map(stack => {
      const frame = lighter.frames[lighter.stacks.frame[stack] ?? -1]
      return frame?.name
    })
    expect(names).toContain(SMALLER_CALLS.name)
    expect(names).not.toContain('C')
    expect(total([...lighter.samples.weight])).toBe(6)
  })

  test('has no more rows than were asked for, as long as there are enough for each scope to have one', () => {
    const columns = Array.from({ length: 60 }, (_, column) => `t${column % 3}`.padEnd(5)).join('')
    const leaves = Array.from({ length: 60 }, (_, column) => `f${column}`.padEnd(5)).join('')
    const profile = profileFromText(`\n${columns}\n${leaves}\n`)
    expect(profile.samples.stack).toHaveLength(60)
    const { profile: lighter } = lighterProfile(profile, { mostStacks: 1000, mostRows: 20 })
    expect(lighter.samples.stack.length).toBeLessThanOrEqual(20)
    expect(total([...lighter.samples.weight])).toBe(60)
    expect(violationsOf(lighter)).toEqual([])
  })

  test('keeps every total, and stays sound, whatever is recorded and however small it has to be', () => {
    const most = fc.integer({ min: 1, max: 20 })
    fc.assert(
      fc.property(
        anyRecordingsInTwoOrders,
        most,
        fc.oneof(most, fc.constant(1e9)),
        ([recordings], ...bounds) => {
          const [mostStacks, mostRows] = bounds
          const { profile } = drawnRun(recordings)
          const { profile: lighter } = lighterProfile(profile, { mostStacks, mostRows })
          expect(violationsOf(lighter)).toEqual([])
          expect(total([...lighter.samples.weight])).toBe(total([...profile.samples.weight]))
          expect(lighter.sequences.map(({ stack }) => stack.length)).toEqual(
            profile.sequences.map(({ stack }) => stack.length),
          )
          for (const { stack } of lighter.sequences)
            expect([...stack].filter(index => index >= lighter.stacks.frame.length)).toEqual([])
        },
      ),
      { numRuns: 100 },
    )
  })
})

describe('packProfile', () => {
  const long = resolvedFromText('0  10\nA  B', {
    header: { testPath: '/project/long.test.js', wallMicros: 90 },
  })
  const short = resolvedFromText('0\nA', { header: { testPath: '/project/short.test.js', wallMicros: 10 } })

  test('paths are relative, callers a distance, scopes name the report’s files', () => {
    const { profile, report } = drawnRun([long, short])
    const packed = packProfile(profile, report, { sources: {} })
    expect(packed.frames.file.map(index => packed.texts[index]).filter(Boolean)).toEqual([
      'src/A.js',
      'src/B.js',
    ])
    expect(packed.scopes.file.map(index => report.files[index]?.path)).toEqual([
      'long.test.js',
      'short.test.js',
    ])
    expect(packed.sequences.map(({ length }) => length)).toEqual([[10, 80], [10]])
    expect(packed.cuts).toEqual([])
  })

  test('of one test the page has its samples and its code, and one gap for all that lies between', () => {
    const recording = resolvedFromText('0  10  20  30  40  50\nA  B   C   D   C   E', {
      tests: [
        span({ index: 0, start: 20, end: 30 }),
        span({ index: 0, start: 40, end: 50, attempt: 2 }),
        span({ index: 1, start: 50, end: 60 }),
      ],
      header: { wallMicros: 90 },
    })
    const builder = new ProfileBuilder()
    foldRecording(builder, recording, timeOfTests(recording, new Set([0])))
    const { frames, texts, sequences, stacks } = packProfile(builder.build(), reportOf([recording]), {
      sources: {},
    })
    expect(frames.name.map(name => texts[name])).toEqual(['C'])
    expect([...stacks.frame]).toEqual([0])
    expect(sequences).toMatchObject([{ first: 0, stack: [-1, 0, -1, 0, -1], length: [20, 10, 10, 10, 40] }])
  })

  test('the order of the longest files is kept when there is no room for all, and the page says so', () => {
    const { profile, report } = drawnRun([short, long])
    const packed = packProfile(profile, report, { sources: {}, mostOrderedSamples: 2 })
    expect(packed.sequences.map(({ file }) => report.files[file]?.path)).toEqual(['long.test.js'])
    expect(packed.cuts).toEqual([expect.stringContaining('1 test file is left out')])
    const cut = { ...profile, sequences: profile.sequences.slice(1) }
    expect(packProfile(cut, report, { sources: {} }).cuts).toEqual(packed.cuts)
  })

  test('folded calls are said', () => {
    const { profile, report } = drawnRun([long, short])
    const packed = packProfile(profile, report, { sources: {}, mostStacks: 1 })
    expect(packed.cuts).toEqual([expect.stringContaining('“(smaller calls)”')])
  })

  test('lines are those of embedded sources only', () => {
    const recording = resolvedFromText('0\nA', {
      header: { wallMicros: 1000 },
      ticks: { node: [1], line: [3], count: [1] },
    })
    const { profile, report } = drawnRun([recording])
    expect(packProfile(profile, report, { sources: {} }).lines.line).toEqual([])
    expect(packProfile(profile, report, { sources: { 'src/A.js': '' } }).lines.line).toEqual([3])
  })
})
