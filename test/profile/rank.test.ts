import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import type { Frame, Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { rankBy } from '../../src/profile/rank.js'
import { allSamples } from '../support/all-samples.js'
import { anyRecording } from '../support/any-recording.js'
import { profileFromText } from '../support/profile-from-text.js'

function ranked(profile: Profile, keyOf: (frame: Frame) => string | undefined): string[] {
  return rankBy(profile, keyOf)
    .toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
    .map(({ key, self, total, count }) => `${key} ${self} ${total} ${count}`)
}

const byName = ({ name }: Frame) => name
const byPackage = ({ package: name }: Frame) => name

describe('rankBy', () => {
  test('self time belongs to the innermost frame, and total time to all frames on the stack', () => {
    const profile = profileFromText(
      `
      t1  t1  t2  t2
      A   A   A   A
      B   B   A
      C   D
    `,
      { weight: 10 },
    )
    expect(ranked(profile, byName)).toEqual(['A 20 40 2', 'B 0 20 0', 'C 10 10 1', 'D 10 10 1'])
  })

  test('recursion counts once, also through another function', () => {
    const profile = profileFromText(`
      t1  t1  t1
      A   A   A
      B   B   A
      A   A   A
          B
    `)
    expect(ranked(profile, byName)).toEqual(['A 2 3 2', 'B 1 2 1'])
  })

  test('a package that is on a stack several times counts once per sample', () => {
    const profile = profileFromText(`
      t1              t1              t1
      A               L[dependency:l] K[dependency:k]
      L[dependency:l] M[dependency:l] A
      A               K[dependency:k]
      M[dependency:l]
    `)
    expect(ranked(profile, byPackage)).toEqual(['k 1 2 1', 'l 1 2 1'])
  })

  test('frames without a key are skipped, and their callers still get the time', () => {
    const profile = profileFromText(`
      t1
      A
      L[dependency:l]
      B
    `)
    expect(ranked(profile, byPackage)).toEqual(['l 0 1 0'])
  })

  test('idle time belongs to no key, and a garbage collection adds to the total time of the interrupted function', () => {
    const profile = profileFromText(`
      t1    t1
      A     idle
      gc
    `)
    expect(ranked(profile, byName)).toEqual(['(garbage collector) 1 1 1', 'A 0 1 0'])
  })

  test('total time is at least self time, and self times add up to all busy time, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const builder = new ProfileBuilder()
        foldRecording(builder, recording)
        const profile = builder.build()
        const entries = rankBy(profile, byName)
        for (const { self, total } of entries) expect(total).toBeGreaterThanOrEqual(self)
        const samples = allSamples(profile)
        const busy = samples.stack.reduce((sum, stack, row) => {
          const frame = profile.frames[profile.stacks.frame[stack] ?? -1]
          return sum + (frame?.category === 'idle' ? 0 : (samples.weight[row] ?? 0))
        }, 0)
        expect(entries.reduce((sum, { self }) => sum + self, 0)).toBe(busy)
      }),
    )
  })
})
