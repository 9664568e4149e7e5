// What a reader must know of a run to compare it with another: versions, machine, command.

import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import type { Config } from '@jest/types'
import type { RunLink } from '../collect/run-link.js'
import { toSlashes } from '../profile/paths.js'
import type { RunRecord } from '../report/record/run-record.js'
import { partOfSuite } from './part-of-suite.js'

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

/** What distinguishes one project from another, in whatever folder. */
function suiteName(folder: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown }
    if (typeof name === 'string' && name !== '') return name
  } catch {
    // No package, or none that can be read: that is npm's to say.
  }
  return basename(folder)
}

// Without the folders of Node and Jest, which say nothing and belong to one machine.
function commandLine([, script = '', ...args]: string[]): string {
  const program = basename(script).replace(/\.[cm]?js$/, '')
  return [
    program,
    ...args.map(argument => (/[\s"'$]/.test(argument) ? JSON.stringify(argument) : argument)),
  ].join(' ')
}
