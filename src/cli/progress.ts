// How far a long command is, on a terminal; nowhere else, and not before a second has gone by.

import { SingleBar } from 'cli-progress'
import type { Progress } from '../saved-runs/fold-run.js'

/** Milliseconds for which nobody minds to wait. */
const SHORT = 1000

/** Names the next part of a command's work; what comes back is told its steps. */
export type ShowProgress = (part: string) => Progress

const NOBODY: Progress = () => {}

/** Calls the task with what it is to tell its progress to. The bar is gone when the task ends, however it does. */
export async function withProgress<T>(
  env: NodeJS.ProcessEnv,
  task: (show: ShowProgress) => T | Promise<T>,
): Promise<T> {
  if (process.stderr.isTTY !== true || env.CI === 'true') return task(() => NOBODY)
  const startedAtMs = performance.now()
  const bar = new SingleBar({
    format: '{bar} {part}{steps}',
    barsize: 24,
    barCompleteChar: '━',
    barIncompleteChar: ' ',
    // Hardly anything here yields to a timer.
    synchronousUpdate: true,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
    stream: process.stderr,
  })
  let isShown = false
  const draw = (part: string, done: number, total: number) => {
    if (!isShown && performance.now() - startedAtMs < SHORT) return
    const steps = total === 0 ? '' : `: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`
    if (!isShown) bar.start(Math.max(1, total), done, { part, steps })
    isShown = true
    bar.setTotal(Math.max(1, total))
    bar.update(done, { part, steps })
  }
  try {
    return await task(part => {
      draw(part, 0, 0)
      return (done, total) => draw(part, done, total)
    })
  } finally {
    if (isShown) bar.stop()
  }
}
