// What was recorded of test files whose run was interrupted: recordings that nobody took any more, and what was saved of files that
// were running. They become recordings of the run, as those of finished files are.

import { OWN_FOLDER } from '../own-files.js'
import { toSlashes } from '../profile/paths.js'
import type { Recording } from '../recording/recording.js'
import { recordingKey } from '../recording/recording-file.js'
import type { Missing } from '../report/report.js'
import { makerFinder } from '../resolve/made-code.js'
import { type ResolveOptions, resolveRecording } from '../resolve/resolve-recording.js'
import { RunScripts } from '../resolve/run-scripts.js'
import { SourceMaps } from '../resolve/source-maps.js'
import { sourceTexts } from '../resolve/source-texts.js'
import { IncomingRecordings } from '../storage/incoming-recordings.js'
import { isFolder, type RunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'

/** Saves them. Nothing is removed, because the run may still be going on. Returns those that cannot be read or saved. */
export function saveInterrupted(folder: RunFolder): Missing[] {
  if (!isFolder(folder.incoming)) return []
  const store = new RunStore(folder)
  const known = new Set(store.names().map(name => name.split('-', 1)[0]))
  const readSource = sourceTexts()
  const options: ResolveOptions = {
    maps: new SourceMaps(),
    profilerDirectory: toSlashes(OWN_FOLDER),
    readSource,
    makerIn: makerFinder(readSource),
    scripts: new RunScripts(),
  }
  return new IncomingRecordings(folder).readLeft().flatMap(left => {
    const { projectId, testPath } = left.header
    const key = recordingKey(projectId, testPath)
    if (known.has(key)) return []
    known.add(key)
    return saveLeft(left, { store, options })
  })
}

function saveLeft(
  left: Recording | { readonly header: { readonly testPath: string }; readonly problem: string },
  { store, options }: { store: RunStore; options: ResolveOptions },
): Missing[] {
  const failure = (reason: string): Missing[] => [
    { file: toSlashes(left.header.testPath), reason, remedy: 'Record it again.' },
  ]
  if ('problem' in left) return failure(left.problem)
  try {
    store.save(resolveRecording(left, options))
    return []
  } catch (error) {
    return failure(`what was recorded of it cannot be saved: ${(error as Error).message}`)
  }
}
