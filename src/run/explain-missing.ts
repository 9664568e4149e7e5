// Which test files have no recording, or only a part of one, why, and what the user can do.

import { fileURLToPath } from 'node:url'
import type { Config, TestResult } from '@jest/reporters'
import { isIncluded } from '../collect/profiled-environment.js'
import type { RunLink } from '../collect/run-link.js'
import { packageOf } from '../collect/tool-packages.js'
import { docblockEnvironment } from '../jest/environment-module.js'
import { isJestRunner } from '../jest/packages.js'
import { saysWorkerDied } from '../jest/workers.js'
import { toSlashes } from '../profile/paths.js'
import { relativeTo } from '../report/relative-path.js'
import type { Missing } from '../report/report.js'
import { count } from '../report/views/figures.js'
import type { CollectedRecord } from './collector.js'

/** Collects during a run what explains the test files that are missing in it, and explains them at its end. */
export class MissingFiles {
  readonly #ended: { file: CollectedRecord; context: MissingContext }[] = []
  readonly #failures: Missing[] = []

  /** A file that has ended, and may be missing: its recording may still be ended late. */
  add(file: CollectedRecord, context: MissingContext): void {
    this.#ended.push({ file, context })
  }

  /** A file that could not be taken in. */
  addFailure(file: string, error: unknown): void {
    const reason = `the recording could not be read: ${error instanceof Error ? error.message : error}`
    this.#failures.push({ file, reason, remedy: 'Please report it, with this line.' })
  }

