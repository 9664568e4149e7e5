// Tries one candidate: which test files pass with it, and what these save.

import type { CandidateAnswer, Saved } from './answer.js'
import type { Candidate, DoctorFacts, SuiteFile } from './candidate.js'
import type { Comparing, Measuring, Rounds } from './measuring.js'
import { type ChangedResult, changedResults } from './results.js'
import { sampleOf } from './sample.js'
import { FEWEST_ROUNDS, MOST_ROUNDS } from './statistics.js'
import type { MeasuredRun } from './suite-runner.js'
import type { TrialResults } from './trial/trial-spec.js'

export interface TrialContext {
  readonly facts: DoctorFacts
  readonly measuring: Measuring
  /** Results of the plain suite: of the files that have the same ones each time. */
  readonly base: TrialResults
  /** How many candidates there are. */
  readonly candidates: number
  /** Milliseconds for this one. */
  readonly shareMs: number
  /** Milliseconds that are left for all of them. */
  readonly leftMs: number
}

/** The first run fills caches and tells which files pass. */
export const FEWEST_RUNS = 2 * FEWEST_ROUNDS + 1
/** Runs of a candidate whose gain is neither large nor none. */
const TYPICAL_RUNS = 9
/** A sample runs at least this long, so that its difference is not lost in the start of Jest. */
const LEAST_RUN_MS = 3000

/** A candidate with what is known of it. */
export interface Tried {
  readonly candidate: Candidate
  readonly answer: CandidateAnswer
  /** Adds rounds until they decide, or until a time of `performance.now()`. Undefined where none are left to add. */
  readonly goOn?: (untilMs: number) => Promise<Tried>
}

export async function tryCandidate(candidate: Candidate, context: TrialContext): Promise<Tried> {
  const { facts, measuring, base, leftMs } = context
  const steady = new Set(base.files.map(({ key }) => key))
  const meant = new Set(candidate.files)
  const concerned = facts.files.filter(({ key }) => steady.has(key) && meant.has(key))
  const sample = chosenFiles(candidate, concerned, context)
  const keys = sample.map(({ key }) => key)
  const expectedMs = FEWEST_RUNS * measuring.expectedMs(keys)
  if (expectedMs > leftMs) return { candidate, answer: untried(candidate, noTime(expectedMs, leftMs)) }
  const startedMs = performance.now()
  const changed = (files: readonly SuiteFile[]) => {
    return { change: candidate.change, files: new Set(files.map(({ key }) => key)) }
  }
  const only = sample.length === facts.files.length ? null : keys
  const first = await measuring.run({ changes: [changed(concerned)], only })
  const failed = failuresIn(first, { base, keys })
  const forbiddenBy = namedFiles(failed, facts)
  const isForbidden = new Set(failed.map(({ key }) => key))
  const passing = sample.filter(({ key }) => !isForbidden.has(key))
  if (passing.length === 0 || (candidate.scope !== 'files' && failed.length > 0))
    return { candidate, answer: { ...untried(candidate, null), verdict: 'forbidden', forbiddenBy } }
  const files = concerned.filter(({ key }) => !isForbidden.has(key))
  const comparing: Comparing = {
    changes: [changed(files)],
    only: failed.length === 0 ? only : passing.map(({ key }) => key),
  }
  const goOn = async (untilMs: number): Promise<Tried> => {
    const rounds = await measuring.rounds(comparing, { candidates: context.candidates, untilMs })
    const answer = answerOf(candidate, {
      rounds,
      files,
      passing,
      forbiddenBy,
      isAll: files.length === facts.files.length,
    })
    return rounds.decision === 'open' && rounds.count < MOST_ROUNDS
      ? { candidate, answer, goOn }
      : { candidate, answer }
  }
  return goOn(startedMs + Math.min(leftMs, Math.max(context.shareMs, expectedMs)))
}

interface Outcome {
  readonly rounds: Rounds
  readonly files: readonly SuiteFile[]
  readonly passing: readonly SuiteFile[]
  readonly forbiddenBy: CandidateAnswer['forbiddenBy']
  readonly isAll: boolean
}

function answerOf(
  candidate: Candidate,
  { rounds, files, passing, forbiddenBy, isAll }: Outcome,
): CandidateAnswer {
  const { decision, count, saved } = rounds
  const paths = files.map(({ path }) => path).toSorted()
  return {
    ...untried(candidate, sampleNote(passing, files)),
    verdict: decision === 'open' ? 'undecided' : decision,
    // What passes before or between test files does not grow with their number.
    saved: candidate.scope === 'files' ? scaled(saved, weight(files) / Math.max(1, weight(passing))) : saved,
    rounds: count,
    files: paths,
    measuredFiles: passing.length,
    forbiddenBy,
    patch: decision === 'gain' ? candidate.patch(paths, isAll) : null,
  }
}

export function namedFiles(
  changed: readonly ChangedResult[],
  { files }: Pick<DoctorFacts, 'files'>,
): CandidateAnswer['forbiddenBy'] {
  const pathOf = new Map(files.map(({ key, path }) => [key, path]))
  return changed.map(({ key, reason }) => {
    return { file: pathOf.get(key) ?? key, reason }
  })
}

export function untried(candidate: Candidate, note: string | null): CandidateAnswer {
  const { name, title, reason, mostMs } = candidate
  return {
    name,
    title,
    reason,
    mostMs,
    verdict: 'not tried',
    saved: null,
    rounds: 0,
    files: [],
    measuredFiles: 0,
    forbiddenBy: [],
    patch: null,
    note,
  }
}

function chosenFiles(
  { scope }: Candidate,
  concerned: readonly SuiteFile[],
  { facts, shareMs }: TrialContext,
): readonly SuiteFile[] {
  if (scope === 'suite') return concerned
  const runMs = Math.max(LEAST_RUN_MS, shareMs / TYPICAL_RUNS)
  return sampleOf(concerned, runMs * facts.report.schedule.workers.length)
}

function failuresIn(
  run: MeasuredRun,
  { base, keys }: { base: TrialResults; keys: readonly string[] },
): ChangedResult[] {
  if (run.results !== undefined) return changedResults(base, run.results, new Set(keys))
  const lines = run.output.trim().split('\n')
  const reason = `Jest ended without results: ${lines.findLast(line => line.trim() !== '') ?? 'it took too long'}`
  return keys.map(key => {
    return { key, reason }
  })
}

function weight(files: readonly SuiteFile[]): number {
  return files.reduce((ms, { report }) => ms + report.wallMs, 0)
}

function scaled({ wallMs, interval95Ms: [low, high], cpuMs, ...rest }: Saved, factor: number): Saved {
  return {
    ...rest,
    wallMs: wallMs * factor,
    interval95Ms: [low * factor, high * factor],
    cpuMs: cpuMs === null ? null : cpuMs * factor,
  }
}

function sampleNote(measured: readonly SuiteFile[], files: readonly SuiteFile[]): string | null {
  return measured.length === files.length
    ? null
    : `measured on ${measured.length} of ${files.length} files, of all lengths`
}

function noTime(neededMs: number, leftMs: number): string {
  const seconds = (ms: number) => Math.ceil(Math.max(0, ms) / 1000)
  return `needs ${seconds(neededMs)} s, ${seconds(leftMs)} s were left: a higher --budget tries it, or --only`
}
