// Shards of one suite → a run folder as one run leaves it.

import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import pMap from 'p-map'
import { KeptRun } from '../output/kept-run.js'
import { openRunFolder, type RunFolder } from '../output/run-folder.js'
import type { Progress } from './fold-run.js'
import { type MergePlan, planMerge } from './merge-plan.js'
import { rebaseRecording } from './rebase.js'

/** Recordings that are copied at one time. */
const AT_ONCE = 8

/** Fills the new folder `into`; returns what has to be said. Throws a UserError for what makes up no one run. */
export async function mergeRuns(
  directories: readonly string[],
  into: RunFolder,
  progress?: Progress,
): Promise<MergePlan['notes']> {
  const shards = directories.map(directory => ({
    directory,
    saved: new KeptRun(openRunFolder(directory)).readRun(),
  }))
  const { saved, copies, notes } = planMerge(shards, into.id)
  const target = new KeptRun(into)
  const names = new Map<string, string>()
  let done = 0
  const copy = async ({ directory, name, rebase }: MergePlan['copies'][number]) => {
    const kept = new KeptRun(openRunFolder(directory))
    if (rebase === undefined) await copyFile(kept.pathOf(name), join(into.recordings, name))
    else names.set(name, target.keep(rebaseRecording(kept.read(name), rebase)))
    progress?.(++done, copies.length)
  }
  await pMap(copies, copy, { concurrency: AT_ONCE })
  const files = saved.files.map(file => ({
    ...file,
    recording: names.get(file.recording ?? '') ?? file.recording,
  }))
  target.keepRun({ ...saved, files })
  return notes
}
