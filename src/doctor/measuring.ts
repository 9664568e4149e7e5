// Rounds of the suite with and without changes, and what they say of each change.

import { median, sum } from 'd3-array'
import type { Saved } from './answer.js'
import type { Base } from './base.js'
import type { DoctorFacts } from './candidate.js'
import { type AppliedChange, trialOf } from './compose.js'
import { type Decision, type RoundTimes, SessionNoise, type SidesOfRound } from './statistics.js'
import type { MeasuredRun, SuiteRunner } from './suite-runner.js'

export interface Round {
  readonly base: MeasuredRun
  readonly changed: MeasuredRun
}

/** What is compared with the plain suite. */
export interface Comparing {
  readonly changes: readonly AppliedChange[]
  /** Test files to run; null: all of the session. */
  readonly only: readonly string[] | null
}

/** The test files whose times count; null: the wall time of the whole command does. */
export type CountedFiles = ReadonlySet<string> | null

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
  /** Rounds of each change, by the name of what was measured. */
  readonly #known = new Map<string, readonly RoundTimes[]>()

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

  /** Each side is first in turn, because the one before warms or cools the machine. */
  async round(comparing: Comparing, index: number): Promise<Round> {
    const plain = { ...comparing, changes: [] }
    if (index % 2 === 0) {
      const base = await this.run(plain)
      return { base, changed: await this.run(comparing) }
    }
    const changed = await this.run(comparing)
    return { base: await this.run(plain), changed }
  }

  /** How long a run of files takes, roughly: the start of Jest, and their part of the plain suite. */
  expectedMs(keys: readonly string[]): number {
    const { wallMs } = this.#base
    const startMs = Math.min(this.#facts.report.command?.startUp.wallMs ?? 0, wallMs / 2)
    const share = sum(keys, key => this.#weights.get(key) ?? 0) / Math.max(1, sum(this.#weights.values()))
    return startMs + share * (wallMs - startMs)
  }

  /** What rounds say of a change. `candidates`: how many are tried in the session. */
  judge(name: string, rounds: readonly Round[], measured: CountedFiles, candidates: number): Judged {
    const times = rounds.map(round => timesOf(round, measured))
    this.#known.set(name, times)
    const noise = this.#noiseOfOthers(name)
    return {
      decision: noise.decide(times, candidates),
      count: rounds.length,
      saved: savedIn(rounds, measured, noise),
    }
  }

  #noiseOfOthers(name: string): SessionNoise {
    const noise = new SessionNoise()
    const [base, changed] = this.#base.rounds
    if (base !== undefined && changed !== undefined) noise.addSame(timesOf({ base, changed }, null))
    for (const [other, rounds] of this.#known) if (other !== name) noise.add(rounds)
    return noise
  }
}

export interface Judged {
  readonly decision: Decision
  readonly count: number
  /** As measured: for test files, worker time. */
  readonly saved: Saved
}

function timesOf({ base, changed }: Round, measured: CountedFiles): RoundTimes {
  const cpu = { baseMs: cpuOf(base, measured), changedMs: cpuOf(changed, measured) }
  return {
    wall: { baseMs: wallOfRun(base, measured), changedMs: wallOfRun(changed, measured) },
    cpu: cpu.baseMs === null || cpu.changedMs === null ? null : (cpu as SidesOfRound),
  }
}

function wallOfRun({ wallMs, results }: MeasuredRun, measured: CountedFiles): number {
  if (measured === null) return wallMs
  return sum(results?.files ?? [], file => (measured.has(file.key) ? file.wallMs : 0))
}

function cpuOf({ cpuMs, results }: MeasuredRun, measured: CountedFiles): number | null {
  if (measured === null) return cpuMs
  const times = (results?.files ?? []).filter(({ key }) => measured.has(key)).map(file => file.cpuMs)
  return times.includes(null) ? null : sum(times, ms => ms ?? 0)
}

function savedIn(rounds: readonly Round[], measured: CountedFiles, noise: SessionNoise): Saved {
  const { share, interval95, p } = noise.wallEstimate(rounds.map(round => timesOf(round, measured)))
  const baseMs = median(rounds, ({ base }) => wallOfRun(base, measured)) ?? 0
  const [low, high] = interval95
  return {
    wallMs: share * baseMs,
    interval95Ms: [low * baseMs, high * baseMs],
    p,
    cpuMs: difference(rounds, side => cpuOf(side, measured)),
    peakBytes: difference(rounds, side => side.peakBytes),
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
