// One side of a comparison, as a person names it → its run folders: one run, or all that lie in a folder.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors/user-error.js'
import { isFolder, isRunFolder, LATEST } from '../storage/run-folder.js'

/**
 * `path`: a run folder, a folder of run folders, or a folder of such folders, as several `--output-dir` leave them.
 * Sorted; each run once. Throws a UserError where there is none.
 */
export function runsOfSide(path: string): string[] {
  const runs = isRunFolder(path) ? [path] : runsIn(path, DEPTH)
  if (runs.length > 0) return runs
  throw new UserError(
    `jest-profiler: there is no run in ${JSON.stringify(path)}. Name a run folder, or a folder of run folders.`,
  )
}

/** Folders between the named one and the runs, at most. */
const DEPTH = 2

function runsIn(folder: string, depth: number): string[] {
  if (!isFolder(folder)) return []
  return (
    readdirSync(folder, { withFileTypes: true })
      // `latest` is one of the others; a copy of it, made by what follows links, as well.
      .filter(entry => entry.isDirectory() && entry.name !== LATEST && entry.name !== 'node_modules')
      .map(({ name }) => join(folder, name))
      .toSorted()
      .flatMap(child => {
        if (isRunFolder(child)) return [child]
        return depth > 1 ? runsIn(child, depth - 1) : []
      })
  )
}
