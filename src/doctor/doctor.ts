// The doctor: profiles the suite once, tries what the profile speaks for on the files that it concerns, and says what pays.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import filenamify from 'filenamify'
import { toSlashes } from '../profile/paths.js'
import { count, duration } from '../report/views/figures.js'
import { sourceTexts } from '../resolve/source-texts.js'
import type { DoctorAnswer } from './answer.js'
import { type Base, measureBase } from './base.js'
import { tryAll } from './batches/try-all.js'
import type { DoctorFacts } from './candidate.js'
import { settings } from './candidates/settings.js'
import { candidatesOf } from './candidates.js'
import { confirm } from './confirm.js'
import { type ProfiledSuite, profileSuite } from './profile-suite.js'
import { Measuring } from './rounds/measuring.js'
import { SuiteRunner, uninterrupted } from './runs/suite-runner.js'
import { chooseCandidates } from './selected.js'
import { untried } from './tried.js'
import { verdicts } from './verdicts.js'

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
