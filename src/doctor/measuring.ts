// Rounds of the suite with and without changes, and what they say of each change.

import { mean, median, sum } from 'd3-array'
import type { Saved } from './answer.js'
import type { Base } from './base.js'
import { type DoctorFacts, wallOf } from './candidate.js'
import { type AppliedChange, trialOf } from './compose.js'
import { type Decision, decide, MeasuredSeries } from './statistics.js'
import type { MeasuredRun, SuiteRunner } from './suite-runner.js'
import type { TrialFile } from './trial/trial-spec.js'

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

/** The test files whose times count; null: the time of the whole command does. */
export type CountedFiles = {
  readonly keys: ReadonlySet<string>
  /** How many times the work of these files all files take that get the change. */
  readonly scale: number
} | null

/** A share of the plain suite's wall time. */
const LEAST_OF_SUITE = 0.005

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
    const series = (measure: TrialMeasure) => this.#seriesOf(name, figures, measure)
    const total = series('wall')
    const others = (['cpu', 'wallOfFiles', 'cpuOfFiles'] as const).map(series)
    const known = others.filter(({ rounds: amount }) => amount > 0)
    const saved = savedIn(rounds, counted, total)
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
    const [base, changed] = this.#base.rounds
    const keys = new Set(this.#facts.files.map(({ key }) => key))
    if (base !== undefined && changed !== undefined)
      for (const value of valuesOf([figuresOf({ base, changed }, { keys, scale: 1 })])) series.addSame(value)
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

/**
 * Logarithms of the changed side's time by that of the base, of one round; null if unknown. The mean over test files is not hidden by
 * the noise of a worker's first file, which loads what the others share.
 */
type RoundFigures = Readonly<Record<TrialMeasure, number | null>>

type TrialMeasure = 'wall' | 'cpu' | 'wallOfFiles' | 'cpuOfFiles'

type Read = (of: { readonly wallMs: number; readonly cpuMs: number | null }) => number | null

const WALL: Read = ({ wallMs }) => wallMs
const CPU: Read = ({ cpuMs }) => cpuMs

function figuresOf(round: Round, counted: CountedFiles): RoundFigures {
  const total = (read: Read) => logRatio(...totalsOf(round, counted, read))
  if (counted === null) return { wall: total(WALL), cpu: total(CPU), wallOfFiles: null, cpuOfFiles: null }
  const following = pairsOf(round, counted.keys).filter(isFollowing)
  const ofFiles = (read: Read) => {
    const ratios = following.map(({ base, changed }) => logRatio(read(base), read(changed)))
    return ratios.includes(null) ? null : (mean(ratios, ratio => ratio) ?? null)
  }
  return { wall: total(WALL), cpu: total(CPU), wallOfFiles: ofFiles(WALL), cpuOfFiles: ofFiles(CPU) }
}

interface FilePair {
  readonly base: TrialFile
  readonly changed: TrialFile
}

function pairsOf({ base, changed }: Round, keys: ReadonlySet<string>): FilePair[] {
  const others = new Map(changed.results?.files.map(file => [file.key, file]))
  return (base.results?.files ?? []).flatMap(file => {
    const other = keys.has(file.key) ? others.get(file.key) : undefined
    return other === undefined ? [] : [{ base: file, changed: other }]
  })
}

/** Whether the file was the first of its worker on neither side. */
function isFollowing({ base, changed }: FilePair): boolean {
  return !base.isFirst && !changed.isFirst
}

/**
 * Time of both sides. What is loaded once by a worker does not grow with the number of files: its first file counts once, if both sides
 * have the same one, and so does a file of a sample that differs far more than the others.
 */
function totalsOf(
  round: Round,
  counted: CountedFiles,
  read: Read,
): readonly [base: number | null, changed: number | null] {
  if (counted === null) return [read(round.base), read(round.changed)]
  const pairs = pairsOf(round, counted.keys)
  const following = pairs.filter(isFollowing)
  const alone = counted.scale > 1 ? following.filter(isApartFrom(following)) : []
  const once = [...pairs.filter(({ base, changed }) => base.isFirst && changed.isFirst), ...alone]
  const many = following.filter(pair => !alone.includes(pair))
  const sumOf = (side: keyof FilePair) => {
    const [ofMany, ofOnce] = [many, once].map(some => some.map(pair => read(pair[side]))) as [
      KnownTimes,
      KnownTimes,
    ]
    if ([...ofMany, ...ofOnce].includes(null)) return null
    return counted.scale * sum(ofMany, ms => ms ?? 0) + sum(ofOnce, ms => ms ?? 0)
  }
  return [sumOf('base'), sumOf('changed')]
}

type KnownTimes = (number | null)[]

/** How many times the median difference of a sample a file may differ, and milliseconds that are no difference. */
const MOST_APART = 4
const LEAST_APART_MS = 25

/** Whether both sides of a file differ far more than those of others. */
function isApartFrom(pairs: readonly FilePair[]): (pair: FilePair) => boolean {
  const differenceOf = ({ base, changed }: FilePair) => Math.abs(base.wallMs - changed.wallMs)
  const usual = Math.max(LEAST_APART_MS, median(pairs, differenceOf) ?? 0)
  return pair => differenceOf(pair) > MOST_APART * usual
}

/** Milliseconds below which clocks tell nothing. */
const LEAST_MS = 1

function logRatio(baseMs: number | null, changedMs: number | null): number | null {
  if (baseMs === null || changedMs === null) return null
  return Math.log(Math.max(LEAST_MS, changedMs) / Math.max(LEAST_MS, baseMs))
}

function savedIn(rounds: readonly Round[], counted: CountedFiles, total: MeasuredSeries): Saved {
  const { share, interval95, p } = total.estimate
  const walls = rounds.map(round => totalsOf(round, counted, WALL))
  const cpus = rounds.map(round => totalsOf(round, counted, CPU))
  const baseMs = median(walls, ([base]) => base) ?? 0
  const [low, high] = interval95
  return {
    wallMs: share * baseMs,
    interval95Ms: [low * baseMs, high * baseMs],
    p,
    cpuMs: medianDifference(cpus),
    peakBytes: medianDifference(rounds.map(({ base, changed }) => [base.peakBytes, changed.peakBytes])),
  }
}

/** Median of what the base took more; null if any is unknown. */
function medianDifference(
  pairs: readonly (readonly [base: number | null, changed: number | null])[],
): number | null {
  const differences = pairs.map(([base, changed]) =>
    base === null || changed === null ? null : base - changed,
  )
  return differences.includes(null) ? null : (median(differences, value => value) ?? null)
}
