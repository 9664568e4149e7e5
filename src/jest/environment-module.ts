// Test environments, by any name or path that Jest accepts: resolved as Jest does, from the project and then from Jest, and loaded.
//
// Known: 29.7 and 30.0 to 30.5. https://github.com/jestjs/jest/blob/v29.7.0/packages/jest-resolve/src/utils.ts (resolveTestEnvironment)
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-resolve/src/utils.ts
// https://github.com/jestjs/jest/blob/v30.5.2/packages/jest-docblock/src/index.ts
// If one cannot be found or loaded, its test files fail with a UserError and its remedy. With another layout of jest-docblock,
// docblocks are ignored, and missing recordings are explained by the config alone.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import type { EnvironmentContext, JestEnvironment, JestEnvironmentConfig } from '@jest/environment'
import type { Config } from '@jest/types'
import { UserError } from '../errors/user-error.js'
import { type JestLocation, tryRequireJest, tryResolve } from './packages.js'

/** Our key in `testEnvironmentOptions`. */
export const OPTIONS_KEY = 'profiler'

/** Any class, because the types of environments differ between versions of Jest. */
export type AnyClass = new (...args: never[]) => object

export type EnvironmentClass = new (
  config: JestEnvironmentConfig,
  context: EnvironmentContext,
) => JestEnvironment

/** Returns the class. Throws a UserError with the name and the remedy if it cannot be found or loaded. */
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
  // Transpilers and bundlers may nest defaults.
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

/** Whether Node cannot load it: TypeScript without type stripping, or an ES module with top-level await. */
function isUnreadableModule(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^ERR_(UNKNOWN_FILE_EXTENSION|REQUIRE_|UNSUPPORTED_)/.test(code)
}

/** Returns the path of the environment's module; undefined if not found. `runner`: path of Jest's runner, or `''`. */
export function resolveEnvironment(name: string, rootDir: string, runner: string): string | undefined {
  const bases = [join(rootDir, 'package.json'), ...(isAbsolute(runner) ? [runner] : []), import.meta.url]
  const specifier = name.startsWith('<rootDir>') ? join(rootDir, name.slice('<rootDir>'.length)) : name
  const prefixed = isAbsolute(specifier) || specifier.startsWith('.') ? [] : [`jest-environment-${specifier}`]
  for (const candidate of [...prefixed, specifier]) {
    for (const base of bases) {
      const path = tryResolve(base, candidate)
      // A built-in of that name has no absolute path.
      if (path !== undefined && isAbsolute(path)) return path
    }
  }
  return undefined
}

interface DocblockReading {
  extract?(source: string): string
  parse?(docblock: string): Record<string, string | string[]>
}

/** Returns the environment in a test file's docblock; undefined if there is none, or the file no longer exists. */
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
