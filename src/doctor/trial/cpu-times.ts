// The CPU time of each test file of a trial: workers append it to files of their own, because they have no other way to report it.

import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { AnyClass } from '../../jest/environment-module.js'
import { fileKey, toSlashes } from '../../profile/paths.js'

const PREFIX = 'cpu-'

interface GivenConfig {
  readonly projectConfig: { readonly id: string }
}

interface GivenContext {
  readonly testPath: string
}

/** Returns a class that notes the CPU time from its construction to its teardown. `folder`: the trial's. */
export function timedEnvironment(Environment: AnyClass, folder: string): AnyClass {
  const Base = Environment as unknown as new (
    config: GivenConfig,
    context: GivenContext,
  ) => { teardown(): Promise<void> }
  return class Timed extends Base {
    readonly #key: string
    readonly #before = process.cpuUsage()

    constructor(config: GivenConfig, context: GivenContext) {
      const before = process.cpuUsage()
      super(config, context)
      this.#before = before
      this.#key = fileKey({ project: config.projectConfig.id, file: toSlashes(context.testPath) })
    }

    override async teardown() {
      await super.teardown()
      const { user, system } = process.cpuUsage(this.#before)
      const line = JSON.stringify([this.#key, (user + system) / 1000])
      appendFileSync(join(folder, `${PREFIX}${process.pid}-${threadId}`), `${line}\n`)
    }
  }
}

/** Milliseconds by `fileKey`. */
export function readCpuTimes(folder: string): Map<string, number> {
  const lines = readdirSync(folder)
    .filter(name => name.startsWith(PREFIX))
    .flatMap(name => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
  return new Map(lines.map(line => JSON.parse(line) as [string, number]))
}
