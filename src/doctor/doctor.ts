// The doctor: profiles the suite once, tries what the profile speaks for on the files that it concerns, and says what pays.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import filenamify from 'filenamify'
import { toSlashes } from '../profile/paths.js'
import { count, duration } from '../report/views/figures.js'
import { sourceTexts } from '../resolve/source-texts.js'
import { type CandidateAnswer, type DoctorAnswer, VERDICTS } from './answer.js'
import { type Base, measureBase } from './base.js'
import { BatchTrial, runsOf } from './batch-trial.js'
import { batchesOf } from './batches.js'
import type { Candidate, DoctorFacts } from './candidate.js'
import { settings } from './candidates/settings.js'
import { candidatesOf } from './candidates.js'
import { type Confirmed, confirm } from './confirm.js'
import { Measuring } from './measuring.js'
import { type ProfiledSuite, profileSuite } from './profile-suite.js'
import { chooseCandidates } from './selected.js'
import { FEWEST_ROUNDS } from './statistics.js'
import { Interrupted, SuiteRunner } from './suite-runner.js'
import { type Tried, untried } from './tried.js'

export interface DoctorOptions {
  readonly cwd: string
  readonly jestArguments: readonly string[]
  /** Names of candidates, or of kinds of them; empty: all. */
  readonly only: readonly string[]
  /** `key=value` of Jest's config. */
  readonly settings: readonly string[]
  /** Milliseconds; undefined: the default. */
  readonly budgetMs: number | undefined
  readonly isDryRun: boolean
  /** Called with what is done next. */
  readonly announce: (text: string) => void
  /** Called with a function that ends the session early. */
  readonly onInterrupt: (interrupt: () => void) => void
}

export interface Examined {
  readonly answer: DoctorAnswer
  /** The run folder. */
  readonly directory: string
}

const MINUTE = 60_000
const DEFAULT_BUDGET_MS = 5 * MINUTE
/** Of the plain suite's wall time. */
const DEFAULT_RUNS = 20