  /** `end`: undefined while the run is going on, when it is unknown which files will not run. */
  explain(end: EarlyEnd | undefined): Missing[] {
    const explained = this.#ended.flatMap(({ file, context }) => explainMissing(file, context) ?? [])
    return [...this.#failures, ...explained, ...(end === undefined ? [] : explainEarlyEnd(end))]
  }
}

/** Undefined when the file was recorded to its end. */
export function explainMissing(file: CollectedRecord, context: MissingContext): Missing | undefined {
  const explanation = explain(file, context)
  return explanation === undefined ? undefined : { file: file.record.path, ...explanation }
}

function explain(
  { record, attempts, problem, unsaved }: CollectedRecord,
  context: MissingContext,
): Explanation | undefined {
  if (unsaved !== undefined) {
    return {
      reason: `the recording is in this report, but could not be saved: ${unsaved}`,
      remedy: 'Free disk space: show, export and diff will not include this file.',
    }
  }
  const end = record.recording?.header.end
  if (end === 'teardown') {
    const hasTestEvents = record.recording?.tests.length !== 0 || record.results.length === 0
    return hasTestEvents ? undefined : NO_TEST_EVENTS
  }
  if (problem !== undefined && SYSTEM_ERROR.test(problem)) {
    return {
      reason: `the recording could not be written: ${problem}`,
      remedy: 'Free disk space, and make the output folder writable.',
    }
  }
  if (problem !== undefined) {
    return {
      reason: `the profiler failed: ${problem}`,
      remedy: 'Please report it, with this line and the test file.',
    }
  }
  if (end === 'process exit') {
    const times = attempts > 1 ? ` in each of ${attempts} attempts; the last one is shown` : ''
    return {
      reason: `the process exited before the file had finished${times}`,
      remedy: 'Look for process.exit in the test or in the code under test.',
    }
  }
  if (end !== undefined) {
    return {
      reason: 'the environment or a set-up file threw, so the recording ends there',
      remedy: "See Jest's message for this file.",
    }
  }
  return explainUnrecorded(record.path, context)
}

/** A run that Jest ended early, by `--bail` or because the process exited in band. */
export interface EarlyEnd {
  /** Files that had begun, and for which Jest will report no outcome. */
  readonly unfinished: readonly string[]
  /** Number of files that never began. */
  readonly neverRun: number
  readonly bail: boolean
}

export function explainEarlyEnd({ unfinished, neverRun, bail }: EarlyEnd): Missing[] {
  const remedy = bail
    ? 'Run without --bail to record them all.'
    : 'Look for process.exit in a test, unless you stopped the run yourself.'
  const withoutResult = unfinished.map(file => ({
    file,
    reason: 'Jest ended before it reported the result of this file',
    remedy,
  }))
  if (neverRun === 0) return withoutResult
  const reason = `${count(neverRun, 'test file')} did not run, because Jest ended first`
  return [...withoutResult, { file: '', reason, remedy }]
}

const NO_TEST_EVENTS: Explanation = {
  reason: 'the test runner sends no events to the environment, so only the file as a whole is profiled',
  remedy: "Use Jest's default testRunner, jest-circus, to see single tests.",
}

/** How Node words an error of the system: `ENOSPC: no space left on device, write`. */
const SYSTEM_ERROR = /^E[A-Z0-9]+: /

/** As `withProfiler` names it. */
const OWN_ENVIRONMENT = fileURLToPath(new URL('../environment.js', import.meta.url))

export type Explanation = Omit<Missing, 'file'>

/** What Jest knew of the file: of its result only what is needed here. */
export interface MissingContext {
  readonly config: Pick<Config.ProjectConfig, 'displayName' | 'rootDir' | 'runner' | 'testEnvironment'>
  readonly testExecError: TestResult['testExecError']
  readonly link: Pick<RunLink, 'include' | 'displayRoot'>
  /** Whether the output folder was removed while tests ran, or before. */
  readonly folderRemoved: boolean
  /** Whether this is a run of `npx jest-profiler`, which works with any config and any docblock. */
  readonly launched: boolean
}

export function explainUnrecorded(path: string, context: MissingContext): Explanation {
  const { config, testExecError, link, launched, folderRemoved } = context
  if (!isIncluded(link, path)) {
    return { reason: 'excluded by the option "include"', remedy: 'Widen "include" to record it.' }
  }
  if (!isJestRunner(config.runner)) {
    return {
      reason: `the runner ${nameOf(config.runner, link)} does not use test environments as Jest's own does`,
      remedy: 'If it runs tests, profile this project with the default runner; a linter has none to profile.',
    }
  }
  const died = testExecError?.message
  if (died !== undefined && saysWorkerDied(died)) {
    const [line = ''] = died.trim().split('\n')
    return {
      reason: `the worker died: ${line.trim()}`,
      remedy: 'Fix the crash; what it recorded is lost.',
    }
  }
  if (folderRemoved) {
    return {
      reason: 'the output folder was removed while it ran',
      remedy: 'Look for what removes it, such as a test that clears its folder.',
    }
  }
  const docblock = docblockEnvironment(path, config)
  return launched ? explainLaunched(context, docblock) : explainSetUp(context, docblock)
}

function explainLaunched(
  { config, testExecError, link }: MissingContext,
  docblock: string | undefined,
): Explanation {
  if (testExecError !== undefined) {
    return {
      reason: 'Jest failed before it had built the test environment',
      remedy: "See Jest's message for this file.",
    }
  }
  return {
    reason: `the environment ${docblock ?? nameOf(config.testEnvironment, link)} left no recording`,
    remedy: WRAP_CLASS,
  }
}

function explainSetUp({ config, link }: MissingContext, docblock: string | undefined): Explanation {
  if (docblock !== undefined && !docblock.startsWith('jest-profiler/')) {
    const ours =
      docblock === 'node' || docblock === 'jsdom' ? `jest-profiler/${docblock}` : 'jest-profiler/environment'
    const remedy = ours.endsWith('/environment')
      ? `Use @jest-environment ${ours} and @jest-environment-options {"profiler": {"environment": ${JSON.stringify(docblock)}}}.`
      : `Use @jest-environment ${ours} instead.`
    return { reason: `the docblock chooses the environment "${docblock}"`, remedy }
  }
  if (config.testEnvironment === OWN_ENVIRONMENT)
    return { reason: 'the recording could not be written', remedy: SEE_ABOVE }
  const project =
    config.displayName === undefined ? 'the project' : `the project "${config.displayName.name}"`
  return {
    reason: `${project} uses the environment ${nameOf(config.testEnvironment, link)}, which left no recording`,
    remedy: /\.[cm]?tsx?$/.test(config.testEnvironment)
      ? WRAP_CLASS
      : 'Wrap the config with withProfiler(config); instead of --env=jsdom, use --env=jest-profiler/jsdom.',
  }
}

/** The name of a module's package, or its path relative to the project. */
function nameOf(module: string, { displayRoot }: Pick<RunLink, 'displayRoot'>): string {
  const path = toSlashes(module)
  return packageOf(path) ?? relativeTo(toSlashes(displayRoot))(path)
}

const SEE_ABOVE = 'A line above may say why, such as a full disk.'
const WRAP_CLASS =
  "Wrap it where it is defined: export default withProfiling(MyEnvironment), from 'jest-profiler'."
