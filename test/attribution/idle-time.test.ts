import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { idleUntil } from '../../src/attribution/sampled-pieces.js'
import { waitPieces } from '../../src/attribution/wait-pieces.js'
import { functionsByOwner } from '../../src/profile/functions-by-owner.js'
import type { Profile } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { rankBy } from '../../src/profile/rank.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { allSamples } from '../support/all-samples.js'
import { anyRecording } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { resolvedFromText, span } from '../support/recording.js'
import { type DrawnResource, withWaits } from '../support/waits.js'

function fold(recording: ResolvedRecording): Profile {
  const builder = new ProfileBuilder()
  foldRecording(builder, recording)
  const profile = builder.build()
  expect(violationsOf(profile)).toEqual([])
  return profile
}

/** `phase owner: outermost > innermost weight count` for each idle row. */
function idleRows({ frames, stacks, scopes, values }: Profile): string[] {
  const samples = allSamples({ values })
  return [...samples.stack].flatMap((leaf, row) => {
    const names: string[] = []
    for (let stack: number = leaf; stack >= 0; stack = stacks.caller[stack] ?? -1)
      names.unshift(frames[stacks.frame[stack] ?? -1]?.name ?? '?')
    if (frames[stacks.frame[leaf] ?? -1]?.category !== 'idle') return []
    const { phase, test: index } = scopes[samples.scope[row] ?? -1] ?? {}
    const owner = index === undefined ? `${phase}` : `${phase} t${index}`
    return [`${owner}: ${names.join(' > ')} ${samples.weight[row]} ${samples.count[row]}`]
  })
}

describe('folded idle time', () => {
  const resources: DrawnResource[] = [
    { stack: ['sleep', 'C[test]'] },
    { kind: 'HTTP request', stack: ['load'] },
  ]

  test('is below the stack that started the wait, outermost call first', () => {
    const recording = withWaits(resolvedFromText('0     5000  6000\nidle  A     idle'), {
      resources,
      wakes: [[5000, 0]],
    })
    expect(idleRows(fold(recording))).toEqual(['other: C > sleep > (waiting) 5000 1', 'other: (idle) 4000 1'])
  })

  test('is split where the awaited resource changes, and its sample counts once', () => {
    const recording = withWaits(resolvedFromText('0     9000\nidle  A'), {
      resources,
      wakes: [
        [2000, 0],
        [5000, 1],
        [9000, 0],
      ],
    })
    expect(idleRows(fold(recording))).toEqual([
      'other: C > sleep > (waiting) 6000 1',
      'other: load > (waiting) 3000 0',
    ])
  })

  test('is split where another test begins, and each test gets its part', () => {
    const tests = [span({ index: 0, start: 1000, end: 4000 }), span({ index: 1, start: 4000, end: 9000 })]
    const recording = withWaits(resolvedFromText('0     9500\nidle  A', { tests }), {
      resources,
      wakes: [[9500, 0]],
    })
    expect(idleRows(fold(recording))).toEqual([
      'other: C > sleep > (waiting) 1500 1',
      'tests t0: C > sleep > (waiting) 3000 0',
      'tests t1: C > sleep > (waiting) 5000 0',
    ])
  })

  test('has no stack when waits were not recorded', () => {
    expect(idleRows(fold(resolvedFromText('0     5000\nidle  A')))).toEqual(['other: (idle) 5000 1'])
  })

  test('is in no function’s total time, neither in the run nor for an owner', () => {
    const tests = [span({ index: 0, start: 0, end: 10_000 })]
    const recording = withWaits(resolvedFromText('0      1000  9000\nsleep  idle  load', { tests }), {
      resources,
      wakes: [[9000, 0]],
    })
    const profile = fold(recording)
    expect(idleRows(profile)).toEqual(['tests t0: C > sleep > (waiting) 8000 1'])
    const times = rankBy(profile, ({ name }) => name).filter(({ total }) => total > 0)
    expect(times.map(({ key, self, total }) => `${key} ${self} ${total}`).toSorted()).toEqual([
      'load 1000 1000',
      'sleep 1000 1000',
    ])
    const [functions = []] = functionsByOwner(profile, () => 'everyone', { most: 9 }).values()
    expect(
      functions.map(({ frame, self, total }) => `${profile.frames[frame]?.name} ${self} ${total}`),
    ).toEqual(['load 1000 1000', 'sleep 1000 1000'])
  })

  test('adds up to all wait pieces, with and without a stack', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const { frames, stacks, values } = fold(recording)
        const samples = allSamples({ values })
        const expected = { idle: 0, waiting: 0 }
        const idleBy = idleUntil(recording)
        for (const { start, end, resource } of waitPieces(recording)) {
          const calls = recording.waits?.resources.stack[resource] ?? []
          expected[calls.length > 0 ? 'waiting' : 'idle'] += idleBy(end) - idleBy(start)
        }
        const weightOf = (name: string) =>
          [...samples.stack].reduce((sum, stack, row) => {
            const isNamed = frames[stacks.frame[stack] ?? -1]?.name === name
            return sum + (isNamed ? (samples.weight[row] ?? 0) : 0)
          }, 0)
        expect({ idle: weightOf('(idle)'), waiting: weightOf('(waiting)') }).toEqual(expected)
      }),
    )
  })

  test('is in no total time: the totals of all outermost functions add up to the time in which code ran', () => {
    fc.assert(
      fc.property(anyRecording, recording => {
        const profile = fold(recording)
        const { frames, stacks } = profile
        const samples = allSamples(profile)
        const busy = [...samples.stack].reduce((sum, stack, row) => {
          const isIdle = frames[stacks.frame[stack] ?? -1]?.category === 'idle'
          return sum + (isIdle ? 0 : (samples.weight[row] ?? 0))
        }, 0)
        const [whole] = rankBy(profile, () => 'whole')
        expect(whole?.total ?? 0).toBe(busy)
      }),
    )
  })
})
