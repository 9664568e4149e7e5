// The projects that a config names by path or glob.

import { existsSync, statSync } from 'node:fs'
import type { Config } from 'jest'
import { globSync } from 'tinyglobby'
import { UserError } from '../errors/user-error.js'
import { CONFIG_FILE, configReader } from '../jest/config.js'

/** The configs that one entry of `projects` names. Paths are relative to the working directory, as in Jest. */
export async function readProject(project: Config | string, rootDir: string): Promise<Config[]> {
  if (typeof project !== 'string') return [project]
  const read = configReader<Config>(rootDir)
  return Promise.all(projectPaths(project, rootDir).map(read))
}

function projectPaths(pattern: string, rootDir: string): string[] {
  const path = pattern.replace('<rootDir>', rootDir)
  if (existsSync(path)) return [path]
  const found = globSync(path, { onlyFiles: false, absolute: true, expandDirectories: false })
    .map(match => match.replace(/[/\\]$/, ''))
    // As in Jest, a file that a glob matches is a project only if it can be a config.
    .filter(match => statSync(match).isDirectory() || CONFIG_FILE.test(match))
    .toSorted()
  if (found.length > 0) return found
  throw new UserError(
    `jest-profiler: withProfiler: projects entry "${pattern}" matches nothing below ${process.cwd()}. Correct the path or glob.`,
  )
}
