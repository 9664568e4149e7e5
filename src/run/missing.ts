// Why a test file has no recording, or not all of one, and what the user can do.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Config, TestResult } from '@jest/reporters'
import { isIncluded } from '../collect/profiled-environment.js'
import type { RunLink } from '../collect/run-link.js'
import { packageOf } from '../collect/tool-packages.js'
import { requireJest } from '../jest/packages.js'
import { toSlashes } from '../profile/paths.js'
import { relativeTo } from '../report/relative-path.js'
import type { Missing } from '../report/report.js'
import type { CollectedRecord } from './collector.js'

/** As `withProfiler` names it. */
const OWN_ENVIRONMENT = fileURLToPath(new URL('../environment.js', import.meta.url))

type Explanation = Omit<Missing, 'file'>

/** What Jest knew of the file: no more of its result is kept than is needed here. */
export interface MissingContext {
  readonly config: Pick<Config.ProjectConfig, 'displayName' | 'rootDir' | 'runner' | 'testEnvironment'>
  readonly testExecError: TestResult['testExecError']
  readonly link: Pick<RunLink, 'include' | 'displayRoot'>
  /** Whether the output folder was removed while tests ran, or before. */
  readonly folderRemoved: boolean
  /** Whether this is a run of `npx jest-profiler`, to which no config and no docblock is an obstacle. */
  readonly launched: boolean
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
      reason: `the recording is in this report, and could not be kept: ${unsaved}`,
      remedy: 'Make room for it: `npx jest-profiler show` and all else that reads runs lacks this file.',
    }
  }
  const end = record.recording?.header.end
  if (end === 'teardown') return noTestEvents(record.recording?.tests.length ?? 0, record.results.length)
  if (problem !== undefined && SYSTEM_ERROR.test(problem)) {
    return {
      reason: `the recording could not be written: ${problem}`,
      remedy: 'Make room on the disk, and the output folder writable.',
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
      reason: `the process exited in the middle of the file${times}`,
      remedy: 'Look for process.exit in the test or in the code under test.',
    }
  }
  if (end !== undefined) {
    return {
      reason: 'the environment or a set-up file threw, so that the recording ends there',
      remedy: "See Jest's own message for this file.",
    }
  }
  return explainUnrecorded(record.path, context)
}

/** Of a run that Jest ended early, by `--bail` or since the process exited in band. */
export interface EndedEarly {
  /** Files that had begun, and of which Jest will tell no outcome. */
  readonly unfinished: readonly string[]
  /** How many files have never begun. */
  readonly neverRun: number
  readonly bail: boolean
}

export function explainEndedEarly({ unfinished, neverRun, bail }: EndedEarly): Missing[] {
  const remedy = bail
    ? 'Run without --bail to have them all.'
    : 'Look for process.exit in a test, unless you ended the run yourself.'
  const told = unfinished.map(file => ({
    ...{ file, reason: 'Jest ended before it told the result of this file', remedy },
  }))
  if (neverRun === 0) return told
  const which = neverRun === 1 ? '1 test file was' : `${neverRun} test files were`
  return [...told, { file: '', reason: `${which} never run, for Jest ended before`, remedy }]
}

/** As Node words what the system refuses: `ENOSPC: no space left on device, write`. */
const SYSTEM_ERROR = /^E[A-Z0-9]+: /

function noTestEvents(recorded: number, results: number): Explanation | undefined {
  if (recorded > 0 || results === 0) return undefined
  return {
    reason:
      'the test runner sends no events to the environment, so that only the file as a whole is profiled',
    remedy: "Use Jest's default testRunner, jest-circus, to see single tests.",
  }
}

function explainUnrecorded(path: string, context: MissingContext): Explanation {
  const { config, testExecError, link, launched, folderRemoved } = context
  if (!isIncluded(link, path)) {
    return { reason: 'left out by the option "include"', remedy: 'Widen "include" to record it.' }
  }
  if (!/[\\/]jest-runner[\\/]/.test(config.runner)) {
    return {
      reason: `the runner ${nameOf(config.runner, link)} does not use test environments as Jest's own does`,
      remedy: 'If it runs tests, profile this project with the default runner; a linter has none to profile.',
    }
  }
  const died = testExecError?.message
  if (died !== undefined && DEAD_WORKER.test(died)) {
    const [line = ''] = died.trim().split('\n')
    return {
      reason: `the worker died: ${line.trim()}`,
      remedy: 'What it recorded is lost with it; mend the crash.',
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
      remedy: "See Jest's own message for this file.",
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
      ? `Write @jest-environment ${ours} and @jest-environment-options {"profiler": {"environment": ${JSON.stringify(docblock)}}}.`
      : `Write @jest-environment ${ours} there.`
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
      : 'Wrap the config with withProfiler(config); in place of --env=jsdom, say --env=jest-profiler/jsdom.',
  }
}

/** A module as a person writes it: the name of its package, or its path from the project on. */
function nameOf(module: string, { displayRoot }: Pick<RunLink, 'displayRoot'>): string {
  const path = toSlashes(module)
  return packageOf(path) ?? relativeTo(toSlashes(displayRoot))(path)
}

const SEE_ABOVE = 'A line above may say why, such as a full disk.'
const WRAP_CLASS =
  "Wrap it where it is defined: export default withProfiling(MyEnvironment), from 'jest-profiler'."

// https://github.com/jestjs/jest/tree/v30.0.0/packages/jest-worker/src/workers and src/base
const DEAD_WORKER =
  /^(A jest worker process|Jest worker (ran out of memory|encountered)|Call retries were exceeded)|was terminated by another process/

interface JestDocblock {
  extract(source: string): string
  parse(docblock: string): Record<string, string | string[]>
}

/** The environment that a test file's docblock names, read with the user's own jest-docblock. */
function docblockEnvironment(testPath: string, config: MissingContext['config']): string | undefined {
  let source: string
  try {
    source = readFileSync(testPath, 'utf8')
  } catch {
    // The file is gone by now, and Jest has said so.
    return undefined
  }
  const { extract, parse }: JestDocblock = requireJest(config, 'jest-docblock')
  const pragma = parse(extract(source))['jest-environment']
  return Array.isArray(pragma) ? pragma[0] : pragma
}
