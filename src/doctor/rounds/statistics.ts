// Whether a change saves time, by as few rounds as decide it: paired t-tests on the logarithm of the ratio of both sides, in looks.
//
// Wall time is what counts, but CPU time, and the mean over test files, are less noisy, so any of these measures may show a gain. The
// noise of a round is estimated from all trials of a session together, because a few rounds alone tell little of it. Each look at the
// data, each measure and each candidate gets an equal part of the permitted error (Bonferroni), so that on a suite where nothing helps,
// a session claims a gain in at most one of twenty cases, before the confirmation of all gains together.

import { mean, sum } from 'd3-array'
import jStat from 'jstat'

/** So few decide only where a change saves much more than the noise of the session's trials. */
export const FEWEST_ROUNDS = 2
export const MOST_ROUNDS = 8
/** After each round, and twice when other trials have shown more of the noise. */
const LOOKS = MOST_ROUNDS - FEWEST_ROUNDS + 1 + 2
/** The probability of a gain that is none, in a whole session. */
const ALPHA = 0.05
/** A smaller share is not worth a change. */
const LEAST_SHARE = 0.02

export interface Estimate {
  /** Of the base's time: negative if the change costs time. */
  readonly share: number
  readonly interval95: readonly [low: number, high: number]
  /** Against “saves nothing”, one-sided. */
  readonly p: number
}

export type Decision = 'gain' | 'no gain' | 'open'

/** The noise of one measure in all trials of a session but those of one change, and the rounds of that change. */
export class MeasuredSeries {
  readonly #noise = new Noise()
  readonly #values: readonly number[]

  /** `values`: one for each round. */
  constructor(values: readonly number[]) {
    this.#values = values
  }

  addOthers(values: readonly number[]): void {
    this.#noise.add(residuals(values))
  }

  get estimate(): Estimate {
    return estimate(this.#values, this.#noise)
  }

  get rounds(): number {
    return this.#values.length
  }
}

/**
 * Whether more rounds are needed. Any of the measures may show a gain; `total`, the wall time that is saved, must not be against it.
 * `candidates`: how many there are in the session.
 */
export function decide(
  total: MeasuredSeries,
  others: readonly MeasuredSeries[],
  candidates: number,
): Decision {
  if (total.rounds < FEWEST_ROUNDS) return 'open'
  const saved = total.estimate
  const all = [saved, ...others.map(series => series.estimate)]
  const alpha = ALPHA / (LOOKS * all.length * Math.max(1, candidates))
  const isShown = all.some(({ p, share }) => p < alpha && share >= LEAST_SHARE)
  // Less CPU time that leaves the wall time as it is helps nobody who waits.
  if (isShown && saved.share > 0) return 'gain'
  const isNone = ({ share, interval95 }: Estimate) => share <= 0 || interval95[1] < LEAST_SHARE
  return all.every(isNone) || saved.interval95[1] < LEAST_SHARE ? 'no gain' : 'open'
}

interface Residuals {
  readonly squares: number
  readonly degrees: number
}

/** How much larger the variance of a few rounds may be than that of all others, to be explained by chance: F of 3 and 4 degrees, 5 %. */
const NOISIER = 6.6

/** The variance of the logarithm of a round's ratio, from residuals of all trials so far. */
class Noise {
  #squares = 0
  #degrees = 0

  add({ squares, degrees }: Residuals): void {
    this.#squares += squares
    this.#degrees += degrees
  }

  /** With the residuals of a trial that was not added. One that is much noisier than the others keeps its own noise. */
  with(own: Residuals): { variance: number; degrees: number } {
    const others = this.#squares / Math.max(1, this.#degrees)
    const alone = own.squares / Math.max(1, own.degrees)
    if (this.#degrees === 0 || alone > NOISIER * others) return { variance: alone, degrees: own.degrees }
    const degrees = this.#degrees + own.degrees
    return { variance: (this.#squares + own.squares) / degrees, degrees }
  }
}

function estimate(ratios: readonly number[], noise: Noise): Estimate {
  const { variance, degrees } = noise.with(residuals(ratios))
  const error = Math.sqrt(variance / Math.max(1, ratios.length))
  const center = mean(ratios) ?? 0
  const reach = error * jStat.studentt.inv(0.975, Math.max(1, degrees))
  return {
    share: savedShare(center),
    interval95: [savedShare(center + reach), savedShare(center - reach)],
    p: error === 0 ? Number(center >= 0) : jStat.studentt.cdf(center / error, Math.max(1, degrees)),
  }
}

function savedShare(ratio: number): number {
  return 1 - Math.exp(ratio)
}

function residuals(values: readonly number[]): Residuals {
  const center = mean(values) ?? 0
  return { squares: sum(values, value => (value - center) ** 2), degrees: Math.max(0, values.length - 1) }
}
