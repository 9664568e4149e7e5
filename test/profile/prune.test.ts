import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { subtreeWeights, weightsByStack } from '../../src/profile/call-tree.js'
import { at } from '../../src/profile/columns.js'
import { NO_CALLER, type Profile, type StackIndex, type ValueType } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { OTHER, prune } from '../../src/profile/prune.js'
import { allSamples, wholeWeight } from '../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { drawnRun } from '../support/drawn-run.js'
import { drawnFrame, drawnScope, profileFromText } from '../support/profile-from-text.js'

const ALLOCATED: ValueType = { name: 'allocated', unit: 'bytes', label: 'allocated' }

/** `outermost > innermost weight` for each row. */
function rows(profile: Profile): string[] {
  const { frames, stacks } = profile
  const pathOf = (stack: number): string[] =>
    stack < 0 ? [] : [...pathOf(at(stacks.caller, stack)), at(frames, at(stacks.frame, stack)).name]
  const { stack, weight } = allSamples(profile)
  return stack.map((leaf, row) => `${pathOf(leaf).join(' > ')} ${weight[row]}`)
}

describe('prune', () => {
  test('leaves a profile within its limits unchanged', () => {
    const profile = profileFromText('t1\nA')
    expect(prune(profile, { stacks: 1, rows: 1, frames: 1 })).toEqual({ profile, lightest: 0 })
  })

  test('folds the lightest calls below a caller into "(other)"', () => {
    const profile = profileFromText(`
      t1  t1  t1  t1  t1  t1
      A   A   A   A   A   A
      B   B   B   C   D
      E   E   F
    `)
    const { profile: pruned, lightest } = prune(profile, { stacks: 4 })
    expect(lightest).toBe(1)
    expect(rows(pruned)).toEqual([...['A > B > E 2', 'A > B > (other) 1', 'A > (other) 2', 'A 1']])
  })

  test('keeps idle time separate from "(other)"', () => {
    const profile = profileFromText('t1  t1  t1  t1\nA   A   B   C\n            idle')
    expect(rows(prune(profile, { stacks: 2 }).profile)).toEqual(['A 2', '(other) 1', '(idle) 1'])
  })

  test('keeps to the row limit, as long as each scope may have one row', () => {
    const columns = Array.from({ length: 60 }, (_, column) => `t${column % 3}`.padEnd(5)).join('')
    const leaves = Array.from({ length: 60 }, (_, column) => `f${column}`.padEnd(5)).join('')
    const profile = profileFromText(`\n${columns}\n${leaves}\n`)
    expect(rows(profile)).toHaveLength(60)
    const { profile: pruned } = prune(profile, { rows: 20 })
    expect(rows(pruned).length).toBeLessThanOrEqual(20)
    expect(wholeWeight(pruned)).toBe(60)
    expect(violationsOf(pruned)).toEqual([])
  })

  test('keeps a stack that is light in one unit and heavy in another', () => {
    const builder = new ProfileBuilder()
    const scope = builder.scope(drawnScope('t1'))
    const stackOf = (name: string): StackIndex => builder.stack(builder.frame(drawnFrame(name)), NO_CALLER)
    for (const [name, weight] of [
      ['A', 5000],
      ['B', 1],
      ['C', 2],
      ['D', 3],
    ] as const)
      builder.addSamples(stackOf(name), scope, { start: 0, weight, count: 1 })
    builder.addAmount(stackOf('B'), scope, { value: ALLOCATED, weight: 4_000_000 })
    const { profile } = prune(builder.build(), { stacks: 3 })
    expect(rows(profile)).toEqual(['A 5000', 'B 1', '(other) 5', 'B 4000000'])
  })

  test('keeps a valid profile with equal sums, in which no callee outweighs its caller, for any limits', () => {
    const bound = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(1e9))
    fc.assert(
      fc.property(
        anyRecordingsInTwoOrders,
        bound,
        bound,
        bound,
        ([recordings], ...[stacks, most, frames]) => {
          const { profile } = drawnRun(recordings)
          const { profile: pruned, lightest } = prune(profile, { stacks, rows: most, frames })
          expect(violationsOf(pruned)).toEqual([])
          expect(pruned.values.map(({ weight }) => [...weight].reduce((sum, each) => sum + each, 0))).toEqual(
            profile.values.map(({ weight }) => [...weight].reduce((sum, each) => sum + each, 0)),
          )
          const own = weightsByStack(pruned.stacks, pruned.values)
          const subtree = subtreeWeights(pruned.stacks, own)
          subtree.forEach((total, stack) => {
            expect(total).toBeGreaterThanOrEqual(at(own, stack))
            const caller = at(pruned.stacks.caller, stack)
            if (caller !== NO_CALLER) expect(total).toBeLessThanOrEqual(at(subtree, caller))
          })
          const isFolded = pruned.frames.at(-1) === OTHER
          expect(isFolded).toBe(pruned !== profile)
          if (!isFolded) expect(lightest).toBe(0)
          expect(pruned.sequences.map(({ stack }) => stack.length)).toEqual(
            profile.sequences.map(({ stack }) => stack.length),
          )
          for (const { stack } of pruned.sequences)
            expect([...stack].filter(index => index >= pruned.stacks.frame.length)).toEqual([])
        },
      ),
      { numRuns: 100 },
    )
  })
})
