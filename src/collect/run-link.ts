// How a run's facts reach every worker: on the reporter's options object, which Jest sends with each test file to processes, threads and
// in-band runs alike. Environment variables would leak into nested Jest runs.

import type { Config } from '@jest/types'
import type { EngineName } from '../recording/enums.js'
import type { ClockReading } from './clock.js'

const LINK_KEY = 'jestProfilerRun'

/** Set on the reporter's options in runs of `npx jest-profiler`. It is a symbol, which workers and option checks do not see. */
export const LAUNCHED = Symbol.for('jest-profiler.launched')
/** As `LAUNCHED`: the display root, from the configs of all projects. */
export const DISPLAY_ROOT = Symbol.for('jest-profiler.display-root')
/** As `LAUNCHED`: Jest does not watch the output folder. */
export const UNWATCHED = Symbol.for('jest-profiler.unwatched')

export interface RunLink {
  runId: string
  /** When the run began; workers compute wall-clock times from it. */
  startedAt: ClockReading
  /** Folder for new recordings. */
  incoming: string
  engine: EngineName
  /** Resolved path of the engine's module; null: it is built in. */
  engineModule: string | null
  /** Null: engine `none`. */
  samplingIntervalMicros: number | null
  /** Whether to record what idle time waits for; `auto`: if Node does not track promises. */
  waits: boolean | 'auto'
  /** Seconds after which a test that runs is told; 0: never. */
  stallSeconds: number
  /** Whether Jest runs the tests in its own process. */
  inBand: boolean
  /** Whether to look for sandboxes that are never freed. */
  memory: boolean
  /** Sources of regular expressions for paths relative to the display root, with `/`; null: record every file. */
  include: string[] | null
  displayRoot: string
}

/** Puts the link where workers find it, in place of an earlier one. Returns it. */
export function attachRunLink(reporterOptions: object, link: RunLink): RunLink {
  Object.assign(reporterOptions, { [LINK_KEY]: link })
  return link
}

/** Whether an earlier run of this process used these options, as in watch mode. */
export function hadRunLink(reporterOptions: object): boolean {
  return LINK_KEY in reporterOptions
}

/** Returns the user's own options, without the link that an earlier run of watch mode may have attached. */
export function withoutRunLink(reporterOptions: object): Record<string, unknown> {
  const { [LINK_KEY]: _link, ...options } = reporterOptions as Record<string, unknown>
  return options
}

/** Returns the link of this Jest's run; undefined without our reporter. */
export function findRunLink(globalConfig: Config.GlobalConfig): RunLink | undefined {
  for (const reporter of globalConfig.reporters ?? []) {
    const options = Array.isArray(reporter) ? reporter[1] : undefined
    if (options !== undefined && LINK_KEY in options) return options[LINK_KEY] as RunLink
  }
  return undefined
}
