// How often a session of the doctor claims a gain that is none, and finds one that is, on simulated machines.

import { describe, expect, test } from '@jest/globals'
import { decide, FEWEST_ROUNDS, MeasuredSeries, MOST_ROUNDS } from '../../../src/doctor/rounds/statistics.js'

/** Logarithms of the changed side's time by the base's. */
interface RoundOfTwo {
  readonly wall: number
  readonly cpu: number | null
}

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
  return (savedShare: number): RoundOfTwo => {
    return { wall: ratio(savedShare, wall), cpu: cpu === 0 ? null : ratio(savedShare, cpu) }
  }
}

/** The decision on each candidate of a session, with the rounds that it took: what stays open is judged once more at the end. */
function session(roundOf: (savedShare: number) => RoundOfTwo, effects: readonly number[]) {
  const known: RoundOfTwo[][] = []
  const trials = effects.map(effect => {
    const rounds: RoundOfTwo[] = []
    const decision = () => decideFrom(rounds, effects.length, { known })
    while (decision() === 'open' && rounds.length < MOST_ROUNDS) rounds.push(roundOf(effect))
    const first = decision()
    known.push(rounds)
    return { first, rounds }
  })
  return trials.map(({ first, rounds }) => {
    const others = known.filter(other => other !== rounds)
    const decision = first === 'open' ? decideFrom(rounds, effects.length, { known: others }) : first
    return { decision, rounds: rounds.length }
  })
}

function decideFrom(
  rounds: readonly RoundOfTwo[],
  candidates = 1,
  { known = [] }: { known?: readonly (readonly RoundOfTwo[])[] } = {},
) {
  const series = (read: (round: RoundOfTwo) => number | null) => {
    const valuesOf = (some: readonly RoundOfTwo[]) => some.flatMap(round => read(round) ?? [])
    const own = new MeasuredSeries(valuesOf(rounds))
    for (const others of known) own.addOthers(valuesOf(others))
    return own
  }
  const others = [series(({ cpu }) => cpu)].filter(({ rounds: amount }) => amount > 0)
  return decide(
    series(({ wall }) => wall),
    others,
    candidates,
  )
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
    ratios.map((ratio, index): RoundOfTwo => {
      const cpu = cpuRatios?.[index]
      return { wall: Math.log(ratio), cpu: cpu === undefined ? null : Math.log(cpu) }
    })
  const estimateOf = (rounds: readonly RoundOfTwo[]) =>
    new MeasuredSeries(rounds.map(({ wall }) => wall)).estimate

  test('is the share that the change saves, with an interval around it', () => {
    const { share, interval95, p } = estimateOf(roundsOf([0.79, 0.8, 0.81]))
    expect(share).toBeCloseTo(0.2, 2)
    expect(interval95[0]).toBeLessThan(share)
    expect(interval95[1]).toBeGreaterThan(share)
    expect(p).toBeLessThan(0.01)
  })

  test('of a change that costs time is negative', () => {
    expect(estimateOf(roundsOf([1.2, 1.22, 1.21])).share).toBeLessThan(0)
  })

  test('is not made from fewer rounds than the fewest', () => {
    expect(decideFrom(roundsOf([0.1]).slice(0, FEWEST_ROUNDS - 1))).toBe('open')
  })

  test('keeps its own noise if that is much larger than that of the other trials', () => {
    const noisy = [0.5, 1, 0.7, 0.9].map(Math.log)
    const alone = new MeasuredSeries(noisy)
    const series = new MeasuredSeries(noisy)
    series.addOthers([0, 0.001, -0.001, 0, 0.001])
    expect(series.estimate.interval95).toEqual(alone.estimate.interval95)
  })

  test('below 2 % is no gain, however certain', () => {
    expect(decideFrom(roundsOf(Array.from({ length: 8 }, (_, index) => 0.99 + index * 1e-5)))).toBe('no gain')
  })

  test('of CPU time shows a gain where wall time is too noisy to', () => {
    const walls = [0.6, 1.1, 0.7, 0.9, 0.6]
    expect(decideFrom(roundsOf(walls))).toBe('open')
    expect(decideFrom(roundsOf(walls, [0.7, 0.701, 0.699, 0.7, 0.7]))).toBe('gain')
  })

  test('of CPU time shows no gain if the wall time stays as it is', () => {
    expect(decideFrom(roundsOf([1.01, 1, 1.02, 1], [0.7, 0.701, 0.699, 0.7]))).not.toBe('gain')
  })
})
