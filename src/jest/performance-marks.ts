// The marks that Jest sets in Node's performance timeline during a run.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-core/src/runJest.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-core/src/runJest.ts
// With another layout the spans are undefined, and the run says so.

import type { Performance } from 'node:perf_hooks'

export type MarkedTimeline = Pick<Performance, 'getEntriesByName'>

/** The steps of a run, each between two marks. */
const STEPS = {
  fileMap: 'jest/buildContextsAndHasteMaps',
  findTests: 'jest/getTestPaths',
  globalSetup: 'jest/globalSetup',
  globalTeardown: 'jest/globalTeardown',
} as const

export type JestStep = keyof typeof STEPS

/** Returns the milliseconds of a step that began after `since`; undefined if it did not take place since, or is not marked. */
export function stepMs(timeline: MarkedTimeline, step: JestStep, since: number): number | undefined {
  const start = latest(timeline, `${STEPS[step]}:start`)
  const end = latest(timeline, `${STEPS[step]}:end`)
  return start === undefined || end === undefined || start < since || end < start ? undefined : end - start
}

/** When Jest last began to search tests, in milliseconds since the process began: in watch mode each run begins with it. */
export function searchBegan(timeline: MarkedTimeline): number | undefined {
  return latest(timeline, `${STEPS.findTests}:start`)
}

/** When Jest last finished processing results, in milliseconds since the process began: then the process only has to exit. */
export function resultsProcessed(timeline: MarkedTimeline): number | undefined {
  return latest(timeline, 'jest/processResults:end')
}

function latest(timeline: MarkedTimeline, mark: string): number | undefined {
  return timeline.getEntriesByName(mark, 'mark').at(-1)?.startTime
}
