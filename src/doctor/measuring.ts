// Rounds of the suite with and without changes, until they decide whether the changes save time.

import { median, sum } from 'd3-array'
import type { Saved } from './answer.js'
import type { Base } from './base.js'
import type { DoctorFacts } from './candidate.js'
import { type AppliedChange, trialOf } from './compose.js'
import { type Decision, FEWEST_ROUNDS, MOST_ROUNDS, type RoundTimes, SessionNoise } from './statistics.js'
import type { MeasuredRun, SuiteRunner } from './suite-runner.js'

interface Round {
  readonly base: MeasuredRun
  readonly changed: MeasuredRun
}

/** What is compared with the plain suite. */
export interface Comparing {
  readonly changes: readonly AppliedChange[]
  /** Test files to run; null: all of the session. */
  readonly only: readonly string[] | null
}

export interface Rounds {
  readonly decision: Decision
  readonly count: number
  /** As measured. */
  readonly saved: Saved
  /** Medians of both sides. */
  readonly baseMs: number
  readonly changedMs: number
}

/** A run that takes this many times as long as expected is ended. */
const MOST_SLOWER = 3
const GRACE_MS = 15_000

interface MeasuringInput {
  readonly facts: DoctorFacts
  readonly runner: SuiteRunner
  readonly base: Pick<Base, 'wallMs' | 'rounds' | 'only'>
}

export class Measuring {
  readonly #facts: DoctorFacts
  readonly #runner: SuiteRunner
  readonly #base: MeasuringInput['base']
  readonly #weights: ReadonlyMap<string, number>
  readonly #rounds = new Map<Comparing, Round[]>()

  constructor({ facts, runner, base }: MeasuringInput) {
    this.#facts = facts
    this.#runner = runner
    this.#base = base
    this.#weights = new Map(facts.files.map(({ key, report }) => [key, report.wallMs]))
  }

  run({ changes, only }: Comparing): Promise<MeasuredRun> {
    const keys = only ?? this.#facts.files.map(({ key }) => key)
    const mostMs = MOST_SLOWER * this.expectedMs(keys) + GRACE_MS
    return this.#runner.run(trialOf(changes, only ?? this.#base.only, this.#facts), mostMs)
  }

  /** How long a run of files takes, roughly: the start of Jest, and their part of the plain suite. */
  expectedMs(keys: readonly string[]): number {
    const { wallMs } = this.#base
    const startMs = Math.min(this.#facts.report.command?.startUp.wallMs ?? 0, wallMs / 2)
    const share = sum(keys, key => this.#weights.get(key) ?? 0) / Math.max(1, sum(this.#weights.values()))
    return startMs + share * (wallMs - startMs)
  }

  /**
   * Adds rounds to those that the comparison has, until they decide. `candidates`: how many changes are tried in the session; after
   * `untilMs` of `performance.now()` it takes only the fewest rounds.
   */
  async rounds(
    comparing: Comparing,
    { candidates, untilMs }: { candidates: number; untilMs: number },
  ): Promise<Rounds> {
    const rounds = this.#rounds.get(comparing) ?? []
    this.#rounds.set(comparing, rounds)
    const noise = this.#noiseOfOthers(comparing)
    const decide = () => noise.decide(rounds.map(timesOf), candidates)
    while (decide() === 'open' && rounds.length < MOST_ROUNDS) {
      if (rounds.length >= FEWEST_ROUNDS && performance.now() > untilMs) break
      rounds.push(await this.#round(comparing, rounds.length))
    }
    return { decision: decide(), count: rounds.length, ...figuresOf(rounds, noise) }
  }

  /** Each side is first in turn, because the one before warms or cools the machine. */
  async #round(comparing: Comparing, index: number): Promise<Round> {
    const plain = { ...comparing, changes: [] }
    if (index % 2 === 0) {
      const base = await this.run(plain)
      return { base, changed: await this.run(comparing) }
    }
    const changed = await this.run(comparing)
    return { base: await this.run(plain), changed }
  }

  #noiseOfOthers(comparing: Comparing): SessionNoise {
    const noise = new SessionNoise()
    const [first, second] = this.#base.rounds
    if (first !== undefined && second !== undefined) noise.addSame(timesOf({ base: first, changed: second }))
    for (const [other, rounds] of this.#rounds) if (other !== comparing) noise.add(rounds.map(timesOf))
    return noise
  }
}

function timesOf({ base, changed }: Round): RoundTimes {
  return {
    wall: { baseMs: base.wallMs, changedMs: changed.wallMs },
    cpu:
      base.cpuMs === null || changed.cpuMs === null ? null : { baseMs: base.cpuMs, changedMs: changed.cpuMs },
  }
}

function figuresOf(
  rounds: readonly Round[],
  noise: SessionNoise,
): Pick<Rounds, 'saved' | 'baseMs' | 'changedMs'> {
  const { share, interval95, p } = noise.wallEstimate(rounds.map(timesOf))
  const baseMs = median(rounds, ({ base }) => base.wallMs) ?? 0
  const [low, high] = interval95
  return {
    baseMs,
    changedMs: median(rounds, ({ changed }) => changed.wallMs) ?? 0,
    saved: {
      wallMs: share * baseMs,
      interval95Ms: [low * baseMs, high * baseMs],
      p,
      cpuMs: difference(rounds, side => side.cpuMs),
      peakBytes: difference(rounds, side => side.peakBytes),
    },
  }
}

/** Median of what the base took more; null if any is unknown. */
function difference(rounds: readonly Round[], read: (side: MeasuredRun) => number | null): number | null {
  const differences = rounds.map(({ base, changed }) => {
    const [before, after] = [read(base), read(changed)]
    return before === null || after === null ? null : before - after
  })
  return differences.includes(null) ? null : (median(differences, value => value) ?? null)
}
