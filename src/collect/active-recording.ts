// The one active recording of this process. A worker that dies by process.exit, and a file whose set-up threw, never reach teardown:
// their recordings are ended from here.

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import { Recorder, reportProblem } from './recorder.js'
import type { RunLink } from './run-link.js'
import { closeProfilingSession } from './session.js'

// Module state: a recording outlives the calls of the environment.
let active: Recorder | undefined
let listens = false

/** Starts to record, or returns undefined after saying why on stderr. */
export function startRecording(
  link: RunLink,
  config: JestEnvironmentConfig,
  { testPath, docblockPragmas }: EnvironmentContext,
): Recorder | undefined {
  // Without the context's console, which keeps the file's sandbox alive.
  const recorded = { link, config, context: { testPath, docblockPragmas } }
  try {
    finishActiveRecording()
    finishAtExit()
    const recorder: Recorder = new Recorder(recorded, () => {
      // What a recorder knows of its file's tests would keep the sandbox alive.
      if (active === recorder) active = undefined
    })
    active = recorder
    return recorder
  } catch (error) {
    reportProblem(recorded, error)
    return undefined
  }
}

// A function of its own: a listener keeps alive what closures beside it use, such as the first file's recorder.
function finishAtExit(): void {
  if (listens) return
  listens = true
  // Before the reporter's own listener, which in band folds what is written here.
  process.prependListener('exit', () => {
    active?.finish('process exit')
    // The addon's sampler would go on while the thread is taken down, and crash the process.
    closeProfilingSession()
  })
}

/** Ends the recording of a file that never reached its teardown, because its environment or set-up files threw. */
export function finishActiveRecording(): void {
  active?.finish('abandoned')
}
