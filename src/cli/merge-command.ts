// `jest-profiler merge`: merges the runs of a suite's shards into one run.

import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type WrittenArtifacts, writeArtifacts } from '../artifacts/artifacts.js'
import { fromHere, pathShower } from '../artifacts/shown-paths.js'
import { detectCi } from '../ci/detect.js'
import { publishToCi } from '../ci/publish.js'
import { budgetProblem } from '../formats/budget-sentences.js'
import { readableReports, terminalOf } from '../formats/terminal/output-stream.js'
import { toTerminal } from '../formats/terminal/terminal.js'
import { parseOptions } from '../options/options.js'
import type { Report } from '../report/report.js'
import { growHeapSlowly } from '../saved-runs/fold-run.js'
import { loadReport } from '../saved-runs/load-run.js'
import { mergeRuns } from '../saved-runs/merge-runs.js'
import { outputFolder } from '../storage/output-path.js'
import { findRunFolder, makeRunFolder, type RunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import type { Context } from './context.js'
import { withProgress } from './progress.js'
import { findRunPath } from './run-argument.js'

/** Rows of each table, as the default of `topN`. */
const TOP = 10

/** Sets the exit code to 1 if an artifact could not be written, or a budget is exceeded. */
export async function mergeCommand(
  runs: readonly string[],
  { output }: { readonly output: string },
  context: Context,
): Promise<void> {
  growHeapSlowly()
  const target = outputFolder(output, context.cwd)
  const directories = runs.map(run => findRunFolder(findRunPath(run, context.cwd)))
  const { notes, report, written } = await createWhole(target, folder =>
    mergeInto(folder, directories, context),
  )
  const ci = publishMerged(report, target, written, context)
  for (const line of [...notes.map(note => `jest-profiler: ${note}`), ...written.problems, ...ci.notes])
    process.stderr.write(`${line}\n`)
  process.stderr.write(summarizeMerged(report, { target, written }, context) + ci.annotations)
  // The summary already lists exceeded budgets.
  const isExceeded = budgetProblem(report) !== undefined
  if (written.problems.length > 0 || isExceeded) process.exitCode = 1
}

/** Creates a folder that appears under its name only when it is complete. */
async function createWhole<T>(target: string, fill: (folder: RunFolder) => Promise<T>): Promise<T> {
  const unfinished = `${target}.${process.pid}.tmp`
  // Fails if the name exists, for example as a link.
  mkdirSync(unfinished)
  try {
    const result = await fill(makeRunFolder(unfinished, basename(target)))
    renameSync(unfinished, target)
    return result
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function mergeInto(folder: RunFolder, directories: readonly string[], { cwd, env }: Context) {
  return withProgress(env, async show => {
    const notes = mergeRuns(directories, folder, show('merging recordings'))
    // The record is not kept: in a large run it is as large as everything else.
    const { report, profile } = await loadReport(folder.directory, { progress: show('reading recordings') })
    const written = writeArtifacts({
      report,
      profile,
      options: parseOptions({}, { base: cwd, where: 'merge' }),
      folder,
      store: new RunStore(folder),
      jsonTriggersWatch: false,
      progress: show('writing artifacts'),
    })
    return { notes, report, written }
  })
}

/** Publishes the merged run to CI, like each shard before. */
function publishMerged(report: Report, target: string, { paths }: WrittenArtifacts, { env }: Context) {
  // The artifacts were written before the folder got its name.
  const final = Object.entries(paths).map(([name, path]) => [name, join(target, basename(path))])
  return publishToCi(detectCi(env), {
    report,
    paths: Object.fromEntries(final),
    runFolder: target,
    outputDir: dirname(target),
    topN: TOP,
  })
}

function summarizeMerged(
  report: Report,
  { target, written }: { target: string; written: WrittenArtifacts },
  { cwd, env }: Context,
): string {
  const terminal = terminalOf(process.stderr, env)
  const [toOpen] = readableReports(terminal).flatMap(name => written.paths[name] ?? [])
  return toTerminal(report, {
    ...terminal,
    topN: TOP,
    cwd,
    reportPath: toOpen === undefined ? undefined : fromHere(join(target, basename(toOpen)), cwd),
    toShown: pathShower(report.run.displayRoot, cwd),
  })
}
