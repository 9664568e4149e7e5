// Why a test file was not recorded at all, and what the user can do.

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
    return { reason: 'left out by the option "include"', remedy: 'Widen "include" to record it.' }
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
