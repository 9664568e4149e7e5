// What came before the run and after it, by the marks that Jest leaves on its way, in 29.7 and 30 alike:
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-core/src/runJest.ts

import { type Performance, performance } from 'node:perf_hooks'
import { duration } from '../report/figures.js'
import type { StartUpReport } from '../report/report.js'

type Timeline = Pick<Performance, 'now' | 'getEntriesByName'>

/** Called when the run begins. The first run of a process begins with it, a later one of watch mode when Jest looks for tests. */
export function startUp(
  { isFirst }: { isFirst: boolean },
  timeline: Timeline = performance,
): StartUpReport | undefined {
  const begun = isFirst ? 0 : latestMark('jest/getTestPaths:start', timeline)
  if (begun === undefined) return undefined
  return {
    wallMs: rounded(timeline.now() - begun),
    fileMapMs: between('jest/buildContextsAndHasteMaps', { since: begun, timeline }),
    findTestsMs: between('jest/getTestPaths', { since: begun, timeline }),
    globalSetupMs: between('jest/globalSetup', { since: begun, timeline }),
  }
}

/** Milliseconds of `globalTeardown` that nobody needs to know of. */
const SHORT = 100

/** What `globalTeardown` took, in a line, once it has ended: the report was written before. `''`: next to nothing. */
export function globalTeardownText(timeline: Timeline = performance): string {
  const took = between('jest/globalTeardown', { since: 0, timeline }) ?? 0
  return took < SHORT
    ? ''
    : `jest-profiler: globalTeardown took ${duration(took)}, after all that is told above.\n`
}

function between(name: string, { since, timeline }: { since: number; timeline: Timeline }): number | null {
  const start = latestMark(`${name}:start`, timeline)
  const end = latestMark(`${name}:end`, timeline)
  if (start === undefined || end === undefined || start < since || end < start) return null
  return rounded(end - start)
}

/** Milliseconds since the process began. */
function latestMark(name: string, timeline: Timeline): number | undefined {
  return timeline.getEntriesByName(name, 'mark').at(-1)?.startTime
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
