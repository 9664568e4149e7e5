// Has a watching Jest look away from the output folder, or it would run again on what is written there. Its map of files
// is told, and not the project's config, for on every word of that depends Jest's transform cache.

import type { Config } from '@jest/types'
import { outputPattern } from '../configure/path-pattern.js'
import { type Replacement, withExport } from './required-modules.js'

type WatchedConfig = Pick<Config.ProjectConfig, 'watchPathIgnorePatterns'>

/** Of the class only what is called on it: `@jest/core` makes no runtimes. */
interface Runtime {
  createHasteMap(config: WatchedConfig, ...rest: unknown[]): unknown
}

/** `outputDir` is asked when a map of files is made, which is after configs have been read. */
export function unwatchedOutput(outputDir: () => string | undefined): Replacement {
  return {
    request: 'jest-runtime',
    askedBy: /[\\/]@jest[\\/]core[\\/]/,
    replace: (exports: { default: Runtime }) =>
      withExport(exports, 'default', unwatching(exports.default, outputDir)),
  }
}

// These patterns are heeded only where Jest watches:
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-runtime/src/index.ts (createHasteMap)
function unwatching(runtime: Runtime, outputDir: () => string | undefined): Runtime {
  return withExport(runtime, 'createHasteMap', (config, ...rest) => {
    const watchPathIgnorePatterns = [...config.watchPathIgnorePatterns, outputPattern(outputDir())]
    return runtime.createHasteMap({ ...config, watchPathIgnorePatterns }, ...rest)
  })
}
