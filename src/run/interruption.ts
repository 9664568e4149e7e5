// Shows what was recorded of a run that is interrupted. The process ends as it would have ended without us.

import { writeSync } from 'node:fs'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Writes what `describe` returns to stderr at the first signal. Returns what ends listening. Only for a process that runs no tests
 * itself: with a listener, a test in an endless loop could no longer be interrupted.
 */
export function onInterruption(describe: () => string): () => void {
  const listener = (signal: NodeJS.Signals) => {
    try {
      // Not to the stream: Jest buffers what is written there, and would not get to write it.
      writeSync(process.stderr.fd, describe())
    } finally {
      // Ours is removed by now. Other listeners run as they would have without it; without any, the process would have ended.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    }
  }
  for (const signal of SIGNALS) process.prependOnceListener(signal, listener)
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener)
  }
}

/** `recorded`: test files whose recordings are saved; `folder`: the run folder, relative to where Jest was started. */
export function describeInterruption(run: { recorded: number; testFiles: number; folder: string }): string {
  const { recorded, testFiles, folder } = run
  // Jest's status may end without a line break.
  if (recorded === 0)
    return '\njest-profiler: interrupted before any test file had finished: nothing was recorded.\n'
  const place = /^[\w./\\:-]+$/.test(folder) ? folder : JSON.stringify(folder)
  return `\njest-profiler: interrupted after ${recorded} of ${testFiles} test files. To see them: npx jest-profiler show ${place}\n`
}
