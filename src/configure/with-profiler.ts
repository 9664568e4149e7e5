// `withProfiler(config)`: the whole set-up in one line of a Jest config.

import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from 'jest'
import { resolveBaseEnvironment } from '../collect/base-environment.js'
import { OPTIONS_KEY } from '../collect/profiled-environment.js'
import type { ProfilerOptions } from '../options/options.js'
import { callerDirectory } from './caller-directory.js'
import { outputPattern, pathPattern } from './path-pattern.js'
import { presetOptions } from './preset-options.js'
import { readProject } from './read-project.js'

const ENVIRONMENT = fileURLToPath(new URL('../environment.js', import.meta.url))
const REPORTER = fileURLToPath(new URL('../reporter.js', import.meta.url))
/** Jest's default: https://jestjs.io/docs/configuration#transformignorepatterns-arraystring */
const JEST_IGNORES = ['/node_modules/', '\\.pnp\\.[^\\/]+$']

type ConfigFunction = () => Config | Promise<Config>

/**
 * The same Jest config with every project's own environment wrapped and the reporter appended:
 *
 * ```js
 * export default withProfiler({ testEnvironment: 'jsdom' }, { topN: 20 })
 * ```
 *
 * Takes what Jest takes: an object, a function, an async function; `projects` of objects, paths and globs. The result
 * is an object where that is possible; a function, as Jest accepts too, where projects have to be read from elsewhere.
 * `options` are the reporter's, and are checked by it when Jest starts.
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
  // Typed as a Config, for a config is what Jest and its users make of either.
  if (readsProjects) return (() => wrapAll(config, options, directory)) as unknown as Config
  return wrapRoot(config, (config.projects ?? []) as Config[], options, directory)
}

async function wrapAll(config: Config, options: ProfilerOptions, directory: string): Promise<Config> {
  const rootDir = config.rootDir ?? directory
  const projects = await Promise.all(
    (config.projects ?? []).map(project => readProject(project as Config | string, rootDir)),
  )
  return wrapRoot(config, projects.flat(), options, directory)
}

function wrapRoot(config: Config, projects: Config[], options: ProfilerOptions, directory: string): Config {
  const ignored = outputPattern(options.outputDir)
  const wrap = (project: Config) =>
    wrapProject(project, ignored, project.rootDir ?? config.rootDir ?? directory)
  const reporters = config.reporters ?? ['default']
  const reporting = reporters.some(reporter => [reporter].flat()[0] === REPORTER)
  return {
    ...(projects.length === 0
      ? wrap(config)
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
    // report.json would make a watching Jest run again.
    watchPathIgnorePatterns: [
      ...(project.watchPathIgnorePatterns ?? preset.watchPathIgnorePatterns ?? []),
      ignored,
    ],
    // Jest transforms environments too; ours are ES modules, and are not to become anything else.
    transformIgnorePatterns: [
      ...(project.transformIgnorePatterns ?? preset.transformIgnorePatterns ?? JEST_IGNORES),
      `^${pathPattern(dirname(ENVIRONMENT))}[/\\\\]`,
    ],
  }
}

// Jest transpiles an environment of TypeScript, and awaits one with top-level await; a wrapper, which has to load it
// within a constructor, can do neither. Such a project runs as it is, and is listed as missing with what to do.
function isWrappable(environment: string, rootDir: string): boolean {
  if (environment === 'node' || environment === 'jsdom') return true
  const path = resolveBaseEnvironment(environment, rootDir, '')
  // Jest says so itself, before any test.
  if (path === undefined || /\.[cm]?tsx?$/.test(path)) return false
  try {
    createRequire(path)(path)
    return true
  } catch {
    // Whatever is wrong with it is Jest's to say.
    return false
  }
}
