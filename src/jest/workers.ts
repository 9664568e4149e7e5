// Jest's workers (jest-worker), which are processes or threads, and Jest's messages when one dies.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/tree/v30.5.2/packages/jest-worker/src/workers and src/base
// With another layout workers start without us: their test files are listed as missing, with the remedy to wrap the environment.

import type * as childProcess from 'node:child_process'
import type * as workerThreads from 'node:worker_threads'
import { filesOf } from './packages.js'
import { type Replacement, withExport } from './required-modules.js'

const askedBy = filesOf('jest-worker')

/**
 * Makes workers start with that script; its arguments are ours, if any, and then Jest's script. Flags, other arguments and variables
 * do not change, because tests may read them and child processes inherit them.
 */
export function workersStartedBy(script: string, own: readonly string[] = []): Replacement[] {
  return [
    {
      request: 'child_process',
      askedBy,
      replace: (exports: typeof childProcess) =>
        withExport(exports, 'fork', ((
          path: string,
          args: readonly string[],
          options: childProcess.ForkOptions,
        ) => exports.fork(script, [...own, path, ...args], options)) as typeof childProcess.fork),
    },
    {
      request: 'worker_threads',
      askedBy,
      replace(exports: typeof workerThreads) {
        class Worker extends exports.Worker {
          constructor(path: string, options: workerThreads.WorkerOptions = {}) {
            super(script, { ...options, argv: [...own, path, ...(options.argv ?? [])] })
          }
        }
        return withExport(exports, 'Worker', Worker)
      },
    },
  ]
}

const DEAD_WORKER =
  /^(A jest worker process|Jest worker (ran out of memory|encountered)|Call retries were exceeded)|was terminated by another process/

export function saysWorkerDied(message: string): boolean {
  return DEAD_WORKER.test(message)
}
