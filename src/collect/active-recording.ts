// The one recording under way in this process. A worker that dies by process.exit, and a file whose set-up threw, never
// reach teardown: their recordings are ended from here.

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import { Recorder } from './recorder.js'
import { reportProblem } from './recording-problem.js'
import type { RunLink } from './run-link.js'
import { closeProfilingSession } from './session.js'

// Module state: a recording outlives the calls of the environment that it is told by.
let active: Recorder | undefined
let exitListener: (() => void) | undefined

/** Starts to record, or returns undefined after saying why on stderr. */
export function startRecording(
  link: RunLink,
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
): Recorder | undefined {
  try {
    finishActiveRecording()
    if (exitListener === undefined) {
      exitListener = () => {
        active?.finish('process exit')
        // The addon's sampler would go on while the thread is taken down, and crash the process.
        closeProfilingSession()
      }
      // Before the reporter's own listener, which in band folds what is written here.
      process.prependListener('exit', exitListener)
    }
    const recorder: Recorder = new Recorder({ link, config, context }, () => {
      // What a recorder knows of its file's tests would keep the sandbox alive.
      if (active === recorder) active = undefined
    })
    active = recorder
    return recorder
  } catch (error) {
    reportProblem({ link, config, context }, error)
    return undefined
  }
}

/** Ends the recording of a file that never reached its teardown, since its environment or set-up files threw. */
export function finishActiveRecording(): void {
  active?.finish('abandoned')
}
