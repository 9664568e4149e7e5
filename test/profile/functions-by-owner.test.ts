import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import type { FunctionAmounts } from '../../src/profile/functions.js'
import {
  countOwners,
  functionsByOwner,
  type OwnerAmount,
  ownersOfFunctions,
} from '../../src/profile/functions-by-owner.js'
import type { FrameIndex, Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { rankBy } from '../../src/profile/rank.js'
import type { OwnerOf } from '../../src/profile/rows-by-owner.js'
import { anyRecording } from '../support/any-recording.js'
import { profileFromText } from '../support/profile-from-text.js'

const byTest: OwnerOf = ({ test: index }) => (index === undefined ? undefined : `t${index}`)

function shown({ frames }: Profile, { frame, self, total, count }: FunctionAmounts): string {
  return `${frames[frame]?.name} ${self} ${total} ${count}`
}

function frameNamed({ frames }: Profile, name: string): FrameIndex {
  return frames.findIndex(frame => frame.name === name) as FrameIndex
}

describe('functionsByOwner', () => {
  const profile = profileFromText(`
    t1  t1  t1  t2  t2    t2  -   t3
    A   A   A   A   idle  B   C   program
    B   B   A   A         gc
  `)
  const top = (most: number) =>
    Object.fromEntries(
      [...functionsByOwner(profile, byTest, { most })].map(([owner, entries]) => [
        owner,
        entries.map(entry => shown(profile, entry)),
      ]),
    )

  test('ranks each owner’s functions by self time, and counts recursion once', () => {
    expect(top(9)).toEqual({ t1: ['B 2 2 2', 'A 1 3 1'], t2: ['A 1 1 1'], t3: [] })
  })

  test('returns at most the requested number of functions for each owner', () => {
    expect(top(1)).toEqual({ t1: ['B 2 2 2'], t2: ['A 1 1 1'], t3: [] })
  })

  test('scales the times of an owner to its CPU time, when that is known', () => {
    const cpuOf = (owner: string) => ({ t1: 1.5, t3: 9 })[owner]
    const scaled = [...functionsByOwner(profile, byTest, { most: 9, cpuOf })]
    expect(scaled.map(([owner, entries]) => [owner, entries.map(entry => shown(profile, entry))])).toEqual([
      ['t1', ['B 1 1 2', 'A 0.5 1.5 1']],
      ['t2', ['A 1 1 1']],
      ['t3', []],
    ])
  })

  test('orders equal times by file, regardless of sample order', () => {
    const drawn = profileFromText(`
      t1  t1  t1
      C   A   B
    `)
    const [entries = []] = functionsByOwner(drawn, byTest, { most: 3 }).values()
    expect(entries.map(entry => shown(drawn, entry))).toEqual(['A 1 1 1', 'B 1 1 1', 'C 1 1 1'])
  })
})

function ownersOf(profile: Profile, ownerOf: OwnerOf, functions: FrameIndex[], most = 9) {
  const options = { functions: new Set(functions), most, textOf: (owner: string) => owner }
  const counts = countOwners(profile, ownerOf, options.functions)
  return [...ownersOfFunctions(profile, ownerOf, options)].map(([frame, costliest]) => ({
    count: counts.get(frame),
    costliest: costliest.map(({ owner, self, total }) => `${owner} ${self} ${total}`),
  }))
}

describe('ownersOfFunctions and countOwners', () => {
  test('gives the times of every owner whose stacks contain the function', () => {
    const profile = profileFromText(`
      t1  t1  t2  t2  t3  -
      A   A   A   B   B   A
      B   A   B   A
    `)
    const a = frameNamed(profile, 'A')
    expect(ownersOf(profile, byTest, [a])).toEqual([{ count: 2, costliest: ['t1 1 2', 't2 1 2'] }])
    expect(ownersOf(profile, byTest, [a], 1)).toEqual([{ count: 2, costliest: ['t1 1 2'] }])
  })

  test('ranks owners by total time, and equal ones by their text', () => {
    const profile = profileFromText(`
      t3  t2  t1  t1  t4
      A   A   A   A   A
    `)
    const expected = { count: 4, costliest: ['t1 2 2', 't2 1 1', 't3 1 1'] }
    expect(ownersOf(profile, byTest, [frameNamed(profile, 'A')], 3)).toEqual([expected])
  })

  test('gives no owners for a function that ran outside of any owner', () => {
    const profile = profileFromText(`
      -
      A
    `)
    const a = frameNamed(profile, 'A')
    expect(ownersOf(profile, byTest, [a])).toEqual([{ count: 0, costliest: [] }])
  })

  test('gives owners whose times add up to the function’s, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const builder = new ProfileBuilder()
        foldRecording(builder, recording)
        const profile = builder.build()
        const everyone: OwnerOf = scope => JSON.stringify(scope)
        const wanted = rankBy(profile, (_frame, index) => index).filter(({ total }) => total > 0)
        const owners = ownersOfFunctions(profile, everyone, {
          functions: new Set(wanted.map(({ key }) => key)),
          most: Number.POSITIVE_INFINITY,
          textOf: owner => owner,
        })
        const sum = (times: readonly OwnerAmount[], amountOf: (time: OwnerAmount) => number) =>
          times.reduce((total, time) => total + amountOf(time), 0)
        for (const { key, self, total } of wanted) {
          const times = owners.get(key) ?? []
          expect([sum(times, time => time.self), sum(times, time => time.total)]).toEqual([self, total])
        }
      }),
    )
  })
})
