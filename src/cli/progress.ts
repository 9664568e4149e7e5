// How far a long task is, on a terminal; nowhere else, and not before a second has gone by.

import { SingleBar } from 'cli-progress'
import type { Progress } from '../saved-runs/load-run.js'

/** Milliseconds for which nobody minds to wait. */
const SHORT = 1000

/** Calls the task with what it is to tell its steps to. The bar is gone when the task ends, however it does. */
export function withProgress<T>(what: string, env: NodeJS.ProcessEnv, task: (progress: Progress) => T): T {
  if (process.stderr.isTTY !== true || env.CI === 'true') return task(() => {})
  const startedAtMs = performance.now()
  const bar = new SingleBar({
    format: `{bar} ${what}: {value} of {total}`,
    barsize: 24,
    barCompleteChar: '━',
    barIncompleteChar: ' ',
    // Nothing here ever yields to a timer.
    synchronousUpdate: true,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
    stream: process.stderr,
  })
  let isShown = false
  const progress: Progress = (done, total) => {
    if (isShown) bar.update(done)
    else if (performance.now() - startedAtMs >= SHORT) {
      isShown = true
      bar.start(total, done)
    }
  }
  try {
    return task(progress)
  } finally {
    if (isShown) bar.stop()
  }
}
