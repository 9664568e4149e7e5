// What `show` prints without `--by`: what the run printed at its end, or the whole report as JSON.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fromHere, pathShower } from '../artifacts/shown-paths.js'
import { toJson } from '../formats/json.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import type { Report } from '../report/report.js'
import type { ReportedRun } from '../saved-runs/load-report.js'
import type { Context } from './context.js'

export function runSummary(
  { report, directory }: ReportedRun,
  { json, top }: { readonly json?: boolean; readonly top: number },
  { cwd, env }: Context,
): string {
  if (json === true) return toJson(report)
  return toTerminal(report, {
    ...terminalOf(process.stdout, env),
    topN: top,
    reportPath: reportPath(report, directory, cwd),
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}

/** As the run itself printed it; undefined of a selection, of which nothing is written. */
function reportPath({ run }: Report, directory: string, cwd: string): string | undefined {
  if (run.selection !== undefined) return undefined
  const written = ['report.html', 'report.md']
    .map(name => join(directory, name))
    .find(path => existsSync(path))
  return written === undefined ? undefined : fromHere(written, cwd)
}
