// `jest-profiler merge`: shards of a suite → one run.

import { renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { toTerminal } from '../formats/terminal/terminal.js'
import { parseOptions } from '../options.js'
import { writeArtifacts } from '../output/artifacts.js'
import { KeptRun } from '../output/kept-run.js'
import { outputFolder } from '../output/output-path.js'
import { findRunFolder, makeRunFolder, type RunFolder } from '../output/run-folder.js'
import { fromHere, pathShower } from '../output/shown-paths.js'
import { loadReport, type ReportedRun } from '../saved-runs/load-report.js'
import type { Progress } from '../saved-runs/load-run.js'
import { mergeRuns } from '../saved-runs/merge-runs.js'
import { terminalOf } from '../terminal.js'
import type { Context } from './context.js'
import { withProgress } from './progress.js'
import { pathOfRun } from './run-argument.js'

export interface MergeFlags {
  readonly output: string
}

export function mergeCommand(runs: readonly string[], { output }: MergeFlags, { cwd, env }: Context): void {
  const target = outputFolder(output, cwd)
  const directories = runs.map(run => findRunFolder(pathOfRun(run, cwd)))
  // Whole or not at all.
  const unfinished = `${target}.${process.pid}.tmp`
  try {
    const folder = makeRunFolder(unfinished, basename(target))
    const { notes, run, problems } = withProgress(env, show => {
      const notes = mergeRuns(directories, folder, show('merging recordings'))
      const run = loadReport(unfinished, { progress: show('reading recordings') })
      return { notes, run, problems: writeAll(run, folder, { cwd, progress: show('writing artifacts') }) }
    })
    renameSync(unfinished, target)
    for (const line of [...notes.map(note => `jest-profiler: ${note}`), ...problems])
      process.stderr.write(`${line}\n`)
    process.stderr.write(summary(run, target, { cwd, env }))
    if (problems.length > 0) process.exitCode = 1
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Returns a line for each artifact that could not be written. */
function writeAll(
  { report, profile }: ReportedRun,
  folder: RunFolder,
  { cwd, progress }: { cwd: string; progress: Progress },
): string[] {
  const options = parseOptions({}, { rootDir: cwd, where: 'merge' })
  const kept = new KeptRun(folder)
  return writeArtifacts({ report, profile, options, folder, kept, jsonTriggersWatch: false, progress })
    .problems
}

function summary({ report }: ReportedRun, target: string, { cwd, env }: Context): string {
  return toTerminal(report, {
    ...terminalOf(process.stderr, env),
    topN: 10,
    reportPath: fromHere(join(target, 'report.html'), cwd),
    toShown: pathShower(report.run.rootDir, cwd),
  })
}
