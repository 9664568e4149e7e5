// What is known of a script that ran: whether Jest transformed it, and where its source map lies. The user's own
// @jest/transform is asked, in the worker, where the answer is in memory; `module.findSourceMap` never works under
// Jest, and `Debugger.enable` costs up to 150 ms a file.

import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment'
import type { Config } from '@jest/types'
import type { Script } from '../recording/recording.js'

/** Tells of a file that was loaded into the sandbox. */
export type ScriptTransformer = (file: string) => Omit<Script, 'url'>

/** Jest's own. */
interface JestScriptTransformer {
  shouldTransform(file: string): boolean
  transform(file: string, options: object, source: string): { code: string; sourceMapPath: string | null }
}

interface JestTransform {
  createScriptTransformer(config: Config.ProjectConfig): Promise<JestScriptTransformer>
}

interface JestResolve {
  default: { unstable_shouldLoadAsEsm(file: string, extensions: readonly string[]): boolean }
}

/** Our own files, ES modules that Node has loaded: not to be transformed for the sake of their maps. */
const OWN_FOLDER = dirname(dirname(fileURLToPath(import.meta.url))) + sep
// What Node loaded itself, outside of the sandbox: Jest, transformers, custom environments.
const loadedByNode = createRequire(import.meta.url).cache

// Module state, for making a transformer loads the user's and takes long: one for each project of this process.
const transformers = new Map<string, ScriptTransformer>()

/** Throws what the user's transformer throws when it is loaded. */
export async function prepareScriptTransformer(
  config: JestEnvironmentConfig,
  { docblockPragmas }: Pick<EnvironmentContext, 'docblockPragmas'>,
): Promise<ScriptTransformer> {
  const { projectConfig } = config
  const known = transformers.get(projectConfig.id)
  if (known !== undefined) return known
  const transformer = await createTransformer(config)
  // A docblock with options gives this one file a config that differs from its project's.
  if (docblockPragmas['jest-environment-options'] === undefined)
    transformers.set(projectConfig.id, transformer)
  return transformer
}

async function createTransformer(config: JestEnvironmentConfig): Promise<ScriptTransformer> {
  const { createScriptTransformer }: JestTransform = requireJest(config.projectConfig, '@jest/transform')
  return asking(await createScriptTransformer(config.projectConfig), config)
}

function asking(
  transformer: JestScriptTransformer,
  { globalConfig, projectConfig }: JestEnvironmentConfig,
): ScriptTransformer {
  const { default: Resolver }: JestResolve = requireJest(projectConfig, 'jest-resolve')
  const { collectCoverage, collectCoverageFrom, coverageProvider } = globalConfig
  const common = { collectCoverage, collectCoverageFrom, coverageProvider, isInternalModule: false }
  const patterns = projectConfig.transform.map(([pattern]) => new RegExp(pattern))
  const isMatched = (file: string) =>
    transformer.shouldTransform(file) && patterns.some(pattern => pattern.test(file))
  const instrumented = collectCoverage && coverageProvider === 'babel'
  const transform = (file: string, module: boolean) => {
    const options = { ...common, ...(module ? MODULE_SUPPORT : SCRIPT_SUPPORT) }
    const source = readFileSync(file, 'utf8')
    const { code, sourceMapPath } = transformer.transform(file, options, source)
    // A hit in the cache may name a map that was never written.
    const sourceMap = sourceMapPath !== null && existsSync(sourceMapPath) ? sourceMapPath : null
    return { transformed: code !== source, sourceMap }
  }
  const known = new Map<string, ReturnType<ScriptTransformer>>()
  return file => {
    const answered = known.get(file)
    if (answered !== undefined) return answered
    const module = Resolver.unstable_shouldLoadAsEsm(file, projectConfig.extensionsToTreatAsEsm)
    const asIs = { transformed: false, sourceMap: null }
    const answer = { wrapped: !module, ...(instrumented || isMatched(file) ? transform(file, module) : asIs) }
    known.set(file, answer)
    return answer
  }
}

// The flags that jest-runtime asks with; with others the answer would not be in memory:
// https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-runtime/src/index.ts
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
 * Without a transformer, as when the process exits, nothing is known of a map, and a file of the project is taken for
 * transformed.
 */
export function describeScript(url: string, transformer: ScriptTransformer | undefined): Script {
  const isSandboxed = isAbsolute(url) && loadedByNode[url] === undefined && !url.startsWith(OWN_FOLDER)
  const isProjects = isSandboxed && !/[/\\]node_modules[/\\]/.test(url)
  const unknown = { url, wrapped: isSandboxed, transformed: isProjects, sourceMap: null }
  if (!isSandboxed || transformer === undefined) return unknown
  try {
    return { url, ...transformer(url) }
  } catch {
    // The file is gone or no longer compiles: a test may have written, loaded and removed it.
    return unknown
  }
}

/**
 * The transformer of that project, without waiting for it: what an earlier file of this process has needed, or what is
 * made of the one that the file's own runtime has, as far as that is known.
 */
export function knownScriptTransformer(
  config: JestEnvironmentConfig,
  ofRuntime: object | undefined,
): ScriptTransformer | undefined {
  const known = transformers.get(config.projectConfig.id)
  if (known !== undefined || ofRuntime === undefined) return known
  return asking(ofRuntime as JestScriptTransformer, config)
}

/** One of Jest's own packages, which its runner depends on; a runner of the user's may lie outside of the project. */
export function requireJest<T>(
  { runner, rootDir }: Pick<Config.ProjectConfig, 'runner' | 'rootDir'>,
  name: string,
): T {
  const fromRunner = createRequire(runner)
  try {
    return fromRunner(name)
  } catch (error) {
    const viaJest = stepsToRunner(rootDir)
    if (viaJest === undefined) throw error
    return createRequire(viaJest)(name)
  }
}

// Under pnpm only Jest's own packages see each other.
function stepsToRunner(rootDir: string): string | undefined {
  let from = join(rootDir, 'package.json')
  try {
    for (const step of ['jest', '@jest/core', 'jest-runner']) from = createRequire(from).resolve(step)
    return from
  } catch {
    return undefined
  }
}

/**
 * Length of the function header that Jest 29 puts before a CommonJS module; it shifts the first line's columns by
 * twice that much. Jest 30 compiles modules as functions and shifts nothing.
 * https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-runtime/src/index.ts#L1500
 */
export function moduleWrapperLength(projectConfig: Config.ProjectConfig): number {
  const { version }: { version: string } = requireJest(projectConfig, 'jest-runtime/package.json')
  if (Number.parseInt(version, 10) >= 30) return 0
  const jest = projectConfig.injectGlobals === false ? [] : ['jest']
  const injected = projectConfig.sandboxInjectedGlobals ?? []
  const parameters = ['module', 'exports', 'require', '__dirname', '__filename', ...jest, ...injected]
  return `({"Object.<anonymous>":function(${parameters.join(',')}){`.length
}
