// Shows the progress of a long command, only on a terminal, and only after a second.

import { createRequire } from 'node:module'
import { isAgent } from '../jest/agents.js'
import { grouped } from '../report/views/figures.js'
import type { Progress } from '../saved-runs/fold-run.js'

/** Milliseconds before progress is shown. */
const SHORT = 1000

/** Begins the next part of a command's work, and returns a function that reports its progress. */
export type ShowProgress = (part: string) => Progress

const IGNORE: Progress = () => {}

/** Runs the task with a progress bar, which is removed when the task ends or throws. */
export async function withProgress<T>(
  env: NodeJS.ProcessEnv,
  task: (show: ShowProgress) => T | Promise<T>,
): Promise<T> {
  if (process.stderr.isTTY !== true || env.CI === 'true' || isAgent(env)) return task(() => IGNORE)
  const startedAtMs = performance.now()
  const { SingleBar } = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress')
  const bar = new SingleBar({
    format: '{bar} {part}{steps}',
    barsize: 24,
    barCompleteChar: '━',
    barIncompleteChar: ' ',
    // The work rarely yields to timers.
    synchronousUpdate: true,
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
    stream: process.stderr,
  })
  let isShown = false
  const draw = (part: string, done: number, total: number) => {
    if (!isShown && performance.now() - startedAtMs < SHORT) return
    const steps = total === 0 ? '' : `: ${grouped(done)} of ${grouped(total)}`
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
