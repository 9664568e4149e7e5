import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { toSpeedscope } from '../../../src/formats/profiles/speedscope.js'
import { NO_CALLER, type Profile } from '../../../src/profile/profile.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../../src/recording/resolved-recording.js'
import { wholeWeight } from '../../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../../support/any-recording.js'
import { HOSTILE } from '../../support/drawn-reports.js'
import { drawnFrame, drawnScope, profileFromText } from '../../support/profile-from-text.js'
import { readSpeedscope } from '../../support/read-speedscope.js'
import { resolvedFromText } from '../../support/recording.js'
import { reportOf } from '../../support/run-record.js'

const NO_LIMITS = { runFrames: 1e9, fileFrames: 1e9, files: 1e9 }
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function profileOf(recordings: readonly ResolvedRecording[]): Profile {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  return builder.build()
}

function read(profile: Profile, limits = NO_LIMITS, recordings: readonly ResolvedRecording[] = []) {
  return readSpeedscope(toSpeedscope(profile, reportOf(recordings), limits))
}

const stacks = ({ samples }: { samples: { stack: string; weight: number }[] } = { samples: [] }) =>
  samples.map(({ stack, weight }) => `${stack} ${weight}`)

function recordingOf(
  path: string,
  text: string,
  given: { project?: string; startedAtMs?: number; wallMicros?: number } = {},
): ResolvedRecording {
  return resolvedFromText(text, { header: { testPath: `/project/${path}`, wallMicros: 4000, ...given } })
}

const CART = recordingOf(
  'cart.test.js',
  `
  0  1000  1500  2000  3000
  A  A     A     idle  A
     B     B           B
  `,
)
const API = recordingOf('api.test.js', '0  3000\nC  A', { project: 'unit', wallMicros: 3900 })

describe('The speedscope profile of the whole run', () => {
  test('is left-heavy: the heaviest stack comes first, and callees before their caller’s self time', () => {
    const profile = profileFromText(
      `
      t1  t1  t1  t2  t2  t2  t2  -
      A   A   B   B   B   C   A   idle
      D   D   E       F       D
      `,
      { weight: 10 },
    )
    expect(stacks(read(profile).profiles[0])).toEqual([
      ...['A > D 30', 'B > E 10', 'B > F 10', 'B 10', '(idle) 10', 'C 10'],
    ])
  })

  test('comes first, is active, and contains all sampled time', () => {
    const { file, profiles } = read(profileOf([CART, API]), NO_LIMITS, [CART, API])
    expect(file).toMatchObject({ activeProfileIndex: 0, exporter: 'jest-profiler' })
    expect(profiles.map(({ name, total }) => `${name}: ${total}`)).toEqual([
      'whole run, 2 test files: 7900',
      'cart.test.js: 4000',
      'unit: api.test.js: 3900',
    ])
    expect(file.profiles.map(({ unit }) => unit)).toEqual(['microseconds', 'microseconds', 'microseconds'])
  })

  test('is empty for an empty profile', () => {
    const { file, profiles } = read(new ProfileBuilder().build())
    expect(profiles).toEqual([{ name: 'whole run, 0 test files', total: 0, samples: [] }])
    expect(file.shared.frames).toEqual([])
  })

  test('merges its lightest stacks above the limit, and loses no time', () => {
    const profile = profileFromText(
      `
      -  -  -  -  -  -  -  -  -  -
      A  A  A  A  A  A  A  A  B  C
      D  D  D  D  D  E  F  G
      `,
    )
    const run = (runFrames: number) => stacks(read(profile, { ...NO_LIMITS, runFrames }).profiles[0])
    expect(run(10)).toEqual(['A > D 5', 'A > E 1', 'A > F 1', 'A > G 1', 'B 1', 'C 1'])
    expect(run(9)).toEqual(['A > D 5', 'A > (other) 3', '(other) 2'])
    expect(run(0)).toEqual(['(other) 10'])
  })
})

