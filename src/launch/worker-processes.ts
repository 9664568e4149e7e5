// Jest's workers, processes and threads, start in our own script, which then runs Jest's. Their flags, arguments and
// environment variables stay what they are, for tests may look at them, and what tests start inherits them.

import type * as childProcess from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type * as workerThreads from 'node:worker_threads'
import { type Replacement, withExport } from './required-modules.js'

const SCRIPT = fileURLToPath(new URL('worker.js', import.meta.url))

const askedBy = /[\\/]jest-worker[\\/]/

export const workerProcesses: Replacement = {
  request: 'child_process',
  askedBy,
  replace: (exports: typeof childProcess) =>
    withExport(exports, 'fork', ((path: string, args: readonly string[], options: childProcess.ForkOptions) =>
      exports.fork(SCRIPT, [path, ...args], options)) as typeof childProcess.fork),
}

export const workersInThreads: Replacement = {
  request: 'worker_threads',
  askedBy,
  replace(exports: typeof workerThreads) {
    class Worker extends exports.Worker {
      constructor(path: string, options: workerThreads.WorkerOptions = {}) {
        super(SCRIPT, { ...options, argv: [path, ...(options.argv ?? [])] })
      }
    }
    return withExport(exports, 'Worker', Worker)
  },
}
