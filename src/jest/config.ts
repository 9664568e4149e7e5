// Jest's configs (jest-config), read by Jest itself or by us with the user's jest-config, which supports TypeScript, ES modules and
// package.json; and the rules for options of a config.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-config/src/index.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-config/src/index.ts
// With another layout `npx jest-profiler` records nothing and says so, and `withProfiler` throws a UserError with a workaround.

import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import type { Config } from '@jest/types'
import { UserError } from '../errors/user-error.js'
import { filesOf, KNOWN_VERSIONS, resolveInSteps, tryResolve } from './packages.js'
import { type Replacement, withExport } from './required-modules.js'

export interface ReadConfigs {
  readonly globalConfig: Config.GlobalConfig
  readonly configs: Config.ProjectConfig[]
}

interface ConfigReading {
  readConfigs?(argv: { showConfig?: boolean }, ...rest: unknown[]): Promise<ReadConfigs>
}

export interface ReadingOptions {
  /** Returns the configs that Jest gets in place of those that it read. `core` is the path of a file of `@jest/core`. */
  replaceConfigs(read: ReadConfigs, core: string): ReadConfigs
  /** Called when a config cannot be read; Jest gets the error. */
  whenFailed(): void
  /** Called before Jest reads its configs. */
  whenReading(): void
}

/** Replaces the configs that Jest reads, once: any later reader is another Jest, started by the project's own code. */
export function replacedConfigs({ replaceConfigs, whenFailed, whenReading }: ReadingOptions): Replacement {
  let isRead = false
  return {
    request: 'jest-config',
    askedBy: filesOf('@jest/core'),
    replace(exports: ConfigReading, core) {
      const { readConfigs: read } = exports
      if (typeof read !== 'function') return exports
      return withExport(exports, 'readConfigs', async (argv, ...rest) => {
        const configs = () => Reflect.apply(read, exports, [argv, ...rest]) as Promise<ReadConfigs>
        if (isRead) return configs()
        isRead = true
        whenReading()
        const found = await configs().catch(error => {
          whenFailed()
          throw error
        })
        return argv.showConfig === true ? found : replaceConfigs(found, core)
      })
    },
  }
}

interface InitialReading<Options> {
  readInitialOptions?(
    config: undefined,
    options: { packageRootOrConfig: string; skipMultipleConfigError: boolean },
  ): Promise<{ config: Options }>
}

/** Returns a function that reads a config file, or the config in a folder, as written. Throws a UserError if `rootDir` has no known Jest. */
export function configReader<Options>(rootDir: string): (path: string) => Promise<Options> {
  // Jest depends on jest-config through jest-cli; with pnpm it cannot be resolved directly.
  const cli = resolveInSteps(rootDir, ['jest', 'jest-cli'])
  if (cli === undefined) {
    throw new UserError(
      `jest-profiler: withProfiler: Jest cannot be found from ${rootDir}. Run \`npm install --save-dev jest\` there.`,
    )
  }
  const { readInitialOptions: read }: InitialReading<Options> = createRequire(cli)('jest-config')
  if (typeof read !== 'function') {
    throw new UserError(
      `jest-profiler: withProfiler: the Jest found from ${rootDir} reads projects in a way that is not known from Jest ${KNOWN_VERSIONS}. ` +
        'Write the projects into the config as objects.',
    )
  }
  return async packageRootOrConfig =>
    (await read(undefined, { packageRootOrConfig, skipMultipleConfigError: true })).config
}

/** Returns the names of options that Jest's help has; empty if its layout is unknown. Options without a value are in no config. */
export function knownOptions(rootDir: string): string[] {
  const cli = resolveInSteps(rootDir, ['jest', 'jest-cli'])
  if (cli === undefined) return []
  const { yargsOptions = {} }: { yargsOptions?: object } = createRequire(cli)(cli)
  return Object.keys(yargsOptions)
}

/** Files that can be configs if a glob of `projects` matches them. */
export const CONFIG_FILE = /\.(js|ts|mjs|cjs|mts|cts|json)$/

/** Jest's default: https://jestjs.io/docs/configuration#transformignorepatterns-arraystring */
export const DEFAULT_TRANSFORM_IGNORES: readonly string[] = ['/node_modules/', '\\.pnp\\.[^\\/]+$']

const PRESET_EXTENSIONS = ['', '.json', '.js', '.cjs', '.mjs']

/**
 * Returns the options of a preset, resolved as Jest does. Empty without a preset, and if it cannot be found, which Jest reports:
 * https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-config/src/normalize.ts (setupPreset)
 */
export function presetOptions<Options extends { preset?: string | null }>(
  { preset }: Options,
  rootDir: string,
): Partial<Options> {
  if (preset === undefined || preset === null) return {}
  const path = preset.replace('<rootDir>', rootDir)
  const specifier = path.startsWith('.') || isAbsolute(path) ? path : `${path}/jest-preset`
  const manifest = join(rootDir, 'package.json')
  for (const extension of PRESET_EXTENSIONS) {
    const resolved = tryResolve(manifest, specifier + extension)
    if (resolved === undefined) continue
    const loaded: Partial<Options> & { default?: Partial<Options> } = createRequire(manifest)(resolved)
    return loaded.default ?? loaded
  }
  return {}
}

export interface PatternedConfig {
  readonly nonFlagArgs?: readonly string[]
  readonly testPathPattern?: string
  readonly testPathPatterns?: { readonly patterns?: readonly string[] }
}

/** Returns the patterns of test paths on the command line, which are one string in Jest 29 and an object from 30 on. */
export function testPathPatterns(config: PatternedConfig): string[] {
  const patterns: readonly string[] = config.testPathPatterns?.patterns ?? []
  const all = [...(config.nonFlagArgs ?? []), ...patterns, config.testPathPattern ?? '']
  return [...new Set(all)].filter(pattern => pattern !== '')
}
