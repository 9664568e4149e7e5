// `withProfiler(config)`: sets up the profiler in one line of a Jest config.

import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from 'jest'
import { UserError } from '../errors/user-error.js'
import { findByGlob } from '../globs.js'
import { CONFIG_FILE, configReader, DEFAULT_TRANSFORM_IGNORES, presetOptions } from '../jest/config.js'
import { OPTIONS_KEY, resolveEnvironment } from '../jest/environment-module.js'
import type { ProfilerOptions } from '../options/options.js'
import { OWN_FOLDER, ownFile } from '../own-files.js'
import { outputPattern, pathPattern } from './path-pattern.js'

const ENVIRONMENT = ownFile('environment.js')
const REPORTER = ownFile('reporter.js')

type ConfigFunction = () => Config | Promise<Config>

/**
 * The same Jest config with every project's own environment wrapped and the reporter appended:
 *
 * ```js
 * export default withProfiler({ testEnvironment: 'jsdom' }, { topN: 20 })
 * ```
 *
 * Takes what Jest takes: an object, a function, an async function; `projects` of objects, paths and globs. The result
 * is an object where possible; where projects must be read from elsewhere, it is a function, which Jest accepts too. `options` are
 * the reporter's, which checks them when Jest starts.
 */
export function withProfiler(config: Config, options?: ProfilerOptions): Config
export function withProfiler(config: ConfigFunction, options?: ProfilerOptions): () => Promise<Config>
export function withProfiler(
  config: Config | ConfigFunction,
  options: ProfilerOptions = {},
): Config | (() => Promise<Config>) {
  const directory = callerDirectory() ?? process.cwd()
  if (typeof config === 'function') return async () => wrapAll(await config(), options, directory)
  const readsProjects = config.projects?.some(project => typeof project === 'string') ?? false
  // Typed as a Config, because Jest accepts both.
  if (readsProjects) return (() => wrapAll(config, options, directory)) as unknown as Config
  return wrapRoot(config, (config.projects ?? []) as Config[], options, directory)
}

async function wrapAll(config: Config, options: ProfilerOptions, directory: string): Promise<Config> {
  const rootDir = resolve(directory, config.rootDir ?? '')
  const projects = await Promise.all(
    (config.projects ?? []).map(project => readProject(project as Config | string, rootDir)),
  )
  return wrapRoot(config, projects.flat(), options, directory)
}

function wrapRoot(config: Config, projects: Config[], options: ProfilerOptions, directory: string): Config {
  const ignored = outputPattern(options.outputDir)
  const rootDir = resolve(directory, config.rootDir ?? '')
  // In Jest, a project's folder is relative to the working directory, not to the config.
  const wrap = (project: Config) =>
    wrapProject(project, ignored, resolve(project.rootDir?.replace('<rootDir>', rootDir) ?? rootDir))
  const reporters = config.reporters ?? ['default']
  const reporting = reporters.some(reporter => [reporter].flat()[0] === REPORTER)
  return {
    ...(projects.length === 0
      ? wrapProject(config, ignored, rootDir)
      : { ...config, projects: projects.map(wrap) as NonNullable<Config['projects']> }),
    reporters: reporting ? reporters : [...reporters, [REPORTER, { ...options }]],
  }
}

function wrapProject(project: Config, ignored: string, rootDir: string): Config {
  const preset = presetOptions(project, rootDir)
  const environment = project.testEnvironment ?? preset.testEnvironment ?? 'node'
  if (environment === ENVIRONMENT || !isWrappable(environment, rootDir)) return project
  return {
    ...project,
    testEnvironment: ENVIRONMENT,
    testEnvironmentOptions: {
      ...(project.testEnvironmentOptions ?? preset.testEnvironmentOptions),
      [OPTIONS_KEY]: { environment },
    },
    // Otherwise, writing report.json would trigger another run in watch mode.
    watchPathIgnorePatterns: [
      ...(project.watchPathIgnorePatterns ?? preset.watchPathIgnorePatterns ?? []),
      ignored,
    ],
    // Jest also transforms environments; ours are ES modules and must not be.
    transformIgnorePatterns: [
      ...(project.transformIgnorePatterns ?? preset.transformIgnorePatterns ?? DEFAULT_TRANSFORM_IGNORES),
      `^${pathPattern(dirname(ENVIRONMENT))}[/\\\\]`,
    ],
  }
}

// Jest transpiles environments written in TypeScript and awaits those with top-level await. A wrapper must load its environment in
// a constructor and can do neither: such a project runs as it is, and is listed as missing, with what to do.
function isWrappable(environment: string, rootDir: string): boolean {
  if (environment === 'node' || environment === 'jsdom') return true
  const path = resolveEnvironment(environment, rootDir, '')
  // Jest reports a missing environment before any test.
  if (path === undefined || /\.[cm]?tsx?$/.test(path)) return false
  try {
    createRequire(path)(path)
    return true
  } catch {
    // Jest reports what is wrong with it.
    return false
  }
}

/** Returns the folder of the config file that calls us, `rootDir` by default. Undefined if the stack has no file, as in the REPL. */
function callerDirectory(): string | undefined {
  // https://v8.dev/docs/stack-trace-api
  const { prepareStackTrace } = Error
  try {
    Error.prepareStackTrace = (_error, callSites) => callSites.map(site => site.getFileName())
    const files = new Error().stack as unknown as (string | null | undefined)[]
    const caller = files.map(toPath).find(file => file !== undefined && !file.startsWith(OWN_FOLDER))
    return caller === undefined ? undefined : dirname(caller)
  } finally {
    Error.prepareStackTrace = prepareStackTrace as NonNullable<typeof prepareStackTrace>
  }
}

function toPath(file: string | null | undefined): string | undefined {
  if (!file || file.startsWith('node:')) return undefined
  return file.startsWith('file:') ? fileURLToPath(file) : file
}

/** The configs that one entry of `projects` refers to. As in Jest, paths are relative to the working directory. */
async function readProject(project: Config | string, rootDir: string): Promise<Config[]> {
  if (typeof project !== 'string') return [project]
  const read = configReader<Config>(rootDir)
  return Promise.all(projectPaths(project, rootDir).map(read))
}

function projectPaths(pattern: string, rootDir: string): string[] {
  const path = pattern.replace('<rootDir>', rootDir)
  if (existsSync(path)) return [path]
  const found = findByGlob(path, { onlyFiles: false, absolute: true })
    .map(match => match.replace(/[/\\]$/, ''))
    // As in Jest, a file matched by a glob is a project only if it can be a config.
    .filter(match => statSync(match).isDirectory() || CONFIG_FILE.test(match))
    .toSorted()
  if (found.length > 0) return found
  throw new UserError(
    `jest-profiler: withProfiler: projects entry "${pattern}" matches nothing below ${process.cwd()}. Correct the path or glob.`,
  )
}
