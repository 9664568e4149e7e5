// Test environments, by any name or path that Jest accepts: found as Jest finds them, from the project first and then from Jest
// itself, and loaded.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-resolve/src/utils.ts (resolveTestEnvironment)
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-resolve/src/utils.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-docblock/src/index.ts
// One that cannot be found or loaded fails its test files with a UserError that says what to do. With another
// jest-docblock no docblock names an environment, and a missing recording is explained by the config alone.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import type { Config } from '@jest/types'
import { UserError } from '../errors/user-error.js'
import { type JestLocation, tryRequireJest, tryResolve } from './packages.js'

/** The key of `testEnvironmentOptions` that is ours: Jest makes all others globals of the test. */
export const OPTIONS_KEY = 'profiler'

/** Any class: the types of Jest's environments differ between its versions. */
export type AnyClass = new (...args: never[]) => object

export type EnvironmentClass = new (
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
) => JestEnvironment

/** Throws a UserError that names the environment and what to do when it cannot be loaded. */
export function loadEnvironment(name: string, { rootDir, runner }: Config.ProjectConfig): EnvironmentClass {
  const path = resolveEnvironment(name, rootDir, runner)
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

interface EnvironmentModule {
  default?: EnvironmentModule
  TestEnvironment?: unknown
}

function requireEnvironment(name: string, path: string): EnvironmentModule {
  try {
    return createRequire(import.meta.url)(path)
  } catch (error) {
    if (!(error instanceof SyntaxError) && !isUnreadableModule(error)) throw error
    const [problem] = (error as Error).message.split('\n')
    throw new UserError(
      `jest-profiler: the test environment "${name}" (${path}) cannot be loaded by name: ${problem}. ` +
        "Wrap it where it is defined, `export default withProfiling(MyEnvironment)` with withProfiling from 'jest-profiler', " +
        'and name that file as testEnvironment.',
    )
  }
}

/** TypeScript on a Node that does not strip types, or an ES module with top-level await. */
function isUnreadableModule(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^ERR_(UNKNOWN_FILE_EXTENSION|REQUIRE_|UNSUPPORTED_)/.test(code)
}

/** Path of the environment's module; undefined when there is none of that name. `runner`: path of Jest's runner, or `''`. */
export function resolveEnvironment(name: string, rootDir: string, runner: string): string | undefined {
  const bases = [join(rootDir, 'package.json'), ...(isAbsolute(runner) ? [runner] : []), import.meta.url]
  const specifier = name.startsWith('<rootDir>') ? join(rootDir, name.slice('<rootDir>'.length)) : name
  const prefixed = isAbsolute(specifier) || specifier.startsWith('.') ? [] : [`jest-environment-${specifier}`]
  for (const candidate of [...prefixed, specifier]) {
    for (const base of bases) {
      const path = tryResolve(base, candidate)
      // `node` would otherwise be answered by built-ins of that name.
      if (path !== undefined && isAbsolute(path)) return path
    }
  }
  return undefined
}

interface DocblockReading {
  extract?(source: string): string
  parse?(docblock: string): Record<string, string | string[]>
}

/** The environment that a test file's docblock names. Undefined: the file names none, or is gone by now. */
export function docblockEnvironment(testPath: string, location: JestLocation): string | undefined {
  const { extract, parse } = tryRequireJest<DocblockReading>(location, 'jest-docblock') ?? {}
  if (typeof extract !== 'function' || typeof parse !== 'function') return undefined
  let source: string
  try {
    source = readFileSync(testPath, 'utf8')
  } catch {
    return undefined
  }
  const pragma = parse(extract(source))['jest-environment']
  return Array.isArray(pragma) ? pragma[0] : pragma
}
