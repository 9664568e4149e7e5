// Finds the environment that ours wraps, by any name or path that Jest accepts, as Jest does: from the project
// first, then from Jest itself: https://github.com/jestjs/jest/blob/v30.0.0/packages/jest-resolve/src/utils.ts

import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import type { Config } from '@jest/types'
import { UserError } from '../errors/user-error.js'
import { OPTIONS_KEY } from './profiled-environment.js'

export type EnvironmentClass = new (
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
) => JestEnvironment

/** The name in `testEnvironmentOptions.profiler.environment`; `node` without one. Throws a UserError on anything else. */
export function baseEnvironmentName({ testEnvironmentOptions }: Config.ProjectConfig): string {
  const options = testEnvironmentOptions[OPTIONS_KEY] ?? {}
  const where = `jest-profiler: testEnvironmentOptions.${OPTIONS_KEY}`
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new UserError(
      `${where} has to be an object, got ${JSON.stringify(options)}. Write { environment: 'node' }.`,
    )
  }
  const { environment = 'node', ...others } = options as { environment?: unknown }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new UserError(
      `${where} has no option "${unknown}". Only "environment" goes here; all others are the reporter's.`,
    )
  }
  if (typeof environment !== 'string' || environment === '') {
    const got = JSON.stringify(environment)
    throw new UserError(
      `${where}.environment has to be a name or a path, got ${got}. Write 'node', 'jsdom' or a path.`,
    )
  }
  return environment
}

/** Throws a UserError that names the environment and what to do when it cannot be loaded. */
export function loadBaseEnvironment(
  name: string,
  { rootDir, runner }: Config.ProjectConfig,
): EnvironmentClass {
  const path = resolveBaseEnvironment(name, rootDir, runner)
  if (path === undefined) {
    const install = /^(node|jsdom)$/.test(name) ? `jest-environment-${name}` : name
    throw new UserError(
      `jest-profiler: the test environment "${name}" cannot be found from ${rootDir}. ` +
        `Run \`npm install --save-dev ${install}\`, or correct testEnvironmentOptions.${OPTIONS_KEY}.environment.`,
    )
  }
  const loaded = requireEnvironment(name, path)
  // The module, its `default`, or a default within a default, as transpilers and bundlers leave them.
  const candidates = [loaded.default?.default, loaded.default, loaded.TestEnvironment, loaded]
  const found = candidates.find(candidate => typeof candidate === 'function')
  if (found === undefined) {
    throw new UserError(
      `jest-profiler: the test environment "${name}" (${path}) exports no class. Export it as default.`,
    )
  }
  return found as EnvironmentClass
}

type LoadedModule = { default?: LoadedModule; TestEnvironment?: unknown }

function requireEnvironment(name: string, path: string): LoadedModule {
  try {
    return createRequire(import.meta.url)(path)
  } catch (error) {
    if (!(error instanceof SyntaxError) && !isUnreadableModule(error)) throw error
    throw new UserError(
      `jest-profiler: the test environment "${name}" (${path}) cannot be loaded by name: ${firstLine(error)}. ` +
        "Wrap it where it is defined, `export default withProfiling(MyEnvironment)` with withProfiling from 'jest-profiler', " +
        'and name that file as testEnvironment.',
    )
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = (error as Error).message.split('\n')
  return line
}

// TypeScript on a Node that does not strip types, or an ES module with top-level await.
function isUnreadableModule(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^ERR_(UNKNOWN_FILE_EXTENSION|REQUIRE_|UNSUPPORTED_)/.test(code)
}

/** Path of the environment's module; undefined when there is none of that name. */
export function resolveBaseEnvironment(name: string, rootDir: string, runner: string): string | undefined {
  const bases = [join(rootDir, 'package.json'), ...(isAbsolute(runner) ? [runner] : []), import.meta.url]
  const specifier = name.startsWith('<rootDir>') ? join(rootDir, name.slice('<rootDir>'.length)) : name
  const prefixed = isAbsolute(specifier) || specifier.startsWith('.') ? [] : [`jest-environment-${specifier}`]
  for (const candidate of [...prefixed, specifier]) {
    for (const base of bases) {
      const path = tryResolve(base, candidate)
      if (path !== undefined) return path
    }
  }
  return undefined
}

function tryResolve(base: string, specifier: string): string | undefined {
  try {
    const path = createRequire(base).resolve(specifier)
    // `node` would otherwise be answered by built-ins of that name.
    return isAbsolute(path) ? path : undefined
  } catch {
    return undefined
  }
}
