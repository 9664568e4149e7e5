// Our own comparison, of the last build: what `diff` makes of saved runs.

import { join } from 'node:path'
import { ROOT } from './project.mjs'

/** `figuresOf` reads a run folder; `compare` takes a list of such figures for each side. */
export async function comparer() {
  const built = path => import(join(ROOT, '.cache/modules', path))
  const { loadRun } = await built('saved-runs/load-run.js')
  const { buildReport } = await built('report/build/build-report.js')
  const { runFigures } = await built('compare/run-figures.js')
  const { compareRuns } = await built('compare/compare-runs.js')
  const figuresOf = async directory => {
    const { profile, record } = await loadRun(directory)
    return runFigures({ profile, record, report: buildReport(profile, record) })
  }
  return { figuresOf, compare: compareRuns }
}
