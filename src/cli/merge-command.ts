// `jest-profiler merge`: shards of a suite → one run.

import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type WrittenArtifacts, writeArtifacts } from '../artifacts/artifacts.js'
import { fromHere, pathShower } from '../artifacts/shown-paths.js'
import { detectCi } from '../ci/detect.js'
import { publishToCi, type Told } from '../ci/publish.js'
import { budgetProblem } from '../formats/budget-rows.js'
import { terminalOf } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import { parseOptions } from '../options/options.js'
import type { Progress } from '../saved-runs/fold-run.js'
import { growHeapSlowly } from '../saved-runs/heap.js'
import { loadReport, type ReportedRun } from '../saved-runs/load-report.js'
import { mergeRuns } from '../saved-runs/merge-runs.js'
import { KeptRun } from '../storage/kept-run.js'
import { outputFolder } from '../storage/output-path.js'
import { findRunFolder, makeRunFolder, type RunFolder } from '../storage/run-folder.js'
import type { Context } from './context.js'
import { withProgress } from './progress.js'
import { pathOfRun } from './run-argument.js'

/** Rows of each table, as by default. */
const TOP = 10

type MergedRun = Pick<ReportedRun, 'report' | 'profile'>

export interface MergeFlags {
  readonly output: string
}

export async function mergeCommand(
  runs: readonly string[],
  { output }: MergeFlags,
  { cwd, env }: Context,
): Promise<void> {
  growHeapSlowly()
  const target = outputFolder(output, cwd)
  const directories = runs.map(run => findRunFolder(pathOfRun(run, cwd)))
  // Whole or not at all.
  const unfinished = `${target}.${process.pid}.tmp`
  // Whatever has that name already, such as a link, is neither filled nor removed.
  mkdirSync(unfinished)
  try {
    const folder = makeRunFolder(unfinished, basename(target))
    const { notes, run, written } = await withProgress(env, async show => {
      const notes = mergeRuns(directories, folder, show('merging recordings'))
      // What the report was made of is let go: of a large run it is as much as all the rest.
      const { report, profile } = await loadReport(unfinished, { progress: show('reading recordings') })
      const run = { report, profile }
      return { notes, run, written: writeAll(run, folder, { cwd, progress: show('writing artifacts') }) }
    })
    renameSync(unfinished, target)
    const told = tellCi(run, target, { paths: written.paths, env })
    for (const line of [...notes.map(note => `jest-profiler: ${note}`), ...written.problems, ...told.notes])
      process.stderr.write(`${line}\n`)
    process.stderr.write(summary(run, target, { cwd, env }) + told.annotations)
    // The summary lists what is over a budget.
    const isExceeded = budgetProblem(run.report) !== undefined
    if (written.problems.length > 0 || isExceeded) process.exitCode = 1
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** The shards have told of themselves; this is the run that people want to see. `paths`: before the folder was renamed. */
function tellCi(
  { report }: MergedRun,
  target: string,
  { paths, env }: { paths: WrittenArtifacts['paths']; env: Context['env'] },
): Told {
  const there = Object.entries(paths).map(([name, path]) => [name, join(target, basename(path))])
  return publishToCi(detectCi(env), {
    ...{ report, paths: Object.fromEntries(there), runFolder: target, outputDir: dirname(target) },
    topN: TOP,
  })
}

function writeAll(
  { report, profile }: MergedRun,
  folder: RunFolder,
  { cwd, progress }: { cwd: string; progress: Progress },
): WrittenArtifacts {
  const options = parseOptions({}, { base: cwd, where: 'merge' })
  const kept = new KeptRun(folder)
  return writeArtifacts({ report, profile, options, folder, kept, jsonTriggersWatch: false, progress })
}

function summary({ report }: MergedRun, target: string, { cwd, env }: Context): string {
  return toTerminal(report, {
    ...terminalOf(process.stderr, env),
    topN: TOP,
    reportPath: fromHere(join(target, 'report.html'), cwd),
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}
