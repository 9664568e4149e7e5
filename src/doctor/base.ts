// The plain suite, without a profiler: how long it takes, what its results are, and which of them are others than in the profiled run,
// by chance.

import { availableParallelism, loadavg } from 'node:os'
import { UserError } from '../errors/user-error.js'
import { isJestRunner } from '../jest/packages.js'
import { fileKey, toSlashes } from '../profile/paths.js'
import { count, duration, percent } from '../report/views/figures.js'
import type { DoctorAnswer } from './answer.js'
import { sampleOf } from './batches/sample.js'
import type { SuiteFile } from './candidate.js'
import type { ProfiledSuite } from './profile-suite.js'
import { BY_CHANCE, changedResults, failures } from './runs/results.js'
import { LONGEST_MS, type MeasuredRun, type SuiteRunner, UNCHANGED } from './runs/suite-runner.js'
import type { TrialResults } from './trial/trial-spec.js'

export interface Base {
  /** Of the files of the session. */
  readonly results: TrialResults
  readonly files: readonly SuiteFile[]
  /** `fileKey` of the files of the session; null: all of the suite. */
  readonly only: readonly string[] | null
  readonly wallMs: number
  readonly cpuMs: number | null
  readonly peakBytes: number | null
  readonly flaky: DoctorAnswer['flaky']
  readonly notes: readonly string[]
}

interface BaseInput {
  readonly suite: ProfiledSuite
  readonly budgetMs: number
  readonly announce: (text: string) => void
}

/** Runs of all files of a session that a budget must allow. */
const LEAST_RUNS = 14

/** Throws a UserError if tests fail without any change, with their names. */
export async function measureBase(
  runner: SuiteRunner,
  { suite, budgetMs, announce }: BaseInput,
): Promise<Base> {
  const chosen = filesOfSession(suite, budgetMs)
  announce('the plain suite')
  const plain = await runner.run({ ...UNCHANGED, only: chosen.only }, LONGEST_MS)
  const first = resultsOf(plain)
  const files = suiteFiles(suite, first)
  const pathOf = new Map(files.map(({ key, path }) => [key, path]))
  const ran = new Set(first.files.map(({ key }) => key))
  const flaky = changedResults(resultsOf(suite), first, ran, BY_CHANCE)
  const isFlaky = new Set(flaky.map(({ key }) => key))
  const failed = failures(first).filter(({ key }) => !isFlaky.has(key))
  if (failed.length > 0)
    throw new FailingSuite(
      failed.map(
        ({ key, tests }) => `${pathOf.get(key) ?? key}${tests.length === 0 ? '' : ` › ${tests[0]}`}`,
      ),
    )
  const steady = files.filter(({ key }) => !isFlaky.has(key))
  const foreign = steady.filter(({ config }) => !isJestRunner(config.runner))
  return {
    results: { ...first, files: first.files.filter(({ key }) => !isFlaky.has(key)) },
    files: steady,
    only: isFlaky.size > 0 || chosen.only !== null ? steady.map(({ key }) => key) : null,
    wallMs: plain.wallMs,
    cpuMs: plain.cpuMs,
    peakBytes: plain.peakBytes,
    flaky: flaky.map(({ key, reason }) => {
      return { file: pathOf.get(key) ?? key, reason }
    }),
    notes: [
      ...chosen.notes,
      ...(foreign.length === 0
        ? []
        : [
            `${count(foreign.length, 'test file')} run in another runner than Jest's: changes of a part of the files may have no effect there.`,
          ]),
      ...busyNote(),
      'A test that asserts nothing passes everywhere: look at what a change is about before you keep it.',
    ],
  }
}

/** Throws a UserError if a run has none, because Jest did not get that far. */
function resultsOf({ results, output }: Pick<MeasuredRun, 'results' | 'output'>): TrialResults {
  if (results !== undefined) return results
  throw new UserError([
    'jest-profiler: doctor: Jest ended without results. It wrote:',
    ...output.trim().split('\n'),
  ])
}

/** Tests fail without any change: an answer of its own, with exit code 1. */
export class FailingSuite extends Error {
  readonly failed: readonly string[]

  constructor(failed: readonly string[]) {
    super(
      `jest-profiler: doctor: ${count(failed.length, 'test file')} ${failed.length === 1 ? 'fails' : 'fail'} without any change: ${failed.slice(0, 3).join(', ')}. ` +
        'Repair them, or leave them out: `npx jest-profiler doctor -- --testPathIgnorePatterns <pattern>`.',
    )
    this.failed = failed
  }
}

/** All files, or a sample of them if the suite is too long for the budget. */
function filesOfSession(
  { report }: ProfiledSuite,
  budgetMs: number,
): { only: string[] | null; notes: string[] } {
  const wallMs = report.command?.wallMs ?? report.totals.wallMs
  if (wallMs * LEAST_RUNS <= budgetMs) return { only: null, notes: [] }
  const root = toSlashes(report.run.displayRoot)
  const files = report.files.map(file => {
    return { key: fileKey({ project: file.projectId, file: `${root}/${file.path}` }), report: file }
  })
  const all = files.reduce((ms, file) => ms + file.report.wallMs, 0)
  const sample = sampleOf(files, (all * budgetMs) / (wallMs * LEAST_RUNS))
  if (sample.length === files.length) return { only: null, notes: [] }
  const share = percent(
    sample.reduce((ms, file) => ms + file.report.wallMs, 0),
    all,
  )
  return {
    only: sample.map(({ key }) => key),
    notes: [
      `The suite takes ${duration(wallMs)}, too long for this budget: all figures are of ${sample.length} of its ${count(files.length, 'test file')}, of all lengths (${share} of their time). A higher --budget takes more.`,
    ],
  }
}

function suiteFiles({ report }: ProfiledSuite, { configs, files }: TrialResults): SuiteFile[] {
  const root = toSlashes(report.run.displayRoot)
  const ran = new Set(files.map(({ key }) => key))
  return report.files.flatMap(file => {
    const absolute = `${root}/${file.path}`
    const key = fileKey({ project: file.projectId, file: absolute })
    const config = configs.find(({ id }) => id === file.projectId)
    return config === undefined || !ran.has(key)
      ? []
      : [{ key, path: file.path, file: absolute, config, report: file }]
  })
}

/** Processes that could run, above the number of cores: others disturb the measurements. */
function busyNote(): string[] {
  const [load = 0] = loadavg()
  return load > 2 * availableParallelism()
    ? [`The machine is busy (load ${load.toFixed(1)}): differences need more rounds to be seen.`]
    : []
}
