// Facts of a run that matter for comparing it with others: versions, machine, command, the part of the suite, and what is unknown.

import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import type { Config } from '@jest/types'
import type { RunLink } from '../collect/run-link.js'
import { type PatternedConfig, testPathPatterns } from '../jest/config.js'
import { isNewerThanKnown, KNOWN_VERSIONS } from '../jest/packages.js'
import { toSlashes } from '../profile/paths.js'
import type { RunRecord } from '../report/record/run-record.js'

export function runFacts(
  globalConfig: Config.GlobalConfig,
  link: RunLink,
  jestVersion: string,
): RunRecord['run'] {
  const processors = cpus()
  const part = partOfSuite(globalConfig)
  const { shard, workerIdleMemoryLimit, collectCoverage, coverageProvider } = globalConfig
  return {
    id: link.runId,
    suite: suiteName(link.displayRoot),
    rootDir: toSlashes(globalConfig.rootDir),
    displayRoot: toSlashes(link.displayRoot),
    jestVersion,
    nodeVersion: process.version,
    platform: process.platform,
    arch: process.arch,
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    cpuCount: processors.length,
    workers: globalConfig.maxWorkers,
    engine: link.engine,
    samplingIntervalMicros: link.samplingIntervalMicros,
    command: commandLine(process.argv),
    ...(part.length > 0 ? { part } : {}),
    ...(collectCoverage ? { coverage: coverageProvider } : {}),
    ...(typeof workerIdleMemoryLimit === 'number' ? { workerIdleMemoryLimit } : {}),
    ...(globalConfig.detectOpenHandles ? { detectOpenHandles: true } : {}),
    ...(shard === undefined ? {} : { shard: `${shard.shardIndex}/${shard.shardCount}` }),
  }
}

function suiteName(folder: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown }
    if (typeof name === 'string' && name !== '') return name
  } catch {
    // There is no readable package.json.
  }
  return basename(folder)
}

// Without the folders of Node and Jest, which differ between machines.
function commandLine([, script = '', ...args]: string[]): string {
  const program = basename(script).replace(/\.[cm]?js$/, '')
  return [
    program,
    ...args.map(argument => (/[\s"'$]/.test(argument) ? JSON.stringify(argument) : argument)),
  ].join(' ')
}

type RunSelection = Pick<
  Config.GlobalConfig,
  'changedSince' | 'filter' | 'findRelatedTests' | 'onlyChanged' | 'onlyFailures' | 'testNamePattern'
> &
  PatternedConfig

/** Returns the arguments that select a part of the suite; empty: the whole suite. Shards and whole projects are no such part. */
export function partOfSuite(config: RunSelection): string[] {
  const { changedSince, findRelatedTests, onlyChanged, onlyFailures, testNamePattern, filter } = config
  return [
    ...(findRelatedTests ? ['--findRelatedTests'] : []),
    ...testPathPatterns(config),
    ...(onlyChanged ? ['--onlyChanged'] : []),
    ...(changedSince === undefined ? [] : [`--changedSince ${changedSince}`]),
    ...(onlyFailures ? ['--onlyFailures'] : []),
    ...(filter === undefined ? [] : ['--filter']),
    ...(testNamePattern ? [`-t ${JSON.stringify(testNamePattern)}`] : []),
  ]
}

interface SeenOfJest {
  /** Undefined: no test file has begun. */
  readonly version: string | undefined
  readonly foundReporters: boolean
  readonly isMarked: boolean
}

const NO_REPORTERS =
  "The time of Jest's own reporters is unknown, because this version of Jest keeps them elsewhere."
const NO_MARKS =
  'How long Jest took to find files and tests is unknown, because this version of Jest does not mark these steps.'

/** Returns a sentence for each fact that is unknown because this version of Jest is. */
export function describeUnknownJest({ version, foundReporters, isMarked }: SeenOfJest): string[] {
  const newer = `Jest ${version} is newer than the versions that this release of jest-profiler was tested with (${KNOWN_VERSIONS}). Look for a newer release.`
  return [
    ...(version !== undefined && isNewerThanKnown(version) ? [newer] : []),
    ...(foundReporters ? [] : [NO_REPORTERS]),
    ...(isMarked ? [] : [NO_MARKS]),
  ]
}
