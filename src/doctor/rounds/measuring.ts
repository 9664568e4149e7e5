// Rounds of the suite with and without changes, and what they say of each change.

import { sum } from 'd3-array'
import type { Saved } from '../answer.js'
import type { Base } from '../base.js'
import { type DoctorFacts, wallOf } from '../candidate.js'
import { type AppliedChange, trialOf } from '../runs/compose.js'
import type { MeasuredRun, SuiteRunner } from '../runs/suite-runner.js'
import {
  type CountedFiles,
  figuresOf,
  type Round,
  type RoundFigures,
  savedIn,
  type TrialMeasure,
} from './round-figures.js'
import { type Decision, decide, MeasuredSeries } from './statistics.js'

/** What is compared with the plain suite. */
export interface Comparing {
  readonly changes: readonly AppliedChange[]
  /** Test files to run; null: all of the session. */
  readonly only: readonly string[] | null
}

/** A share of the plain suite's wall time. */
const LEAST_OF_SUITE = 0.005

/** A run that takes this many times as long as expected is ended. */
const MOST_SLOWER = 3
const GRACE_MS = 15_000

interface MeasuringInput {
  readonly facts: DoctorFacts
  readonly runner: SuiteRunner
  readonly base: Pick<Base, 'wallMs' | 'only'>
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
    const series = (measure: TrialMeasure) => this.#seriesOf(name, figures, measure)
    const total = series('wall')
    const others = (['cpu', 'wallOfFiles', 'cpuOfFiles'] as const).map(series)
    const known = others.filter(({ rounds: amount }) => amount > 0)
    const saved = savedIn(rounds, counted, total.estimate)
    const decision = decide(total, known, candidates)
    const isTiny = decision === 'gain' && this.isTiny(saved.wallMs, counted)
    return { decision: isTiny ? 'no gain' : decision, count: rounds.length, saved }
  }

  /** Whether it is not worth a change, however certain. `savedMs`: worker time of test files, or wall time of the command. */
  isTiny(savedMs: number, counted: CountedFiles): boolean {
    const wallMs = counted === null ? savedMs : wallOf(savedMs, this.#facts)
    return wallMs < LEAST_OF_SUITE * this.#base.wallMs
  }

  #seriesOf(name: string, figures: readonly RoundFigures[], measure: TrialMeasure): MeasuredSeries {
    const valuesOf = (rounds: readonly RoundFigures[]) => rounds.flatMap(round => round[measure] ?? [])
    const series = new MeasuredSeries(valuesOf(figures))
    for (const [other, rounds] of this.#known) if (other !== name) series.addOthers(valuesOf(rounds))
    return series
  }
}

export interface Judged {
  readonly decision: Decision
  readonly count: number
  /** As measured: for test files, worker time of all that get the change. */
  readonly saved: Saved
}
