// Which test files have no recording or only a part of one, why, and what the user can do.

import type { Config } from '@jest/reporters'
import { isIncluded } from '../collect/profiled-environment.js'
import type { RunLink } from '../collect/run-link.js'
import { packageOf } from '../collect/tool-packages.js'
import { docblockEnvironment } from '../jest/environment-module.js'
import { isJestRunner } from '../jest/packages.js'
import { saysWorkerDied } from '../jest/workers.js'
import { ownFile } from '../own-files.js'
import { toSlashes } from '../profile/paths.js'
import { relativeTo } from '../report/relative-path.js'
import type { Missing } from '../report/report.js'
import { count } from '../report/views/figures.js'
import { MORE_MEMORY } from '../running/noted-heap.js'
import type { CollectedRecord } from './collector.js'

/** Collects what may explain missing test files during a run, and explains them at its end. */
export class MissingFiles {
  readonly #ended: { file: CollectedRecord; context: MissingContext }[] = []
  readonly #failures: Missing[] = []

  /** Adds a file that has ended. Whether it is missing is known at the end, because recordings may end late. */
  add(file: CollectedRecord, context: MissingContext): void {
    this.#ended.push({ file, context })
  }

  /** Adds a file whose recording could not be read. */
  addFailure(file: string, error: unknown): void {
    const reason = `the recording could not be read: ${error instanceof Error ? error.message : error}`
    this.#failures.push({ file, reason, remedy: 'Please report it, with this line.' })
  }

