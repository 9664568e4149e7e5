import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import { NO_CALLER, samplesOf, TIMES } from '../../src/profile/profile.js'
import { addProfile, ProfileBuilder } from '../../src/profile/profile-builder.js'
import { allSamples } from '../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { violationsOf } from '../support/check-profile.js'
import { drawInto, drawnFrame, drawnScope, profileFromText } from '../support/profile-from-text.js'

describe('ProfileBuilder', () => {
  test('merges equal frames, stacks and scopes, and their samples into one row', () => {
    const profile = profileFromText(`
      t1  t1  t1
      A   A   A
      B   B
    `)
    expect(profile.frames.map(({ name }) => name)).toEqual(['A', 'B'])
    expect([...profile.stacks.frame]).toEqual([0, 1])
    expect([...profile.stacks.caller]).toEqual([NO_CALLER, 0])
    expect(profile.scopes).toHaveLength(1)
    const { stack, scope, weight, count } = samplesOf(profile, TIMES.cpu)
    expect([stack, scope, weight, count].map(column => [...column])).toEqual([
      [1, 0],
      [0, 0],
      [2, 1],
      [2, 1],
    ])
  })

  test('adds another stack with the same frame when a function has another caller', () => {
    const { frames, stacks } = profileFromText(`
      t1  t1
      A   C
      B   B
    `)
    expect(frames.map(({ name }) => name)).toEqual(['A', 'B', 'C'])
    expect([...stacks.frame]).toEqual([0, 1, 2, 1])
    expect([...stacks.caller]).toEqual([NO_CALLER, 0, NO_CALLER, 2])
  })

  test.each([
    ['name', { name: 'B' }],
    ['file', { file: '/project/src/B.js' }],
    ['line', { line: 2 }],
    ['column', { column: 2 }],
    ['category', { category: 'test' as const }],
    ['package', { package: 'p' }],
    ['generated', { generated: true }],
  ])('keeps frames that differ in %s apart', (_what, difference) => {
    const builder = new ProfileBuilder()
    const frame = drawnFrame('A')
    expect(builder.frame({ ...frame, ...difference })).not.toBe(builder.frame(frame))
    expect(builder.frame({ ...frame })).toBe(builder.frame(frame))
  })

  test.each([
    ['project', { project: 'p' }],
    ['file', { file: '/project/b.test.js' }],
    ['worker', { worker: 2 }],
    ['test', { test: 0 }],
    ['attempt', { attempt: 2 }],
    ['group', { group: 0 }],
  ])('keeps scopes that differ in %s apart', (_what, difference) => {
    const builder = new ProfileBuilder()
    const scope = drawnScope('-')
    expect(builder.scope({ ...scope, ...difference })).not.toBe(builder.scope(scope))
    expect(builder.scope({ ...scope })).toBe(builder.scope(scope))
  })

  test('adds up the line times of each function', () => {
    const builder = new ProfileBuilder()
    const [a, b] = [builder.frame(drawnFrame('A')), builder.frame(drawnFrame('B'))]
    builder.addLine(a, 7, 100)
    builder.addLine(b, 7, 10)
    builder.addLine(a, 7, 50)
    builder.addLine(a, 8, 1)
    expect(builder.build().lines).toEqual({ frame: [a, a, b], line: [7, 8, 7], weight: [150, 1, 10] })
  })

  test('leaves a built profile unchanged when more is added', () => {
    const builder = new ProfileBuilder()
    drawInto(builder, 't1\nA')
    const before = builder.build()
    const copy = structuredClone(before)
    drawInto(builder, 't1  t2\nA   B\nC')
    expect(before).toEqual(copy)
  })

  test('throws on a scope of another builder, which is a bug', () => {
    const builder = new ProfileBuilder()
    const stack = builder.stack(builder.frame(drawnFrame('A')), NO_CALLER)
    const foreign = new ProfileBuilder().scope(drawnScope('t1'))
    expect(() => builder.addSamples(stack, foreign, { start: 0, weight: 1, count: 1 })).toThrow(RangeError)
  })

  test('adding another builder’s profile gives the same result as folding all recordings here', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, fc.nat(), ([recordings], cut) => {
        const [alone, first, second] = [new ProfileBuilder(), new ProfileBuilder(), new ProfileBuilder()]
        for (const recording of recordings) foldRecording(alone, recording)
        const place = cut % (recordings.length + 1)
        for (const recording of recordings.slice(0, place)) foldRecording(first, recording)
        for (const recording of recordings.slice(place)) foldRecording(second, recording)
        addProfile(structuredClone(second.build()), first)
        expect(first.build()).toEqual(alone.build())
      }),
    )
  })

  test('adding another builder’s profile merges equal scopes and their rows', () => {
    const [one, other] = [new ProfileBuilder(), new ProfileBuilder()]
    drawInto(one, 't1 t1\nA  B')
    drawInto(other, 't1 t2\nB  A')
    addProfile(other.build(), one)
    const { scopes, values } = one.build()
    const samples = allSamples({ values })
    expect(scopes).toHaveLength(2)
    expect([samples.stack, samples.scope, samples.weight].map(column => [...column])).toEqual([
      [0, 1, 0],
      [0, 0, 1],
      [1, 2, 1],
    ])
  })

  test('builds a valid profile of any recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const builder = new ProfileBuilder()
        for (const recording of recordings) foldRecording(builder, recording)
        expect(violationsOf(builder.build())).toEqual([])
      }),
    )
  })
})
