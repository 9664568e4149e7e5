import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { isFunction } from '../../src/profile/frame.js'
import { mainCategories, rankFunctions } from '../../src/profile/functions.js'
import { functionsByOwner } from '../../src/profile/functions-by-owner.js'
import { type Category, type Frame, NO_CALLER, type Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { rankBy } from '../../src/profile/rank.js'
import { anyRecording } from '../support/any-recording.js'

const read: Frame = {
  ...{ name: 'readFileSync', file: 'node:fs', line: 10, column: 1 },
  ...{ category: 'node', package: undefined, generated: false },
}

/** A profile of recursive stacks of `readFileSync`, each given as its categories, outermost call first, with 1 ms. */
function profileOf(stacks: readonly (readonly Category[])[]): Profile {
  const builder = new ProfileBuilder()
  const scope = builder.scope({
    ...{ project: '', file: '/project/a.test.js', worker: 1, phase: 'other', hook: undefined },
    ...{ test: undefined, attempt: 0, group: undefined },
  })
  stacks.forEach((categories, start) => {
    let stack: ReturnType<typeof builder.stack> | typeof NO_CALLER = NO_CALLER
    for (const category of categories) stack = builder.stack(builder.frame({ ...read, category }), stack)
    if (stack !== NO_CALLER) builder.addSamples(stack, scope, { start, weight: 1000, count: 1 })
  })
  return builder.build()
}

const categoriesOf = ({ frames }: Profile, rows: readonly { frame: number }[]) =>
  rows.map(({ frame }) => frames[frame]?.category)

describe('rankFunctions', () => {
  test('lists a function once, in the category with most of its self time', () => {
    const profile = profileOf([['node'], ['transform'], ['transform']])
    const rows = rankFunctions(profile)
    expect(rows).toMatchObject([{ self: 3000, total: 3000, count: 3 }])
    expect(categoriesOf(profile, rows)).toEqual(['transform'])
  })

  test('counts the time of a function once when it calls itself in another category', () => {
    expect(rankFunctions(profileOf([['node', 'transform'], ['node']]))).toMatchObject([
      { self: 2000, total: 2000 },
    ])
  })

  test('picks the same category in any order of samples', () => {
    for (const order of [
      [['node'], ['transform']],
      [['transform'], ['node']],
    ] as const) {
      const profile = profileOf(order)
      expect(categoriesOf(profile, rankFunctions(profile))).toEqual(['node'])
    }
  })

  test('lists each function once, and all self time, for any recording', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const builder = new ProfileBuilder()
        foldRecording(builder, recording)
        const profile = builder.build()
        const rows = rankFunctions(profile)
        const places = rows.map(({ frame }) => {
          const { name, file, line, column } = profile.frames[frame] ?? read
          return [name, file, line, column].join('\0')
        })
        expect(new Set(places).size).toBe(places.length)
        const [all] = rankBy(profile, frame => (isFunction(frame) ? 'all' : undefined))
        expect(rows.reduce((sum, { self }) => sum + self, 0)).toBe(all?.self ?? 0)
      }),
    )
  })
})

test('functionsByOwner lists a function with several categories once per owner', () => {
  const profile = profileOf([['node', 'transform'], ['node'], ['node']])
  const [rows = []] = functionsByOwner(profile, () => 'all', { most: 5 }).values()
  expect(rows).toMatchObject([{ self: 3000, total: 3000, count: 3 }])
  expect(categoriesOf(profile, rows)).toEqual(['node'])
})

test('mainCategories picks the category with the most self time for each key', () => {
  const profile = profileOf([['node', 'transform'], ['transform'], ['node']])
  expect([...mainCategories(profile, ({ file }) => file)]).toEqual([['node:fs', 'transform']])
})
