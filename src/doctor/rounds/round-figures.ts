// What one round says: the times of both sides, of the whole command or of the test files that count.

import { mean, median, sum } from 'd3-array'
import type { Saved } from '../answer.js'
import type { MeasuredRun } from '../runs/suite-runner.js'
import type { TrialFile } from '../trial/trial-spec.js'
import type { Estimate } from './statistics.js'

export interface Round {
  readonly base: MeasuredRun
  readonly changed: MeasuredRun
}

/** The test files whose times count; null: the time of the whole command does. */
export type CountedFiles = {
  readonly keys: ReadonlySet<string>
  /** How many times the work of these files all files take that get the change. */
  readonly scale: number
} | null

/**
 * Logarithms of the changed side's time by that of the base, of one round; null if unknown. The mean over test files is not hidden by
 * the noise of a worker's first file, which loads what the others share.
 */
export type RoundFigures = Readonly<Record<TrialMeasure, number | null>>

export type TrialMeasure = 'wall' | 'cpu' | 'wallOfFiles' | 'cpuOfFiles'

type Read = (of: { readonly wallMs: number; readonly cpuMs: number | null }) => number | null

const WALL: Read = ({ wallMs }) => wallMs
const CPU: Read = ({ cpuMs }) => cpuMs

export function figuresOf(round: Round, counted: CountedFiles): RoundFigures {
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

/** What the change saves, by the estimated share of the base's wall time. */
export function savedIn(
  rounds: readonly Round[],
  counted: CountedFiles,
  { share, interval95, p }: Estimate,
): Saved {
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
