// What can be compared if some runs have no profile: everything but functions, packages, and the time in bodies of ES modules.

import type { RunFigures } from './run-figures.js'

export type Profiled = 'all' | 'some' | 'none'

export function profiledRuns(runs: readonly RunFigures[]): Profiled {
  const profiled = runs.filter(({ isProfiled }) => isProfiled).length
  return profiled === runs.length ? 'all' : profiled === 0 ? 'none' : 'some'
}

/** The figures of a run that runs without a profile have, too. */
export function withoutProfile(run: RunFigures): RunFigures {
  const { tables } = run
  const modules = tables.modules.filter(({ isSampled }) => isSampled !== true)
  return { ...run, tables: { ...tables, functions: [], packages: [], modules } }
}

export const PROFILED_NOTES: Readonly<Record<Profiled, readonly string[]>> = {
  all: [],
  some: [
    "Some runs have no profile (engine 'none'): functions, packages and ES modules are not compared, and times of the others " +
      'include what profiling cost.',
  ],
  none: ["These runs have no profile (engine 'none'): functions and packages are not compared."],
}
