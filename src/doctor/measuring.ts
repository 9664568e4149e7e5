// Rounds of the suite with and without changes, and what they say of each change.

import { mean, median, sum } from 'd3-array'
import type { Saved } from './answer.js'
import type { Base } from './base.js'
import type { DoctorFacts } from './candidate.js'
import { type AppliedChange, trialOf } from './compose.js'
import { type Decision, type RoundRatios, SessionNoise } from './statistics.js'
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
  /** What was measured of each change, by its name. */
  readonly #known = new Map<string, readonly RoundFigures[]>()

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

  /** A run of the plain suite and one of each side, in this order and in reverse, because the one before warms or cools the machine. */
  async round(sides: readonly Comparing[], only: Comparing['only'], index: number): Promise<Round[]> {
    const isReverse = index % 2 === 1
    const plain = { changes: [], only }
    const changed: MeasuredRun[] = []
    const before = isReverse ? undefined : await this.run(plain)
    for (const side of isReverse ? sides.toReversed() : sides) changed.push(await this.run(side))
    const base = before ?? (await this.run(plain))
    return (isReverse ? changed.toReversed() : changed).map(run => {
      return { base, changed: run }
    })
  }

  /** How long a run of files takes, roughly: the start of Jest, and their part of the plain suite. */
  expectedMs(keys: readonly string[]): number {
    const { wallMs } = this.#base
    const startMs = Math.min(this.#facts.report.command?.startUp.wallMs ?? 0, wallMs / 2)
    const share = sum(keys, key => this.#weights.get(key) ?? 0) / Math.max(1, sum(this.#weights.values()))
    return startMs + share * (wallMs - startMs)
  }

  /** What rounds say of a change. `candidates`: how many are tried in the session. */
  judge(name: string, rounds: readonly Round[], counted: CountedFiles, candidates: number): Judged {
    const figures = rounds.map(round => figuresOf(round, counted))
    this.#known.set(name, figures)
    const decision = this.#noise(name, ({ ofFiles }) => ofFiles).decide(
      figures.map(({ ofFiles }) => ofFiles),
      candidates,
    )
    const saved = savedIn(
      rounds,
      counted,
      this.#noise(name, ({ total }) => total),
    )
    // Most files may be faster, and all together slower.
    return {
      decision: decision === 'gain' && saved.wallMs <= 0 ? 'open' : decision,
      count: rounds.length,
      saved,
    }
  }

  /** The noise of other changes. */
  #noise(name: string, read: (figures: RoundFigures) => RoundRatios): SessionNoise {
    const noise = new SessionNoise()
    const [base, changed] = this.#base.rounds
    const all = new Set(this.#facts.files.map(({ key }) => key))
    if (base !== undefined && changed !== undefined) noise.addSame(read(figuresOf({ base, changed }, all)))
    for (const [other, rounds] of this.#known) if (other !== name) noise.add(rounds.map(read))
    return noise
  }
}

export interface Judged {
  readonly decision: Decision
  readonly count: number
  /** As measured: for test files, worker time. */
  readonly saved: Saved
}

/**
 * Of one round. The mean over the files decides, because the first file of a worker, which loads what the others share, is far more
 * noisy than others, and would hide what they save. The total is what is saved.
 */
interface RoundFigures {
  readonly ofFiles: RoundRatios
  readonly total: RoundRatios
}

function figuresOf({ base, changed }: Round, counted: CountedFiles): RoundFigures {
  const total = {
    wall: logRatio(wallOfRun(base, counted), wallOfRun(changed, counted)),
    cpu: knownRatio(cpuOf(base, counted), cpuOf(changed, counted)),
  }
  if (counted === null) return { ofFiles: total, total }
  const changedFiles = new Map(changed.results?.files.map(file => [file.key, file]))
  const pairs = (base.results?.files ?? []).flatMap(file => {
    const other = changedFiles.get(file.key)
    return other !== undefined && counted.has(file.key) ? [{ file, other }] : []
  })
  const cpu = pairs.map(({ file, other }) => knownRatio(file.cpuMs, other.cpuMs))
  return {
    ofFiles: {
      wall: mean(pairs, ({ file, other }) => logRatio(file.wallMs, other.wallMs)) ?? 0,
      cpu: cpu.includes(null) ? null : (mean(cpu, ratio => ratio) ?? null),
    },
    total,
  }
}

/** Milliseconds below which clocks tell nothing. */
const LEAST_MS = 1

function logRatio(baseMs: number, changedMs: number): number {
  return Math.log(Math.max(LEAST_MS, changedMs) / Math.max(LEAST_MS, baseMs))
}

function knownRatio(baseMs: number | null, changedMs: number | null): number | null {
  return baseMs === null || changedMs === null ? null : logRatio(baseMs, changedMs)
}

function wallOfRun({ wallMs, results }: MeasuredRun, counted: CountedFiles): number {
  if (counted === null) return wallMs
  return sum(results?.files ?? [], file => (counted.has(file.key) ? file.wallMs : 0))
}

function cpuOf({ cpuMs, results }: MeasuredRun, counted: CountedFiles): number | null {
  if (counted === null) return cpuMs
  const times = (results?.files ?? []).filter(({ key }) => counted.has(key)).map(file => file.cpuMs)
  return times.includes(null) ? null : sum(times, ms => ms ?? 0)
}

function savedIn(rounds: readonly Round[], counted: CountedFiles, noise: SessionNoise): Saved {
  const { share, interval95, p } = noise.wallEstimate(rounds.map(round => figuresOf(round, counted).total))
  const baseMs = median(rounds, ({ base }) => wallOfRun(base, counted)) ?? 0
  const [low, high] = interval95
  return {
    wallMs: share * baseMs,
    interval95Ms: [low * baseMs, high * baseMs],
    p,
    cpuMs: difference(rounds, side => cpuOf(side, counted)),
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
