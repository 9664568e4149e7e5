import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../src/attribution/fold-recording.js'
import type { ScopeIndex, StackIndex } from '../../src/profile/profile.js'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { Sequences } from '../../src/profile/sequences.js'
import { allSamples } from '../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'

const RECORDING = { project: '', file: '/a.test.js', worker: 1, startedAtMs: 5, wallMicros: 100 }

function add(sequences: Sequences, starts: readonly number[]): void {
  for (const start of starts) sequences.add(start as StackIndex, 0 as ScopeIndex, start)
  sequences.end(RECORDING)
}

function startsOf(sequences: Sequences): number[][] {
  return sequences.all.map(({ start }) => [...start])
}

describe('Sequences', () => {
  test('keep the samples of each recording in order', () => {
    const sequences = new Sequences()
    add(sequences, [1, 2])
    add(sequences, [0, 7])
    expect(sequences.all.map(({ start, stack }) => [[...start], [...stack]])).toEqual([
      [
        [1, 2],
        [1, 2],
      ],
      [
        [0, 7],
        [0, 7],
      ],
    ])
    expect(sequences.all[0]).toMatchObject(RECORDING)
  })

  test('stop at the first recording that exceeds the limit', () => {
    const sequences = new Sequences(3)
    add(sequences, [1, 2])
    add(sequences, [3, 4])
    add(sequences, [5])
    expect(startsOf(sequences)).toEqual([[1, 2]])
  })

  test('skip a recording that is longer than the limit alone', () => {
    const sequences = new Sequences(3)
    add(sequences, [1, 2, 3, 4])
    add(sequences, [5])
    expect(startsOf(sequences)).toEqual([[5]])
  })

  test('of two halves of a run are together those of the whole run, even if the first half reports its length late', () => {
    // Some recordings are longer than the limit.
    const lengths = fc.array(fc.nat(15), { maxLength: 12 })
    fc.assert(
      fc.property(
        lengths,
        lengths,
        fc.array(fc.nat(12), { minLength: 12, maxLength: 12 }),
        (first, second, delays) => {
          const [whole, one, other] = [new Sequences(12), new Sequences(12), new Sequences(12)]
          const told = [0]
          for (const length of first) {
            for (const half of [whole, one]) add(half, Array(length).fill(1))
            told.push(one.samples)
          }
          let heard = 0
          second.forEach((length, index) => {
            for (const half of [whole, other]) add(half, Array(length).fill(2))
            heard = Math.max(heard, Math.min(first.length, delays[index] ?? 0))
            other.limit(told[heard] ?? 0)
          })
          for (const sequence of other.all) one.join(sequence)
          expect(startsOf(one)).toEqual(startsOf(whole))
          expect(one.samples).toBe(whole.samples)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('cover their recordings, with stacks of the merged samples, for any recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const builder = new ProfileBuilder()
        for (const recording of recordings) foldRecording(builder, recording)
        const { values, sequences } = builder.build()
        const samples = allSamples({ values })
        const merged = new Set([...samples.stack].map((stack, row) => `${stack} ${samples.scope[row]}`))
        for (const { stack, scope, start, wallMicros } of sequences) {
          expect([...start]).toEqual([...start].toSorted((a, b) => a - b))
          expect(start[0]).toBe(0)
          expect(start.at(-1)).toBeLessThanOrEqual(wallMicros)
          stack.forEach((index, sample) => {
            expect(merged).toContain(`${index} ${scope[sample]}`)
          })
        }
        const wall = recordings.reduce((sum, { header }) => sum + header.wallMicros, 0)
        const time = [...samples.weight].reduce((sum, weight) => sum + weight, 0)
        expect(Math.abs(time - wall)).toBeLessThanOrEqual(recordings.length)
      }),
      { numRuns: 100 },
    )
  })
})
