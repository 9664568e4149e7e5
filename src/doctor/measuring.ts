// Rounds of the suite with and without changes, until they decide whether the changes save time.

import { median, sum } from 'd3-array'
import type { Saved } from './answer.js'
import type { DoctorFacts } from './candidate.js'
import { type AppliedChange, trialOf } from './compose.js'
import {
  type Decision,
  decide,
  estimate,
  FEWEST_ROUNDS,
  MOST_ROUNDS,
  Noise,
  type Pair,
} from './statistics.js'
import type { Measured, SuiteRunner } from './suite-runner.js'

interface Round {
  readonly base: Measured
  readonly changed: Measured
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
  readonly baseMs: number
  readonly only: readonly string[] | null
}

export class Measuring {
  readonly #facts: DoctorFacts
  readonly #runner: SuiteRunner
  readonly #baseMs: number
  readonly #noise = new Noise()
  readonly #weights: ReadonlyMap<string, number>
  /** Test files of the session; null: all of the suite. */
  readonly #only: readonly string[] | null

  /** `only`: null if the session is about all test files of the suite; `baseMs`: how long they take. */
  constructor({ facts, runner, baseMs, only }: MeasuringInput) {
    this.#facts = facts
    this.#runner = runner
    this.#baseMs = baseMs
    this.#only = only
    this.#weights = new Map(facts.files.map(({ key, report }) => [key, report.wallMs]))
  }

  /** `only`: test files to run; null: all of the session. */
  run(changes: readonly AppliedChange[], only: readonly string[] | null): Promise<Measured> {
    const keys = only ?? this.#facts.files.map(({ key }) => key)
    const mostMs = MOST_SLOWER * this.expectedMs(keys) + GRACE_MS
    return this.#runner.run(trialOf(changes, only ?? this.#only, this.#facts), mostMs)
  }

  /** How long a run of files takes, roughly: the start of Jest, and their part of the plain suite. */
  expectedMs(keys: readonly string[]): number {
    const startMs = Math.min(this.#facts.report.command?.startUp.wallMs ?? 0, this.#baseMs / 2)
    const share = sum(keys, key => this.#weights.get(key) ?? 0) / Math.max(1, sum(this.#weights.values()))
    return startMs + share * (this.#baseMs - startMs)
  }

  /** `candidates`: how many changes are tried in this session. After `untilMs` of `performance.now()` it takes only the fewest rounds. */
  async rounds(
    changes: readonly AppliedChange[],
    only: readonly string[] | null,
    { candidates, untilMs }: { candidates: number; untilMs: number },
  ): Promise<Rounds> {
    const rounds: Round[] = []
    let decision = decide([], this.#noise, candidates)
    while (decision === 'open' && rounds.length < MOST_ROUNDS) {
      if (rounds.length >= FEWEST_ROUNDS && performance.now() > untilMs) break
      rounds.push(await this.#round(changes, only, rounds.length))
      decision = decide(pairsOf(rounds), this.#noise, candidates)
    }
    const measured = { decision, count: rounds.length, ...figuresOf(rounds, this.#noise) }
    this.#noise.add(pairsOf(rounds))
    return measured
  }

  /** Each side is first in turn, because the one before warms or cools the machine. */
  async #round(
    changes: readonly AppliedChange[],
    only: readonly string[] | null,
    index: number,
  ): Promise<Round> {
    if (index % 2 === 0) {
      const base = await this.run([], only)
      return { base, changed: await this.run(changes, only) }
    }
    const changed = await this.run(changes, only)
    return { base: await this.run([], only), changed }
  }
}

function pairsOf(rounds: readonly Round[]): Pair[] {
  return rounds.map(({ base, changed }) => {
    return { baseMs: base.wallMs, changedMs: changed.wallMs }
  })
}

function figuresOf(rounds: readonly Round[], noise: Noise): Pick<Rounds, 'saved' | 'baseMs' | 'changedMs'> {
  const { share, interval95, p } = estimate(pairsOf(rounds), noise)
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
function difference(rounds: readonly Round[], read: (side: Measured) => number | null): number | null {
  const differences = rounds.map(({ base, changed }) => {
    const [before, after] = [read(base), read(changed)]
    return before === null || after === null ? null : before - after
  })
  return differences.includes(null) ? null : (median(differences, value => value) ?? null)
}
