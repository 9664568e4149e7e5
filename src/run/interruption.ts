// Reports what was recorded of an interrupted run. The process ends as it would without us.

import { writeSync } from 'node:fs'
import { INTERRUPTING_SIGNALS, type Interruption } from '../report/record/saved-run.js'

/**
 * Writes the result of `describe` to stderr at the first signal. Returns a function that stops listening. Not for a process that runs
 * tests itself: with a listener, a test in an endless loop could not be interrupted. There, the next command that reads the run names them.
 */
export function onInterruption(describe: (signal: Interruption['signal']) => string): () => void {
  const listeners = INTERRUPTING_SIGNALS.map(signal => {
    const listener = () => {
      try {
        // Jest buffers what is written to the stream, and would not write it any more.
        writeSync(process.stderr.fd, describe(signal))
      } finally {
        // Our listener is already removed. Other listeners run as they would without it; without any, the process ends.
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
      }
    }
    process.prependOnceListener(signal, listener)
    return { signal, listener }
  })
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener)
  }
}

export interface InterruptedRun {
  /** Number of test files whose recordings are saved. */
  readonly recorded: number
  readonly testFiles: number
  /** The run folder, relative to where Jest was started. */
  readonly folder: string
  /** What workers were doing, a text each. */
  readonly running: readonly string[]
}

export function describeInterruption({ running, ...saved }: InterruptedRun): string {
  return `${describeSaved(saved)}${running.map(text => `  running: ${text}\n`).join('')}`
}

function describeSaved({ recorded, testFiles, folder }: Omit<InterruptedRun, 'running'>): string {
  // Jest's status may end without a line break.
  if (recorded === 0)
    return '\njest-profiler: interrupted before any test file had finished: nothing was recorded.\n'
  const place = /^[\w./\\:-]+$/.test(folder) ? folder : JSON.stringify(folder)
  return `\njest-profiler: interrupted after ${recorded} of ${testFiles} test files. To see them: npx jest-profiler show ${place}\n`
}
