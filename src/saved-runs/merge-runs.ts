// Runs of a suite's shards → a run folder like that of one run.

import { copyFileSync, linkSync } from 'node:fs'
import { join } from 'node:path'
import { openRunFolder, type RunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import type { Progress } from './fold-run.js'
import { type MergePlan, planMerge } from './merge-plan.js'
import { rebaseRecording } from './rebase.js'

/** Fills the new folder `into`, and returns notes to show. Throws a UserError if the runs are not shards of one suite. */
export function mergeRuns(
  directories: readonly string[],
  into: RunFolder,
  progress?: Progress,
): MergePlan['notes'] {
  const shards = directories.map(directory => ({
    directory,
    saved: new RunStore(openRunFolder(directory)).readRun(),
  }))
  const { saved, copies, notes } = planMerge(shards, into.id)
  const target = new RunStore(into)
  const names = new Map<string, string>()
  copies.forEach(({ directory, name, rebase }, index) => {
    const store = new RunStore(openRunFolder(directory))
    if (rebase === undefined) share(store.pathOf(name), join(into.recordings, name))
    else names.set(name, target.save(rebaseRecording(store.read(name), rebase)))
    progress?.(index + 1, copies.length)
  })
  const files = saved.files.map(file => ({
    ...file,
    recording: names.get(file.recording ?? '') ?? file.recording,
  }))
  target.saveRun({ ...saved, files })
  return notes
}

/** Recordings are never written again, so both runs can have the same file. Not every file system, nor one beside another, can do that. */
function share(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}
