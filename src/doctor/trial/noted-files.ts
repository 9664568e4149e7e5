// What workers know of the test files of a trial: the CPU time of each, and which was the first. Workers append it to files of their
// own, because they have no other way to report it.

import { appendFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import type { AnyClass } from '../../jest/environment-module.js'
import { fileKey, toSlashes } from '../../profile/paths.js'

const PREFIX = 'worker-'

export interface NotedFile {
  /** `fileKey`. */
  readonly key: string
  readonly cpuMs: number
  /** Whether it was the first of its worker. */
  readonly isFirst: boolean
}

interface GivenConfig {
  readonly projectConfig: { readonly id: string }
}

interface GivenContext {
  readonly testPath: string
}

/** The first file of a worker loads what the others share. */
let isFirst = true

/** Returns a class that notes the CPU time from its construction to its teardown. `folder`: the trial's. */
export function timedEnvironment(Environment: AnyClass, folder: string): AnyClass {
  const Base = Environment as unknown as new (
    config: GivenConfig,
    context: GivenContext,
  ) => { teardown(): Promise<void> }
  return class Timed extends Base {
    readonly #key: string
    readonly #isFirst: boolean
    readonly #before: NodeJS.CpuUsage

    constructor(config: GivenConfig, context: GivenContext) {
      const before = process.cpuUsage()
      super(config, context)
      this.#before = before
      this.#isFirst = isFirst
      isFirst = false
      this.#key = fileKey({ project: config.projectConfig.id, file: toSlashes(context.testPath) })
    }

    override async teardown() {
      await super.teardown()
      const { user, system } = process.cpuUsage(this.#before)
      const noted: NotedFile = { key: this.#key, cpuMs: (user + system) / 1000, isFirst: this.#isFirst }
      const line = JSON.stringify(noted)
      appendFileSync(join(folder, `${PREFIX}${process.pid}-${threadId}`), `${line}\n`)
    }
  }
}

/** By `fileKey`. */
export function readNotedFiles(folder: string): Map<string, NotedFile> {
  const lines = readdirSync(folder)
    .filter(name => name.startsWith(PREFIX))
    .flatMap(name => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
  const noted = lines.map((line): NotedFile => JSON.parse(line))
  return new Map(noted.map(file => [file.key, file]))
}
