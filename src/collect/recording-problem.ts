// A fault of ours: a line on stderr, and a note for the reporter in place of the recording.

import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import { RECORDING_VERSION } from '../recording/enums.js'
import { uniqueName, writeRecording } from '../recording/recording-file.js'
import type { RunLink } from './run-link.js'

export interface Recorded {
  link: RunLink
  config: JestEnvironmentConfig
  context: Pick<EnvironmentContext, 'testPath' | 'docblockPragmas'>
}

export function reportProblem({ link, config, context }: Recorded, error: unknown): void {
  const problem = error instanceof Error ? error.message : String(error)
  const { testPath } = context
  const header = { projectId: config.projectConfig.id, testPath }
  let kept = ''
  try {
    writeRecording(link.incoming, { version: RECORDING_VERSION, header, problem }, uniqueName())
  } catch (second) {
    kept = ` Nor could that be noted in ${link.incoming}: ${second instanceof Error ? second.message : second}.`
  }
  process.stderr.write(`jest-profiler: ${testPath} is not profiled: ${problem}.${kept}\n`)
}
