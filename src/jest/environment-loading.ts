// How Jest loads test environments: jest-runner uses the project's ScriptTransformer, so an environment may be in any language. The
// loaded class can be replaced.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runner/src/runTest.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-runner/src/runTest.ts
// With another layout environments are not replaced: their test files are listed as missing, with the remedy to wrap the class.

import type { Config } from '@jest/types'
import type { AnyClass } from './environment-module.js'
import { filesOf } from './packages.js'
import { type Replacement, withExport } from './required-modules.js'

interface LoadingTransformer {
  requireAndTranspileModule?(path: string, ...rest: unknown[]): Promise<unknown>
}

interface LoadingModule {
  createScriptTransformer?(config: Config.ProjectConfig, ...rest: unknown[]): Promise<LoadingTransformer>
}

type ReplaceClass = (environment: AnyClass) => Promise<AnyClass>

/** Replaces all test environments. `whenAsked` is called when a runner requires its ScriptTransformer. */
export function replacedEnvironments(replaceClass: ReplaceClass, whenAsked?: () => void): Replacement {
  return {
    request: '@jest/transform',
    askedBy: filesOf('jest-runner'),
    replace(transform: LoadingModule) {
      whenAsked?.()
      const { createScriptTransformer: create } = transform
      if (typeof create !== 'function') return transform
      return withExport(transform, 'createScriptTransformer', async (config, ...rest) =>
        replacing(await Reflect.apply(create, transform, [config, ...rest]), config, replaceClass),
      )
    },
  }
}

function replacing(
  transformer: LoadingTransformer,
  { testEnvironment }: Pick<Config.ProjectConfig, 'testEnvironment'>,
  replaceClass: ReplaceClass,
): LoadingTransformer {
  const { requireAndTranspileModule: load } = transformer
  if (typeof load !== 'function') return transformer
  return Object.defineProperty(transformer, 'requireAndTranspileModule', {
    async value(path: string, ...rest: unknown[]) {
      const loaded = await Reflect.apply(load, transformer, [path, ...rest])
      return isEnvironment(loaded, { isConfigured: path === testEnvironment }) ? replaceClass(loaded) : loaded
    },
    configurable: true,
    writable: true,
  })
}

/** The same call also loads test runners. An environment of a docblock is recognized by a method that all must have. */
function isEnvironment(loaded: unknown, { isConfigured }: { isConfigured: boolean }): loaded is AnyClass {
  return typeof loaded === 'function' && (isConfigured || 'getVmContext' in Object(loaded.prototype))
}
