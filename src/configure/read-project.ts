// Projects that a config names by path or glob, read with the user's own jest-config, so that TypeScript, ES modules
// and package.json forms work as they do in Jest.

import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Config } from 'jest'
import { globSync } from 'tinyglobby'
import { UserError } from '../errors/user-error.js'

interface JestConfig {
  readInitialOptions(
    config: undefined,
    options: { packageRootOrConfig: string; skipMultipleConfigError: boolean },
  ): Promise<{ config: Config; configPath: string | null }>
}

/** The configs that one entry of `projects` stands for; paths are relative to the working directory, as in Jest. */
export async function readProject(project: Config | string, rootDir: string): Promise<Config[]> {
  if (typeof project !== 'string') return [project]
  const { readInitialOptions } = loadJestConfig(rootDir)
  return Promise.all(
    projectPaths(project, rootDir).map(async packageRootOrConfig => {
      const { config } = await readInitialOptions(undefined, {
        packageRootOrConfig,
        skipMultipleConfigError: true,
      })
      return config
    }),
  )
}

const CONFIG_FILE = /\.(js|ts|mjs|cjs|mts|cts|json)$/

function projectPaths(pattern: string, rootDir: string): string[] {
  const path = pattern.replace('<rootDir>', rootDir)
  if (existsSync(path)) return [path]
  const found = globSync(path, { onlyFiles: false, absolute: true, expandDirectories: false })
    .map(match => match.replace(/[/\\]$/, ''))
    // As in Jest, files that a glob happens to match are no projects unless they can be configs.
    .filter(match => statSync(match).isDirectory() || CONFIG_FILE.test(match))
    .toSorted()
  if (found.length > 0) return found
  throw new UserError(
    `jest-profiler: withProfiler: projects entry "${pattern}" matches nothing below ${process.cwd()}. Correct the path or glob.`,
  )
}

// Jest depends on its config package by way of its command line; under pnpm no shorter way is open.
function loadJestConfig(rootDir: string): JestConfig {
  let from = join(rootDir, 'package.json')
  try {
    for (const step of ['jest', 'jest-cli']) from = createRequire(from).resolve(step)
    return createRequire(from)('jest-config')
  } catch (error) {
    throw new UserError(
      `jest-profiler: withProfiler: Jest cannot be found from ${rootDir}. Run \`npm install --save-dev jest\` there.`,
      { cause: error },
    )
  }
}
