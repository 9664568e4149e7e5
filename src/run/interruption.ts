// Tells the user of a run that is interrupted what there is of it. The process ends as it would have ended without us.

import { writeSync } from 'node:fs'

export interface Interrupted {
  /** Test files whose recordings are kept, of how many. */
  readonly recorded: number
  readonly testFiles: number
  /** The run folder, from where Jest was started. */
  readonly folder: string
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * `tell` is called at the first signal. Returns what ends it. Only for a process that runs no tests itself: with a
 * listener, a test that computes for ever could not be interrupted any more.
 */
export function whenInterrupted(tell: () => string): () => void {
  const listener = (signal: NodeJS.Signals) => {
    try {
      // Not to the stream: Jest holds back what is written there, and would never get to write it.
      writeSync(process.stderr.fd, tell())
    } finally {
      // Ours is gone by now. Others find what they would have found without it; without any, the process would have ended.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    }
  }
  for (const signal of SIGNALS) process.prependOnceListener(signal, listener)
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener)
  }
}

export function interruptedText({ recorded, testFiles, folder }: Interrupted): string {
  // Jest's status may end without a line's end.
  if (recorded === 0)
    return '\njest-profiler: interrupted before a test file had ended: nothing is recorded.\n'
  const place = /^[\w./\\:-]+$/.test(folder) ? folder : JSON.stringify(folder)
  return `\njest-profiler: interrupted after ${recorded} of ${testFiles} test files. See them: npx jest-profiler show ${place}\n`
}