  /** `end`: undefined during the run, when it is unknown which files will not run. */
  explain(end: EarlyEnd | undefined): Missing[] {
    const explained = this.#ended.flatMap(({ file, context }) => explainMissing(file, context) ?? [])
    return [...this.#failures, ...explained, ...(end === undefined ? [] : explainEarlyEnd(end))]
  }
}

/** Returns undefined if the file was recorded to its end. */
export function explainMissing(file: CollectedRecord, context: MissingContext): Missing | undefined {
  const explanation = explain(file, context)
  return explanation === undefined ? undefined : { file: file.record.path, ...explanation }
}

function explain(
  { record, attempts, problem, unsaved }: CollectedRecord,
  context: MissingContext,
): Explanation | undefined {
  if (unsaved !== undefined)
    return explanation(
      `the recording is in this report, but could not be saved: ${unsaved}`,
      'Free disk space: show, export and diff will not include this file.',
    )
  const end = record.recording?.header.end
  if (end === 'teardown') {
    const hasTestEvents = record.recording?.tests.length !== 0 || record.results.length === 0
    if (hasTestEvents) return undefined
    return explanation(
      'the test runner sends no events to the environment, so only the file as a whole is profiled',
      "Use Jest's default testRunner, jest-circus, to see single tests.",
    )
  }
  if (problem !== undefined && SYSTEM_ERROR.test(problem))
    return explanation(
      `the recording could not be written: ${problem}`,
      'Free disk space, and make the output folder writable.',
    )
  if (problem !== undefined)
    return explanation(
      `the profiler failed: ${problem}`,
      'Please report it, with this line and the test file.',
    )
  if (end === 'process exit') {
    const times = attempts > 1 ? ` in each of ${attempts} attempts; the last one is shown` : ''
    return {
      reason: `the process exited before the file had finished${times}`,
      remedy: 'Look for process.exit in the test or in the code under test.',
    }
  }
  if (end !== undefined)
    return explanation(
      'the environment or a set-up file threw, so the recording ends there',
      "See Jest's message for this file.",
    )
  return explainUnrecorded(record.path, context)
}

/** A run that ended early, with `--bail` or because the process exited in band. */
export interface EarlyEnd {
  /** Files that began, but whose outcome Jest will not report. */
  readonly unfinished: readonly string[]
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

/** Node's wording of system errors: `ENOSPC: no space left on device, write`. */
const SYSTEM_ERROR = /^E[A-Z0-9]+: /

const OWN_ENVIRONMENT = ownFile('environment.js')

type Explanation = Omit<Missing, 'file'>

function explanation(reason: string, remedy: string): Explanation {
  return { reason, remedy }
}

/** What Jest knew of the file. */
export interface MissingContext {
  readonly config: Pick<Config.ProjectConfig, 'displayName' | 'rootDir' | 'runner' | 'testEnvironment'>
  /** Only the message, because in band the error itself would keep the file's sandbox in memory. Undefined: the file was loaded. */
  readonly loadingError: string | undefined
  /** What its process did last, such as `test “adds”`; undefined: unknown. */
  readonly lastActivity: string | undefined
  /** How full its heap was, and what had allocated most; undefined: it was not near its limit, or that is unknown. */
  readonly lastHeap: string | undefined
  readonly link: Pick<RunLink, 'include' | 'displayRoot' | 'memory'>
  /** Whether the output folder was removed while tests ran, or before. */
  readonly folderRemoved: boolean
  /** Whether this is a run of `npx jest-profiler`, which works with any config and any docblock. */
  readonly launched: boolean
}

function explainUnrecorded(path: string, context: MissingContext): Explanation {
  const { config, loadingError, link, launched, folderRemoved } = context
  if (!isIncluded(link, path))
    return explanation('excluded by the option "include"', 'Widen "include" to record it.')
  if (!isJestRunner(config.runner))
    return explanation(
      `the runner ${nameOf(config.runner, link)} does not use test environments as Jest's own does`,
      'If it runs tests, profile this project with the default runner; a linter has none to profile.',
    )
  if (loadingError !== undefined && saysWorkerDied(loadingError)) return explainDeath(loadingError, context)
  if (folderRemoved)
    return explanation(
      'the output folder was removed while it ran',
      'Look for what removes it, such as a test that clears its folder.',
    )
  const docblock = docblockEnvironment(path, config)
  return launched ? explainLaunched(context, docblock) : explainSetUp(context, docblock)
}

function explainDeath(message: string, { lastActivity, lastHeap, link }: MissingContext): Explanation {
  const [first = ''] = message.trim().split('\n', 1)
  const where = lastActivity === undefined ? '' : ` in ${lastActivity}`
  const heap = lastHeap === undefined ? '' : `; last seen with ${lastHeap}`
  const reason = `the worker died${where}: ${first.trim().replace(/[.!]+$/, '')}${heap}`
  if (!/out of memory/.test(message) && lastHeap === undefined)
    return explanation(reason, 'Fix the crash; what it recorded is lost.')
  const why = link.memory
    ? 'Keep less in memory there.'
    : '`--memory` names the line, what allocated most, and what earlier test files left in the worker.'
  return explanation(reason, `What it recorded is lost. ${why} ${MORE_MEMORY}`)
}

function explainLaunched(
  { config, loadingError, link }: MissingContext,
  docblock: string | undefined,
): Explanation {
  if (loadingError !== undefined)
    return explanation(
      'Jest failed before it had built the test environment',
      "See Jest's message for this file.",
    )
  const environment = docblock ?? nameOf(config.testEnvironment, link)
  return explanation(`the environment ${environment} left no recording`, WRAP_CLASS)
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
    return explanation('the recording could not be written', 'A line above may say why, such as a full disk.')
  const project =
    config.displayName === undefined ? 'the project' : `the project "${config.displayName.name}"`
  return {
    reason: `${project} uses the environment ${nameOf(config.testEnvironment, link)}, which left no recording`,
    remedy: /\.[cm]?tsx?$/.test(config.testEnvironment)
      ? WRAP_CLASS
      : 'Wrap the config with withProfiler(config); instead of --env=jsdom, use --env=jest-profiler/jsdom.',
  }
}

/** Returns the name of a module's package, or its path relative to the project. */
function nameOf(module: string, { displayRoot }: Pick<RunLink, 'displayRoot'>): string {
  const path = toSlashes(module)
  return packageOf(path) ?? relativeTo(toSlashes(displayRoot))(path)
}

const WRAP_CLASS =
  "Wrap it where it is defined: export default withProfiling(MyEnvironment), from 'jest-profiler'."
