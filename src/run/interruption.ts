// Reports what was recorded of an interrupted run. The process ends as it would without us.

import { writeSync } from 'node:fs'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Writes the result of `describe` to stderr at the first signal. Returns a function that stops listening. Not for a process that runs
 * tests itself: with a listener, a test in an endless loop could not be interrupted.
 */
export function onInterruption(describe: () => string): () => void {
  const listener = (signal: NodeJS.Signals) => {
    try {
      // Jest buffers what is written to the stream, and would not write it any more.
      writeSync(process.stderr.fd, describe())
    } finally {
      // Our listener is already removed. Other listeners run as they would without it; without any, the process ends.
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
