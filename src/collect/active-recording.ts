// The one recording under way in this process. A worker that dies by process.exit, and a file whose set-up threw, never
// reach teardown: their recordings are ended from here.

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import { Recorder } from './recorder.js'
import { reportProblem } from './recording-problem.js'
import type { RunLink } from './run-link.js'
import { closeProfilingSession } from './session.js'

// Module state: a recording outlives the calls of the environment that it is told by.
let active: Recorder | undefined
let listens = false

/** Starts to record, or returns undefined after saying why on stderr. */
export function startRecording(
  link: RunLink,
  config: JestEnvironmentConfig,
  { testPath, docblockPragmas }: EnvironmentContext,
): Recorder | undefined {
  // Without its console, which keeps the file's sandbox alive.
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

// In a function of its own: a listener keeps what any closure beside it has, such as the first file's recorder.
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

/** Ends the recording of a file that never reached its teardown, since its environment or set-up files threw. */
export function finishActiveRecording(): void {
  active?.finish('abandoned')
}