describe('The speedscope profile of a test file', () => {
  test('has samples in chronological order, and merges equal consecutive samples', () => {
    const [, cart] = read(profileOf([CART])).profiles
    expect(stacks(cart)).toEqual(['A 1000', 'A > B 1000', '(idle) 1000', 'A > B 1000'])
  })

  test('joins two recordings of one file, one after the other', () => {
    const again = recordingOf('cart.test.js', '0\nC', { startedAtMs: 1_600_000_000_000, wallMicros: 500 })
    const { profiles } = read(profileOf([CART, again]))
    expect(profiles).toHaveLength(2)
    expect(stacks(profiles[1]).slice(0, 2)).toEqual(['C 500', 'A 1000'])
  })

  test.each<[string, Partial<Profile>]>([
    ['was not stored', { sequences: [] }],
    ['covers more samples than are selected', { values: firstSamples(profileOf([CART]), 1) }],
  ])('is aggregated in the order of the whole run, and says so, if chronological order %s', (_why, given) => {
    const profile = { ...profileOf([CART]), ...given }
    const { profiles } = read(profile)
    expect(profiles[1]?.name).toBe('cart.test.js (aggregated)')
    expect(stacks(profiles[1])).toEqual(stacks(profiles[0]))
  })

  test('is omitted if the file took no time', () => {
    expect(read(profileOf([recordingOf('empty.test.js', '0\nA', { wallMicros: 0 })])).profiles).toHaveLength(
      1,
    )
  })

  test('is aggregated above the limit for chronological order, and omitted above the total limit', () => {
    const both = profileOf([CART, API])
    const names = (bounds: Partial<typeof NO_LIMITS>) =>
      read(both, { ...NO_LIMITS, ...bounds }).profiles.map(({ name }) => name)
    expect(names({ fileFrames: 8 })).toEqual(['whole run, 2 test files', 'cart.test.js', 'api.test.js'])
    const leftOut = 'whole run, 2 test files; 1 file omitted (size limit)'
    expect(names({ fileFrames: 5 })).toEqual([leftOut, 'cart.test.js (aggregated)'])
    expect(names({ fileFrames: 3 })).toEqual([leftOut, 'api.test.js'])
    expect(names({ files: 1 })).toEqual([leftOut, 'cart.test.js'])
  })
})

describe('Speedscope frames', () => {
  test('have 1-based positions, and paths relative to rootDir if they are below it', () => {
    const builder = new ProfileBuilder()
    const scope = builder.scope(drawnScope('-'))
    const frames = [
      { ...drawnFrame('A'), file: '/project/src/a b.ts', line: 7, column: 3 },
      { ...drawnFrame('B'), file: '/elsewhere/b.ts', line: 0, column: 0 },
      { ...drawnFrame('gc'), name: HOSTILE },
    ]
    frames.forEach((frame, index) => {
      const sample = { start: 0, weight: 10 - index, count: 1 }
      builder.addSamples(builder.stack(builder.frame(frame), NO_CALLER), scope, sample)
    })
    expect(read(builder.build()).file.shared.frames).toEqual([
      { name: 'A', file: 'src/a b.ts', line: 7, col: 3 },
      { name: 'B', file: '/elsewhere/b.ts' },
      { name: HOSTILE },
    ])
  })

  test('are the same text for any order of recordings, and contain all time', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, fc.integer({ min: 1, max: 60 }), ([one, other], room) => {
        const profile = profileOf(one)
        const bounds = { runFrames: room, fileFrames: room, files: 3 }
        const text = toSpeedscope(profile, reportOf(one), bounds)
        expect(toSpeedscope(profileOf(other), reportOf(other), bounds)).toBe(text)
        expect(readSpeedscope(text).profiles[0]?.total).toBe(wholeWeight(profile))
        const [run, ...files] = read(profile).profiles
        expect(sum(files.map(({ total }) => total))).toBe(run?.total)
        expect(files.filter(({ name }) => name.includes('merged'))).toEqual([])
      }),
    )
  })
})

function firstSamples({ values }: Profile, count: number): Profile['values'] {
  return values.map(({ type, stack, scope, weight, count: counts }) => ({
    type,
    stack: [...stack].slice(0, count),
    scope: [...scope].slice(0, count),
    weight: [...weight].slice(0, count),
    count: [...counts].slice(0, count),
  }))
}
