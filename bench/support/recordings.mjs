// The recordings of a saved run, as the last build reads them: with frames in the user's own terms.

import { join } from 'node:path'
import { ROOT } from './project.mjs'

/** By absolute path of the test file. */
export async function recordingsOf(directory) {
  const built = path => import(join(ROOT, '.cache/modules', path))
  const { RunStore } = await built('storage/run-store.js')
  const { openRunFolder } = await built('storage/run-folder.js')
  const store = new RunStore(openRunFolder(directory))
  const names = store.readRun().files.flatMap(({ recording }) => recording ?? [])
  const recordings = new Map()
  for (const name of names) {
    const recording = store.read(name)
    recordings.set(recording.header.testPath, recording)
  }
  return recordings
}
