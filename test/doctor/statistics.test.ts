// How often a session of the doctor claims a gain that is none, and finds one that is, on simulated machines.

import { describe, expect, test } from '@jest/globals'
import { FEWEST_ROUNDS, MOST_ROUNDS, type RoundRatios, SessionNoise } from '../../src/doctor/statistics.js'

/** Uniform in [0, 1), the same in each run of the tests: Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

interface Machine {
  readonly wall: number
  readonly cpu: number
  /** The probability of a run that takes much longer. */
  readonly outliers: number
}

/** A machine on which a run takes longer by chance: by a few percent, and by much more now and then. */
function machine(random: () => number, { wall, cpu, outliers }: Machine) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const run = (ms: number, spread: number) =>
    ms * Math.exp(spread * normal() + (random() < outliers ? Math.abs(spread * 8 * normal()) : 0))
  const ratio = (savedShare: number, spread: number) =>
    Math.log(run(2000 * (1 - savedShare), spread) / run(2000, spread))
  return (savedShare: number): RoundRatios => {
    return { wall: ratio(savedShare, wall), cpu: cpu === 0 ? null : ratio(savedShare, cpu) }
  }
}

/** The decision on each candidate of a session, with the rounds that it took. */
function session(roundOf: (savedShare: number) => RoundRatios, effects: readonly number[]) {
  const noise = new SessionNoise()
  noise.addSame(roundOf(0))
  return effects.map(effect => {
    const rounds: RoundRatios[] = []
    while (noise.decide(rounds, effects.length) === 'open' && rounds.length < MOST_ROUNDS)
      rounds.push(roundOf(effect))
    const decision = noise.decide(rounds, effects.length)
    noise.add(rounds)
    return { decision, rounds: rounds.length }
  })
}

const NOTHING = Array.from({ length: 12 }, () => 0)

describe.each([
  { wall: 0.02, cpu: 0, outliers: 0 },
  { wall: 0.06, cpu: 0.02, outliers: 0 },
  { wall: 0.04, cpu: 0.03, outliers: 0.1 },
])('On a machine with %j', noise => {
  test('at most one of twenty sessions without any gain claims one', () => {
    const random = seeded(7)
    const roundOf = machine(random, noise)
    const sessions = Array.from({ length: 400 }, () => session(roundOf, NOTHING))
    const wrong = sessions.filter(decisions => decisions.some(({ decision }) => decision === 'gain'))
    expect(wrong.length).toBeLessThanOrEqual(20)
  })

  test('a gain of a third is found, in most cases within four rounds', () => {
    const roundOf = machine(seeded(11), noise)
    const effects = [...NOTHING.slice(2), 0.33, 0.33]
    const found = Array.from({ length: 100 }, () => session(roundOf, effects).slice(-2)).flat()
    expect(found.filter(({ decision }) => decision === 'gain').length).toBeGreaterThan(180)
    expect(found.filter(({ rounds }) => rounds <= 4).length).toBeGreaterThan(100)
  })
})

describe('An estimate', () => {
  const roundsOf = (ratios: readonly number[], cpuRatios?: readonly number[]) =>
    ratios.map((ratio, index): RoundRatios => {
      const cpu = cpuRatios?.[index]
      return { wall: Math.log(ratio), cpu: cpu === undefined ? null : Math.log(cpu) }
    })
  const decide = (rounds: readonly RoundRatios[]) => new SessionNoise().decide(rounds, 1)

  test('is the share that the change saves, with an interval around it', () => {
    const { share, interval95, p } = new SessionNoise().wallEstimate(roundsOf([0.79, 0.8, 0.81]))
    expect(share).toBeCloseTo(0.2, 2)
    expect(interval95[0]).toBeLessThan(share)
    expect(interval95[1]).toBeGreaterThan(share)
    expect(p).toBeLessThan(0.01)
  })

  test('of a change that costs time is negative', () => {
    expect(new SessionNoise().wallEstimate(roundsOf([1.2, 1.22, 1.21])).share).toBeLessThan(0)
  })

  test('is not made from fewer rounds than the fewest', () => {
    expect(decide(roundsOf([0.1]).slice(0, FEWEST_ROUNDS - 1))).toBe('open')
  })

  test('keeps its own noise if that is much larger than that of the other trials', () => {
    const noise = new SessionNoise()
    noise.add(roundsOf([1, 1.001, 0.999, 1, 1.001]))
    const noisy = roundsOf([0.5, 1, 0.7, 0.9])
    expect(noise.wallEstimate(noisy).interval95).toEqual(new SessionNoise().wallEstimate(noisy).interval95)
  })

  test('below 2 % is no gain, however certain', () => {
    expect(decide(roundsOf(Array.from({ length: 8 }, (_, index) => 0.99 + index * 1e-5)))).toBe('no gain')
  })

  test('of CPU time shows a gain where wall time is too noisy to', () => {
    const walls = [0.6, 1.1, 0.7, 0.9, 0.6]
    expect(decide(roundsOf(walls))).toBe('open')
    expect(decide(roundsOf(walls, [0.7, 0.701, 0.699, 0.7, 0.7]))).toBe('gain')
  })

  test('of CPU time shows no gain if the wall time stays as it is', () => {
    expect(decide(roundsOf([1.01, 1, 1.02, 1], [0.7, 0.701, 0.699, 0.7]))).not.toBe('gain')
  })
})
