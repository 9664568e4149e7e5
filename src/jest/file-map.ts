// Jest's map of files (jest-haste-map), and which files make a watching Jest run again: new ones with one of `moduleFileExtensions`,
// such as `.json`, unless the config excludes their paths.
//
// Known: 29.7 and 30.0 to 30.5 create that map with the static method `createHasteMap` of jest-runtime, and read
// `watchPathIgnorePatterns` only in watch mode.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts (createHasteMap)
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-runtime/src/index.ts (createHasteMap)
// With another layout the output folder stays watched; then no `.json` file is written there, and the run says so.

import { join, sep } from 'node:path'
import type { Config } from '@jest/types'
import { filesOf } from './packages.js'
import { type Replacement, withExport } from './required-modules.js'

/** The method of the class that `@jest/core` calls. */
interface FileMapping {
  createHasteMap?(config: Pick<Config.ProjectConfig, 'watchPathIgnorePatterns'>, ...rest: unknown[]): unknown
}

/**
 * Excludes matching files from watching, in the file map alone: Jest's transform cache depends on the whole config. `pattern` is
 * called when a map is made, after Jest has read its configs.
 */
export function unwatchedFiles(pattern: () => string): Replacement {
  return {
    request: 'jest-runtime',
    askedBy: filesOf('@jest/core'),
    replace(exports: { default?: FileMapping }) {
      const { default: runtime } = exports
      if (typeof runtime?.createHasteMap !== 'function') return exports
      const unwatching = withExport(runtime, 'createHasteMap', (config, ...rest) => {
        const watchPathIgnorePatterns = [...config.watchPathIgnorePatterns, pattern()]
        return runtime.createHasteMap?.({ ...config, watchPathIgnorePatterns }, ...rest)
      })
      return withExport(exports, 'default', unwatching)
    },
  }
}

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
