// A module in `node_modules` → the specifier by which its package promises it to be had; a path that works by chance is
// none: the next version may have its files elsewhere.

import { dirname, join, relative } from 'node:path/posix'
import { exportedFiles } from './exported-files.js'
import { bare, type ModulePaths } from './module-paths.js'

interface Installed {
  readonly name: string
  readonly folder: string
}

/** Undefined: it is in no package that is installed. */
export function installedIn(module: string): Installed | undefined {
  const [, folder, name] = /^(.*\bnode_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(module) ?? []
  return folder === undefined || name === undefined ? undefined : { folder, name }
}

/** By the package's `exports`, else by an entry point with a `package.json` of its own, or one that its README imports. */
export function publishedPath(module: string, barrel: string, paths: ModulePaths): string | undefined {
  const installed = installedIn(module)
  if (installed === undefined || installedIn(barrel)?.folder !== installed.folder) return undefined
  const { name, folder } = installed
  const exports = paths.manifest(folder)?.exports
  if (exports !== undefined) {
    const subpath = exportedAs(`./${relative(folder, module)}`, exports)
    return subpath === undefined ? undefined : join(name, subpath)
  }
  // A package's files may be in a folder that its specifiers do not name.
  const subpaths = [dirname(barrel), folder]
    .map(from => bare(relative(from, module)))
    .filter(path => path !== '' && !path.startsWith('..'))
  const readme = paths.readme(folder)
  return subpaths
    .filter(path => paths.manifest(join(folder, path)) !== undefined || isQuoted(`${name}/${path}`, readme))
    .map(path => `${name}/${path}`)[0]
}

function isQuoted(specifier: string, readme: string): boolean {
  return ["'", '"', '`'].some(quote => readme.includes(quote + specifier + quote))
}

/** Which key of `exports` leads to a file, with what its `*` stands for: https://nodejs.org/api/packages.html#subpath-patterns */
function exportedAs(file: string, exports: unknown): string | undefined {
  if (typeof exports !== 'object' || exports === null) return undefined
  const keys = Object.entries(exports).filter(([key]) => key.startsWith('./'))
  for (const [key, value] of keys)
    for (const target of targetsOf(value)) {
      const star = starOf(target, file)
      const subpath = star === undefined ? undefined : key.replace('*', () => star)
      if (subpath === undefined || (key.includes('*') && isPrivate(subpath))) continue
      // A key may be hidden by a more specific one.
      if (exportedFiles(exports, subpath).includes(file)) return subpath
    }
  return undefined
}

/** Files that it leads to, under whatever conditions. */
function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(targetsOf) : []
}

/** What `*` stands for; `''` where there is none. */
function starOf(pattern: string, path: string): string | undefined {
  const [start = '', end] = pattern.split('*')
  if (end === undefined) return pattern === path ? '' : undefined
  const isMatch = path.startsWith(start) && path.endsWith(end) && path.length > start.length + end.length
  return isMatch ? path.slice(start.length, path.length - end.length) : undefined
}

/** As people mark what is not for others, though a wide pattern lets it be had. */
function isPrivate(subpath: string): boolean {
  return subpath.split('/').some(part => /^(_|internals?$|private$)/.test(part))
}