/** Throws a UserError if the suite fails without any change, or an option is wrong. */
export async function examine(options: DoctorOptions): Promise<Examined> {
  const startedMs = performance.now()
  const { cwd, jestArguments, announce } = options
  const runner = new SuiteRunner({ cwd, jestArguments })
  let isInterrupted = false
  options.onInterrupt(() => {
    isInterrupted = true
    runner.interrupt()
  })
  announce('profiling the suite once')
  const suite = await profileSuite(runner, cwd)
  const base = await measureBase(runner, {
    suite,
    budgetMs: options.budgetMs ?? DEFAULT_BUDGET_MS,
    announce,
  })
  const budgetMs = options.budgetMs ?? Math.min(DEFAULT_BUDGET_MS, DEFAULT_RUNS * base.wallMs)
  const folder = join(suite.directory, 'doctor', 'set-up')
  try {
    const facts = factsOf(suite, base, folder)
    const candidates = chooseCandidates(
      [...settings(options.settings, facts), ...candidatesOf(facts)],
      options.only,
    )
    const measuring = new Measuring({ facts, runner, base })
    const endMs = startedMs + budgetMs
    if (!options.isDryRun)
      announce(
        `${count(candidates.length, 'change')} to try in at most ${duration(Math.max(0, endMs - performance.now()))} (--budget); Ctrl-C keeps what is known`,
      )
    const tried = options.isDryRun
      ? candidates.map(candidate => ({ candidate, answer: untried(candidate, null) }))
      : await tryAll(candidates, {
          facts,
          measuring,
          base,
          endMs,
          announce,
        })
    const gained = tried
      .filter(({ answer }) => answer.verdict === 'gain')
      .toSorted((a, b) => (b.answer.saved?.wallMs ?? 0) - (a.answer.saved?.wallMs ?? 0))
    if (gained.length > 0) announce('all gains together')
    const confirmed =
      gained.length === 0 || isInterrupted
        ? undefined
        : await uninterrupted(() => confirm(gained, { facts, measuring, base: base.results, untilMs: endMs }))
    const { run } = suite.report
    return {
      directory: suite.directory,
      answer: {
        schemaVersion: 1,
        runId: run.id,
        suite: run.suite,
        jestVersion: run.jestVersion,
        nodeVersion: run.nodeVersion,
        workers: run.workers,
        command: ['jest', ...jestArguments].join(' '),
        base: {
          wallMs: base.wallMs,
          cpuMs: base.cpuMs,
          peakBytes: base.peakBytes,
          rounds: base.rounds.length,
        },
        budgetMs,
        tookMs: performance.now() - startedMs,
        isInterrupted,
        candidates: verdicts(tried, confirmed),
        together: confirmed?.confirmation ?? null,
        flaky: base.flaky,
        notes: base.notes,
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function factsOf({ report, record }: ProfiledSuite, { results, files }: Base, folder: string): DoctorFacts {
  const readText = sourceTexts()
  return {
    report,
    record,
    globalConfig: results.globalConfig,
    configs: results.configs,
    files,
    readSource: path => readText(resolve(report.run.displayRoot, path)),
    writeSetUp(name, text) {
      mkdirSync(folder, { recursive: true })
      // Jest does not transform this extension by default.
      const path = join(folder, `${filenamify(name, { replacement: '-' })}.cjs`)
      writeFileSync(path, text)
      return toSlashes(path)
    },
  }
}

interface TryAllInput {
  readonly facts: DoctorFacts
  readonly measuring: Measuring
  readonly base: Base
  readonly endMs: number
  readonly announce: (text: string) => void
}

/**
 * The most promising first, each batch in its share of what is left beside the confirmation of all that pays; then more rounds for
 * what they left open.
 */
async function tryAll(candidates: readonly Candidate[], input: TryAllInput): Promise<Tried[]> {
  const { facts, measuring, base, endMs, announce } = input
  // The first run of all that gains may fail, and be repeated without some files.
  const untilMs = endMs - (runsOf([0], FEWEST_ROUNDS) + 1) * base.wallMs
  const steady = new Set(base.results.files.map(({ key }) => key))
  const batches = batchesOf(candidates, facts, steady)
  const trials: BatchTrial[] = []
  let left = candidates.length
  for (const [index, batch] of batches.entries()) {
    const leftMs = untilMs - performance.now()
    const members = batch.flat()
    const shareMs = (leftMs * members.length) / left
    const titles = members.map(({ candidate }) => candidate.title).join('; ')
    announce(`${index + 1} of ${batches.length}: ${titles}`)
    left -= members.length
    const context = { facts, measuring, base: base.results, candidates: candidates.length, shareMs }
    const trial = new BatchTrial(batch, context)
    trials.push(trial)
    await uninterrupted(() => trial.begin(leftMs, performance.now() + shareMs))
  }
  for (const trial of trials.toSorted((a, b) => b.likelyMs - a.likelyMs)) {
    if (!trial.isOpen || performance.now() > untilMs) continue
    announce('more rounds for what is undecided')
    await uninterrupted(() => trial.advance(untilMs))
  }
  return trials.flatMap(trial => trial.tried)
}

/** Undefined if the user ended it. */
async function uninterrupted<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof Interrupted) return undefined
    throw error
  }
}

/** Confirmed gains pay; those that pay come first, and then by what they save. */
function verdicts(tried: readonly Tried[], confirmed: Confirmed | undefined): CandidateAnswer[] {
  const isConfirmed = confirmed?.confirmation.isConfirmed === true
  const together = new Map(confirmed?.answers.map(answer => [answer.name, answer]))
  return tried
    .map(({ answer }): CandidateAnswer => {
      const own = together.get(answer.name)
      if (own !== undefined) return isConfirmed ? { ...own, verdict: 'pays' } : own
      const isOther = answer.verdict === 'gain' && confirmed !== undefined
      return isOther ? { ...answer, note: 'another change that excludes it saves more' } : answer
    })
    .toSorted(
      (a, b) =>
        VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
        (b.saved?.wallMs ?? b.mostMs) - (a.saved?.wallMs ?? a.mostMs),
    )
}
