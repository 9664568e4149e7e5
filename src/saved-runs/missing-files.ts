// What a saved run lacks: what was noted when it ended, recordings that were removed since, and what was running when it was cut off.

import type { SavedRun } from '../report/record/saved-run.js'
import { relativeTo } from '../report/relative-path.js'
import type { Missing } from '../report/report.js'
import { duration } from '../report/views/figures.js'
import { Activities } from '../running/activities.js'
import { interruptedEntry, runningFiles } from '../running/running-files.js'
import { isFolder, type RunFolder } from '../storage/run-folder.js'
import { RunStore } from '../storage/run-store.js'
import type { SelectedFiles } from './selection.js'

interface MissingOptions {
  /** Recordings that could not be saved now. */
  readonly unsaved: readonly Missing[]
  readonly selected: SelectedFiles
  /** Whether a part of the run was asked for. */
  readonly isPart: boolean
  readonly folder: RunFolder
}

export function missingOf(saved: SavedRun, { unsaved, selected, isPart, folder }: MissingOptions): Missing[] {
  const store = new RunStore(folder)
  const files = [...selected.keys()]
  const paths = new Set(files.map(({ path }) => path))
  const ended = new Set(files.filter(({ status }) => status !== 'interrupted').map(({ path }) => path))
  const lost = files.filter(({ recording }) => recording !== null && !store.has(recording))
  return [
    ...[...unsaved, ...saved.missing, ...runningThen(saved, ended, folder)].filter(
      ({ file }) => !isPart || paths.has(file),
    ),
    ...lost.map(({ path: file, recording }) => ({
      file,
      reason: `its recording ${recording} is no longer in the run folder`,
      remedy: 'Copy the run again, or record it again.',
    })),
    ...(saved.endedAtMs === null ? [cutOff(saved)] : []),
  ]
}

/** In band nothing could note what was running but the notes themselves. */
function runningThen(saved: SavedRun, ended: ReadonlySet<string>, { incoming }: RunFolder): Missing[] {
  if (saved.endedAtMs !== null || saved.interruption !== undefined || !isFolder(incoming)) return []
  const running = new Activities(incoming).now()
  const options = { incoming, interruptedMs: undefined, toShown: relativeTo(saved.run.displayRoot) }
  return runningFiles(running, options)
    .map(interruptedEntry)
    .filter(({ file }) => !ended.has(file))
}

function cutOff({ interruption, startedAtMs }: SavedRun): Missing {
  const reason =
    interruption === undefined
      ? 'the run was interrupted, or is still running'
      : `the run was interrupted by ${interruption.signal} after ${duration(interruption.atMs - startedAtMs)}`
  return {
    file: '',
    reason,
    remedy:
      'Included are test files that had ended by then and, of those that were running, what was saved after 10 seconds of one test.',
  }
}
