// How a run's facts reach every worker: on the reporter's own options object, which Jest sends along with each test
// file, to processes, threads and in-band runs alike. Environment variables would leak into nested Jest runs.

import type { Config } from '@jest/types'
import type { EngineName } from '../recording/enums.js'
import type { ClockReading } from './clock.js'

const LINK_KEY = 'jestProfilerRun'

/** On the reporter's options in runs of `npx jest-profiler`. A symbol, because neither workers nor checks of options need it. */
export const LAUNCHED = Symbol.for('jest-profiler.launched')
/** There, too: the display root, from the configs of all projects. */
export const DISPLAY_ROOT = Symbol.for('jest-profiler.display-root')
/** There, too: Jest does not watch the output folder. */
export const UNWATCHED = Symbol.for('jest-profiler.unwatched')

export interface RunLink {
  runId: string
  /** The start of the run, from which workers compute wall times. */
  startedAt: ClockReading
  /** Where recordings are to be written. */
  incoming: string
  engine: EngineName
  /** Resolved path of the engine's module, for an engine that is not built in. */
  engineModule: string | null
  samplingIntervalMicros: number
  /** Whether to record what idle time waits for; `auto`: where Node lets promises alone. */
  waits: boolean | 'auto'
  /** Sources of regular expressions over paths relative to the display root, with `/`; null: record every file. */
  include: string[] | null
  displayRoot: string
}

/** Puts the link where workers find it; called again, it replaces the link. */
export function attachRunLink(reporterOptions: object, link: RunLink): void {
  Object.assign(reporterOptions, { [LINK_KEY]: link })
}

/** Whether an earlier run of this process has had them, as in watch mode. */
export function hadRunLink(reporterOptions: object): boolean {
  return LINK_KEY in reporterOptions
}

/** The reporter's options as the user gave them: watch mode hands us the object that an earlier run has marked. */
export function withoutRunLink(reporterOptions: object): Record<string, unknown> {
  const { [LINK_KEY]: _link, ...options } = reporterOptions as Record<string, unknown>
  return options
}

/** The link of the run that this Jest belongs to, or undefined when our reporter is not in it. */
export function findRunLink(globalConfig: Config.GlobalConfig): RunLink | undefined {
  for (const reporter of globalConfig.reporters ?? []) {
    const options = Array.isArray(reporter) ? reporter[1] : undefined
    if (options !== undefined && LINK_KEY in options) return options[LINK_KEY] as RunLink
  }
  return undefined
}
