// How Jest loaded a file into the sandbox: the kind of module, whether it was transformed, and its source map. The answer comes from the
// user's own @jest/transform in the worker, which has it in memory. (`module.findSourceMap` never works with Jest, and `Debugger.enable`
// takes up to 150 ms per file.)
//
// Known: 29.7 and 30.0 to 30.5. The options are those of jest-runtime: for others the answer is not in memory.
// https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts (defaultTransformOptions)
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-resolve/src/shouldLoadAsEsm.ts
// With another layout there is no lookup: scripts are described without source maps, and the run says so.

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import type { Config } from '@jest/types'
import { jestVersionOf, tryRequireJest } from './packages.js'

interface SandboxScript {
  /** Whether it was loaded as a CommonJS module, which has a wrapper in Jest 29. */
  readonly wrapped: boolean
  readonly transformed: boolean
  /** Path of its source map; null when the transformer made none. */
  readonly sourceMap: string | null
}

/** Throws the error of the user's transformer for the file. */
export type ScriptLookup = (file: string) => SandboxScript

/** The methods of Jest's ScriptTransformer that we call. */
interface AskedTransformer {
  shouldTransform(file: string): boolean
  transform(file: string, options: object, source: string): { code: string; sourceMapPath: string | null }
}

interface TransformingModule {
  createScriptTransformer?(config: Config.ProjectConfig): Promise<object>
}

interface ResolveModule {
  default?: { unstable_shouldLoadAsEsm?(file: string, extensions: readonly string[]): boolean }
}

// Module state, one for each project of this process, because creating a transformer loads the user's and takes long.
const lookups = new Map<string, ScriptLookup>()

/** Returns undefined if this Jest's layout is unknown. Throws if the user's transformer cannot be loaded. */
export async function prepareScriptLookup(
  config: JestEnvironmentConfig,
  { docblockPragmas }: Pick<EnvironmentContext, 'docblockPragmas'>,
): Promise<ScriptLookup | undefined> {
  const { projectConfig } = config
  const known = lookups.get(projectConfig.id)
  if (known !== undefined) return known
  const jests = tryRequireJest<TransformingModule>(projectConfig, '@jest/transform')
  if (typeof jests?.createScriptTransformer !== 'function') return undefined
  const lookup = lookupBy(await jests.createScriptTransformer(projectConfig), config)
  // A docblock with options gives this file a config of its own.
  if (lookup !== undefined && docblockPragmas['jest-environment-options'] === undefined)
    lookups.set(projectConfig.id, lookup)
  return lookup
}

/** As `prepareScriptLookup` without waiting: that of an earlier file, or by the transformer of this file's runtime; else undefined. */
export function knownScriptLookup(
  config: JestEnvironmentConfig,
  scriptTransformer: object | undefined,
): ScriptLookup | undefined {
  const known = lookups.get(config.projectConfig.id)
  if (known !== undefined || scriptTransformer === undefined) return known
  return lookupBy(scriptTransformer, config)
}

function lookupBy(
  scriptTransformer: object,
  { globalConfig, projectConfig }: JestEnvironmentConfig,
): ScriptLookup | undefined {
  const transformer = scriptTransformer as AskedTransformer
  const resolver = tryRequireJest<ResolveModule>(projectConfig, 'jest-resolve')?.default
  if (typeof transformer.transform !== 'function' || typeof transformer.shouldTransform !== 'function')
    return undefined
  if (typeof resolver?.unstable_shouldLoadAsEsm !== 'function') return undefined
  const isModule = (file: string) =>
    resolver.unstable_shouldLoadAsEsm?.(file, projectConfig.extensionsToTreatAsEsm) === true
  const { collectCoverage, collectCoverageFrom, coverageProvider } = globalConfig
  const common = { collectCoverage, collectCoverageFrom, coverageProvider, isInternalModule: false }
  const patterns = projectConfig.transform.map(([pattern]) => new RegExp(pattern))
  const isMatched = (file: string) =>
    transformer.shouldTransform(file) && patterns.some(pattern => pattern.test(file))
  const isInstrumented = collectCoverage && coverageProvider === 'babel'
  const known = new Map<string, SandboxScript>()
  return file => {
    const answered = known.get(file)
    if (answered !== undefined) return answered
    const wrapped = !isModule(file)
    const options = { ...common, ...(wrapped ? SCRIPT_SUPPORT : MODULE_SUPPORT) }
    const transformed =
      isInstrumented || isMatched(file)
        ? askFor(file, transformer, options)
        : { transformed: false, sourceMap: null }
    const answer = { wrapped, ...transformed }
    known.set(file, answer)
    return answer
  }
}

function askFor(
  file: string,
  transformer: AskedTransformer,
  options: object,
): Pick<SandboxScript, 'transformed' | 'sourceMap'> {
  const source = readFileSync(file, 'utf8')
  const { code, sourceMapPath } = transformer.transform(file, options, source)
  // A cache hit may name a map that was never written.
  const sourceMap = sourceMapPath !== null && existsSync(sourceMapPath) ? sourceMapPath : null
  return { transformed: code !== source, sourceMap }
}

const MODULE_SUPPORT = {
  supportsDynamicImport: true,
  supportsExportNamespaceFrom: true,
  supportsStaticESM: true,
  supportsTopLevelAwait: true,
}
const SCRIPT_SUPPORT = {
  supportsDynamicImport: typeof createRequire(import.meta.url)('node:vm').SyntheticModule === 'function',
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
}

/**
 * Returns the length of the function header that Jest 29 puts before a CommonJS module, which shifts the columns of its first line by
 * twice that length. Jest 30 compiles modules as functions and shifts nothing; later and unknown versions are assumed to do so, too.
 * https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts#L1500
 * https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-runtime/src/index.ts (createScriptFromCode)
 */
export function moduleWrapperLength(projectConfig: Config.ProjectConfig): number {
  if (!jestVersionOf(projectConfig).startsWith('29.')) return 0
  const jest = projectConfig.injectGlobals === false ? [] : ['jest']
  const injected = projectConfig.sandboxInjectedGlobals ?? []
  const parameters = ['module', 'exports', 'require', '__dirname', '__filename', ...jest, ...injected]
  return `({"Object.<anonymous>":function(${parameters.join(',')}){`.length
}
