// Whether a change saves wall time, by as few rounds as decide it: a paired t-test on the logarithm of the ratio of both sides, in looks.
//
// The noise of a pair is estimated from all trials of a session together, because a few rounds alone tell little of it. Each look at the data
// and each candidate gets an equal part of the permitted error (Bonferroni), so that on a suite where nothing helps, a session
// claims a gain in at most one of twenty cases, before the confirmation of all gains together.

import { mean, sum } from 'd3-array'
import jStat from 'jstat'

/** Wall times of the same files, one round. */
export interface Pair {
  readonly baseMs: number
  readonly changedMs: number
}

export const FEWEST_ROUNDS = 3
export const MOST_ROUNDS = 8
const LOOKS = MOST_ROUNDS - FEWEST_ROUNDS + 1
/** The probability of a gain that is none, in a whole session. */
const ALPHA = 0.05
/** A smaller share is not worth a change. */
export const LEAST_SHARE = 0.02

/** The variance of the logarithm of a pair's ratio, from residuals of all trials so far. */
export class Noise {
  #squares = 0
  #degrees = 0

  add(pairs: readonly Pair[]): void {
    const { squares, degrees } = residuals(logRatios(pairs))
    this.#squares += squares
    this.#degrees += degrees
  }

  /** With the residuals of these pairs, which were not added. A trial that is much noisier than the others keeps its own noise. */
  of(pairs: readonly Pair[]): { variance: number; degrees: number } {
    const own = residuals(logRatios(pairs))
    const degrees = this.#degrees + own.degrees
    const pooled = (this.#squares + own.squares) / Math.max(1, degrees)
    const alone = own.squares / Math.max(1, own.degrees)
    return alone > NOISIER * pooled
      ? { variance: alone, degrees: own.degrees }
      : { variance: pooled, degrees }
  }
}

/** How much larger a variance may be than the pooled one, to be explained by chance. */
const NOISIER = 3

export interface Estimate {
  /** Shares of the base's wall time: negative if the change costs time. */
  readonly share: number
  readonly interval95: readonly [low: number, high: number]
  /** Against “saves nothing”, one-sided. */
  readonly p: number
}

export function estimate(pairs: readonly Pair[], noise: Noise): Estimate {
  const ratios = logRatios(pairs)
  const { variance, degrees } = noise.of(pairs)
  const error = Math.sqrt(variance / Math.max(1, ratios.length))
  const center = mean(ratios) ?? 0
  const reach = error * jStat.studentt.inv(0.975, Math.max(1, degrees))
  return {
    share: saved(center),
    interval95: [saved(center + reach), saved(center - reach)],
    p: error === 0 ? (center < 0 ? 0 : 1) : jStat.studentt.cdf(center / error, Math.max(1, degrees)),
  }
}

export type Decision = 'gain' | 'no gain' | 'open'

/** Whether more rounds are needed. `candidates`: how many there are in the session. */
export function decide(pairs: readonly Pair[], noise: Noise, candidates: number): Decision {
  if (pairs.length < FEWEST_ROUNDS) return 'open'
  const { share, interval95, p } = estimate(pairs, noise)
  if (p < ALPHA / (LOOKS * Math.max(1, candidates)) && share >= LEAST_SHARE) return 'gain'
  // Nothing that is worth a change, or slower by all that is seen.
  if (interval95[1] < LEAST_SHARE || share <= 0) return 'no gain'
  return 'open'
}

function logRatios(pairs: readonly Pair[]): number[] {
  return pairs.map(({ baseMs, changedMs }) => Math.log(changedMs / baseMs))
}

function saved(logRatio: number): number {
  return 1 - Math.exp(logRatio)
}

function residuals(values: readonly number[]): { squares: number; degrees: number } {
  const center = mean(values) ?? 0
  return { squares: sum(values, value => (value - center) ** 2), degrees: Math.max(0, values.length - 1) }
}
