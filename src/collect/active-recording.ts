// The active recording of this process, which ends here without teardown: when a worker exits, or a set-up file throws.

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import { Recorder, reportProblem } from './recorder.js'
import type { RunLink } from './run-link.js'
import { closeProfilingSession } from './session.js'

// Module state: a recording outlives the calls of the environment.
let active: Recorder | undefined
let listens = false

/** Starts to record. Returns undefined, with the reason on stderr, when that fails. */
export function startRecording(
  link: RunLink,
  config: JestEnvironmentConfig,
  { testPath, docblockPragmas }: EnvironmentContext,
): Recorder | undefined {
  // The context's console would keep the file's sandbox alive.
  const recorded = { link, config, context: { testPath, docblockPragmas } }
  try {
    finishActiveRecording()
    finishAtExit()
    const recorder: Recorder = new Recorder(recorded, () => {
      // The recorder's references to tests would keep the sandbox alive.
      if (active === recorder) active = undefined
    })
    active = recorder
    return recorder
  } catch (error) {
    reportProblem(recorded, error)
    return undefined
  }
}

// A separate function, because a listener keeps alive the scope of closures beside it, such as the first file's recorder.
function finishAtExit(): void {
  if (listens) return
  listens = true
  // In band, this must run before the reporter's listener, which reads the recording.
  process.prependListener('exit', () => {
    active?.finish('process exit')
    // The addon's sampler would continue while the thread is torn down, and crash the process.
    closeProfilingSession()
  })
}

/** Ends the recording of a file that never reached teardown, because its environment or set-up files threw. */
export function finishActiveRecording(): void {
  active?.finish('abandoned')
}
