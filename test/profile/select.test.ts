import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/import/fold-recording.js'
import type { Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { selectScopes } from '../../src/profile/select.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { profileFromText } from '../support/profile-from-text.js'
import { resolvedFromText } from '../support/recording.js'

const drawn = resolvedFromText('0\nA')
const timeOf = ({ samples }: Profile) => samples.weight.reduce((sum, weight) => sum + weight, 0)

describe('selectScopes', () => {
  test('keeps the samples of the wanted scopes and leaves frames and stacks as they are', () => {
    const profile = profileFromText(`
      t1  t2  t1
      A   A   B
    `)
    const copy = structuredClone(profile)
    const first = selectScopes(profile, ({ test: index }) => index === 1)
    expect(first.samples).toEqual({ stack: [0, 1], scope: [0, 0], weight: [1, 1], count: [1, 1] })
    expect(first.stacks).toBe(profile.stacks)
    expect(violationsOf(first)).toEqual([])
    expect(profile).toEqual(copy)
  })

  test('leaves out lines, which know no scope', () => {
    const builder = new ProfileBuilder()
    foldRecording(builder, {
      ...drawn,
      ticks: { node: [1], line: [3], count: [1] },
    })
    const profile = builder.build()
    expect(profile.lines.line).toEqual([3])
    expect(selectScopes(profile, () => true).lines).toEqual({ frame: [], line: [], weight: [] })
  })

  test('scopes add up to the whole', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const builder = new ProfileBuilder()
        for (const recording of recordings) foldRecording(builder, recording)
        const profile = builder.build()
        const parts = profile.scopes.map(scope => timeOf(selectScopes(profile, other => other === scope)))
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(timeOf(profile))
      }),
    )
  })
})
