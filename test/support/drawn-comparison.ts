// Comparisons of two sides of runs, which are drawn as columns of names.

import { type ComparedCalls, comparedCalls, SideCallsBuilder } from '../../src/compare/calls.js'
import { compareRuns } from '../../src/compare/compare-runs.js'
import type { Comparison } from '../../src/compare/comparison.js'
import { matchedFunctions } from '../../src/compare/match/match-sides.js'
import { functionFigures } from '../../src/compare/run-figures.js'
import type { Frame, Profile } from '../../src/profile/profile.js'
import { drawnFigures } from './drawn-figures.js'
import { profileFromText } from './profile-from-text.js'

const INTERVAL_MS = 10

interface DrawnSide {
  text: string
  /** Changes the frames of this side; by default they are as drawn. */
  frame?: (frame: Frame) => Frame
}

export interface DrawnSides {
  base: DrawnSide
  head: DrawnSide
  /** Number of runs of each side. */
  runs?: number
}

/** Compares the sides. A sample represents 100 ms, and slightly more in each further run. */
export function drawnComparison({ base, head, runs = 5 }: DrawnSides): {
  comparison: Comparison
  calls: ComparedCalls
} {
  const [ofBase, ofHead] = [drawnSide(base, runs), drawnSide(head, runs)]
  return {
    comparison: compareRuns(ofBase.figures, ofHead.figures),
    calls: comparedCalls(ofBase.calls, ofHead.calls, matchedFunctions(ofBase.figures, ofHead.figures)),
  }
}

function drawnSide({ text, frame = same => same }: DrawnSide, runs: number) {
  const profiles = Array.from({ length: runs }, (_, run): Profile => {
    const drawn = profileFromText(text, { weight: 100_000 + run * 1000 })
    return { ...drawn, frames: drawn.frames.map(frame) }
  })
  const calls = new SideCallsBuilder()
  const record = { run: { displayRoot: '/project', samplingIntervalMicros: INTERVAL_MS * 1000 } }
  for (const profile of profiles) calls.add({ profile, record })
  const toPath = (path: string) => path.replace(/^\/project\//, '')
  const figures = profiles.map((profile, run) =>
    drawnFigures({
      id: `run ${run}`,
      startedAtMs: run,
      tables: { functions: functionFigures(profile, { toPath, intervalMs: INTERVAL_MS }) },
    }),
  )
  return { calls: calls.build(), figures }
}
