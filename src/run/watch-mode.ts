// Jest 30's watch mode runs again on any new file with one of `moduleFileExtensions`, `.json` among them.

import { join, sep } from 'node:path'
import type { Config } from '@jest/types'

type WatchedProject = Pick<
  Config.ProjectConfig,
  'roots' | 'watchPathIgnorePatterns' | 'modulePathIgnorePatterns'
>

/** Whether a `.json` file in that folder would make a watching Jest run again. */
export function jsonTriggersWatch(
  { watch, watchAll }: Pick<Config.GlobalConfig, 'watch' | 'watchAll'>,
  projects: readonly WatchedProject[],
  directory: string,
): boolean {
  if (!watch && !watchAll) return false
  const path = join(directory, 'report.json')
  return projects.some(({ roots, watchPathIgnorePatterns, modulePathIgnorePatterns }) => {
    const watched = roots.some(root => path.startsWith(root + sep))
    const ignored = [...watchPathIgnorePatterns, ...modulePathIgnorePatterns]
    return watched && !ignored.some(pattern => new RegExp(pattern).test(path))
  })
}
