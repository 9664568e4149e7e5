// Has every test environment recorded, whoever chose it and whatever it is written in: Jest's runner loads environments
// through its script transformer, which is the user's own, with the user's own config.

import type { Config } from '@jest/types'
import { type Replacement, withExport } from './required-modules.js'

interface ScriptTransformer {
  requireAndTranspileModule(path: string, ...rest: unknown[]): Promise<unknown>
}

interface Transform {
  createScriptTransformer(config: Config.ProjectConfig, ...rest: unknown[]): Promise<ScriptTransformer>
}

/** `whenAsked` is called as soon as a runner has what it asked for. */
export function recordedEnvironments(whenAsked: () => void = () => {}): Replacement {
  return {
    request: '@jest/transform',
    askedBy: /[\\/]jest-runner[\\/]/,
    replace(transform: Transform) {
      whenAsked()
      return withExport(transform, 'createScriptTransformer', async (config, ...rest) => {
        const transformer = await transform.createScriptTransformer(config, ...rest)
        return recording(transformer, config)
      })
    },
  }
}

function recording(transformer: ScriptTransformer, config: Config.ProjectConfig): ScriptTransformer {
  const load = transformer.requireAndTranspileModule
  return Object.defineProperty(transformer, 'requireAndTranspileModule', {
    async value(path: string, ...rest: unknown[]) {
      const loaded = await Reflect.apply(load, transformer, [path, ...rest])
      if (!mayBeEnvironment(loaded, path === config.testEnvironment)) return loaded
      // Only now: most processes that Jest starts never have an environment.
      const { recordedEnvironment } = await import('../collect/with-profiling.js')
      return recordedEnvironment(loaded)
    },
    configurable: true,
    writable: true,
  })
}

// The same call loads test runners. A docblock's environment is known by the method that Jest demands of it.
function mayBeEnvironment(
  loaded: unknown,
  isConfigured: boolean,
): loaded is new (
  ...args: never[]
) => object {
  return typeof loaded === 'function' && (isConfigured || 'getVmContext' in Object(loaded.prototype))
}
