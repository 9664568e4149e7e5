// The display root: paths are shown relative to it, it names the suite, and runs are stored in it.

import { existsSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

/** Absolute path. `roots`: `rootDir` and those of the projects. */
export function displayRootOf(roots: readonly string[]): string {
  const common = commonFolder(roots.map(root => resolve(root)))
  return nearestWith('package.json', common) ?? nearestWith('.git', common) ?? common
}

/**
 * The root folders named by a config, before Jest has read its projects. A project is a folder, a config file, or a config whose
 * `rootDir` is relative to `cwd`, where Jest was started.
 */
export function rootsOfConfig(
  { rootDir, projects = [] }: { rootDir: string; projects?: readonly unknown[] | undefined },
  cwd: string,
): string[] {
  return [
    rootDir,
    ...projects.flatMap(project => {
      if (typeof project === 'string')
        return [folderOf(resolve(rootDir, project.replace('<rootDir>', rootDir)))]
      const own = (project as { rootDir?: unknown } | null)?.rootDir
      return typeof own === 'string' ? [resolve(cwd, own.replace('<rootDir>', rootDir))] : []
    }),
  ]
}

/** The folder itself, or that of a config file. */
function folderOf(path: string): string {
  return /\.(?:[cm]?[jt]s|json)$/.test(path) ? dirname(path) : path
}

function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...others] = folders
  const isCommon = (folder: string) => {
    const start = folder.endsWith(sep) ? folder : folder + sep
    return others.every(other => `${other}${sep}`.startsWith(start))
  }
  let common = first
  while (!isCommon(common) && dirname(common) !== common) common = dirname(common)
  return common
}

function nearestWith(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(resolve(folder, name))) return folder
    if (dirname(folder) === folder) return undefined
  }
}
