// The doctor: profiles the suite once, tries what the profile speaks for on the files that it concerns, and says what pays.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import filenamify from 'filenamify'
import { toSlashes } from '../profile/paths.js'
import { duration } from '../report/views/figures.js'
import { sourceTexts } from '../resolve/source-texts.js'
import type { CandidateAnswer, DoctorAnswer } from './answer.js'
import { measureBase } from './base.js'
import type { Candidate, DoctorFacts } from './candidate.js'
import { settings } from './candidates/settings.js'
import { candidatesOf } from './candidates.js'
import { confirm, type Winner } from './confirm.js'
import { Measuring } from './measuring.js'
import { type ProfiledSuite, profileSuite } from './profile-suite.js'
import { chooseCandidates } from './selected.js'
import { FEWEST_ROUNDS } from './statistics.js'
import { Interrupted, SuiteRunner } from './suite-runner.js'
import { tryCandidate, untried } from './try-candidate.js'

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
  const suite = await profileSuite(runner, { cwd, jestArguments })
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
    const measuring = new Measuring({ facts, runner, baseMs: base.wallMs, only: base.only })
    const endMs = base.startedMs + budgetMs
    if (!options.isDryRun)
      announce(
        `${candidates.length} changes to try in at most ${duration(Math.max(0, endMs - performance.now()))} (--budget); Ctrl-C keeps what is known`,
      )
    const tried = options.isDryRun
      ? candidates.map(candidate => ({ candidate, answer: untried(candidate, null) }))
      : await tryAll(candidates, {
          facts,
          measuring,
          base,
          endMs,
          announce,
          isInterrupted: () => isInterrupted,
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
        base: { wallMs: base.wallMs, cpuMs: base.cpuMs, peakBytes: base.peakBytes, rounds: base.rounds },
        budgetMs,
        tookMs: performance.now() - startedMs,
        isInterrupted,
        candidates: verdicts(tried, { confirmed: confirmed?.confirmation.isConfirmed === true, gained }),
        together: confirmed?.confirmation ?? null,
        flaky: base.flaky,
        notes: base.notes,
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Base = Awaited<ReturnType<typeof measureBase>>

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
  readonly isInterrupted: () => boolean
}

/** The most promising first, each in its share of what is left beside the confirmation of all that pays. */
async function tryAll(candidates: readonly Candidate[], input: TryAllInput): Promise<Winner[]> {
  const { facts, measuring, base, endMs, announce } = input
  const tried: Winner[] = []
  const reserveMs = (2 * FEWEST_ROUNDS + 1) * base.wallMs
  for (const [index, candidate] of candidates.entries()) {
    const leftMs = endMs - performance.now() - reserveMs
    announce(`${index + 1} of ${candidates.length}: ${candidate.title}`)
    const context = {
      facts,
      measuring,
      base: base.results,
      candidates: candidates.length,
      leftMs,
      shareMs: leftMs / (candidates.length - index),
    }
    const answer = input.isInterrupted()
      ? undefined
      : await uninterrupted(() => tryCandidate(candidate, context))
    tried.push({ candidate, answer: answer ?? untried(candidate, 'interrupted') })
  }
  return tried
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

const ORDER = ['pays', 'gain', 'no gain', 'undecided', 'forbidden', 'not tried']

function verdicts(
  tried: readonly Winner[],
  { confirmed, gained }: { confirmed: boolean; gained: readonly Winner[] },
): CandidateAnswer[] {
  return tried
    .map(winner =>
      confirmed && gained.includes(winner) ? { ...winner.answer, verdict: 'pays' as const } : winner.answer,
    )
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) ||
        (b.saved?.wallMs ?? b.mostMs) - (a.saved?.wallMs ?? a.mostMs),
    )
}
