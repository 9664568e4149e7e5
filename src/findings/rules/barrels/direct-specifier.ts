// An import of a barrel → the specifier that imports the defining module directly. Modules in `node_modules` need a path
// that their package documents, because any other may change with its next version.

import { dirname, join, relative } from 'node:path/posix'
import { exports as filesOf } from 'resolve.exports'
import { isAbsolutePath } from '../../../profile/paths.js'
import type { LoadedModule } from './module-graph.js'
import { bare, isRelative, type ModulePaths } from './module-paths.js'
import type { ExportPlace } from './name-origins.js'

interface Bypass {
  readonly barrel: LoadedModule
  readonly place: ExportPlace
  readonly importer: string
  /** The current specifier of the barrel. */
  readonly specifier: string
  readonly paths: ModulePaths
}

/** Undefined if the package does not document such a path. */
export function directSpecifier({ barrel, place, importer, specifier, paths }: Bypass): string | undefined {
  const { module, through } = place
  if (installedIn(module) !== undefined) {
    if (installedIn(barrel.module) !== undefined) return publishedPath(module, barrel.module, paths)
    // The barrel's own specifier, if it leads to the module.
    const isDirect = !isRelative(through) && paths.resolve(barrel.module, [through]).get(through) === module
    return isDirect ? through : undefined
  }
  if (isRelative(specifier)) return relativeSpecifier(importer, module, specifier)
  const described = paths.packageOf(barrel.module)
  if (described !== undefined && `${specifier}/`.startsWith(`${described.name}/`)) {
    const { name, folder, exports } = described
    const isExported = (path: string) =>
      exports === undefined
        ? paths.exists(join(folder, path))
        : exportedFiles(exports, `./${path}`).length > 0
    const subpath = subpathsOf(module, [dirname(barrel.module), folder])
      .flatMap(path => (exports === undefined ? bare(path) : [bare(path), path]))
      .find(isExported)
    return subpath === undefined ? undefined : `${name}/${subpath}`
  }
  // An alias of the barrel's folder also works for modules below it.
  const [below] = subpathsOf(module, [dirname(barrel.module)])
  const isIndex = bare(barrel.module) === dirname(barrel.module)
  if (isIndex && below !== undefined) return `${bare(specifier)}/${bare(below)}`
  // Another package, next to this one: a path into it is no import that its authors know of.
  return isAbsolutePath(module) ? undefined : relativeSpecifier(importer, module, '')
}

/** Has an extension if the specifier that it replaces has one. */
function relativeSpecifier(from: string, module: string, replaced: string): string {
  const path = relative(dirname(from), module)
  const extension = /\.[cm]?jsx?$/.exec(replaced)?.[0]
  const stem = extension === undefined ? bare(path) : path.replace(/\.[^./]+$/, extension)
  return stem.startsWith('.') ? stem : `./${stem}`
}

/** Found in the package's `exports`, or else as an entry point with its own `package.json` or one that the README imports. */
function publishedPath(module: string, barrel: string, paths: ModulePaths): string | undefined {
  const installed = installedIn(module)
  if (installed === undefined || installedIn(barrel)?.folder !== installed.folder) return undefined
  const { name, folder } = installed
  const exports = paths.manifest(folder)?.exports
  if (exports !== undefined) {
    const subpath = exportedAs(`./${relative(folder, module)}`, exports)
    return subpath === undefined ? undefined : join(name, subpath)
  }
  const readme = paths.readme(folder)
  const isQuoted = (specifier: string) =>
    ["'", '"', '`'].some(quote => readme.includes(quote + specifier + quote))
  return subpathsOf(module, [dirname(barrel), folder])
    .map(bare)
    .filter(path => paths.manifest(join(folder, path)) !== undefined || isQuoted(`${name}/${path}`))
    .map(path => `${name}/${path}`)[0]
}

/** Undefined for modules outside `node_modules`. */
function installedIn(module: string): { name: string; folder: string } | undefined {
  const [, folder, name] = /^(.*\bnode_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(module) ?? []
  return folder === undefined || name === undefined ? undefined : { folder, name }
}

/** Paths of a module relative to the folders that contain it: specifiers may omit folders such as `dist`. */
function subpathsOf(module: string, folders: readonly string[]): string[] {
  return folders.map(folder => relative(folder, module)).filter(path => !path.startsWith('..'))
}

/** The key of `exports` that leads to a file, with its `*` replaced: https://nodejs.org/api/packages.html#subpath-patterns */
function exportedAs(file: string, exports: unknown): string | undefined {
  if (typeof exports !== 'object' || exports === null) return undefined
  const subpaths = Object.entries(exports).flatMap(([key, value]) =>
    targetsOf(value).flatMap(target => {
      const star = starOf(target, file)
      const subpath = star === undefined ? '' : key.replace('*', () => star)
      return !key.startsWith('./') || subpath === '' || (key.includes('*') && isPrivate(subpath))
        ? []
        : subpath
    }),
  )
  // A more specific key may take precedence.
  return subpaths.find(subpath => exportedFiles(exports, subpath).includes(file))
}

/** Files that a value of `exports` leads to, under any condition. */
function targetsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(targetsOf) : []
}

/** The part of the path that matches `*`; `''` for patterns without one, and undefined if the path does not match. */
function starOf(pattern: string, path: string): string | undefined {
  const [start = '', end] = pattern.split('*')
  if (end === undefined) return pattern === path ? '' : undefined
  const isMatch = path.startsWith(start) && path.endsWith(end) && path.length > start.length + end.length
  return isMatch ? path.slice(start.length, path.length - end.length) : undefined
}

/** Whether a name marks the subpath as private, although a wide pattern exports it. */
function isPrivate(subpath: string): boolean {
  return subpath.split('/').some(part => /^(_|internals?$|private$)/.test(part))
}

/** `import` and `require`, each under Node and, as in jsdom, in a browser. */
const CONDITIONS = [false, true].flatMap(require => [false, true].map(browser => ({ require, browser })))

/** The files behind a subpath such as `./map`, under all conditions; empty if `exports` does not export it. */
function exportedFiles(exports: unknown, subpath: string): readonly string[] {
  return CONDITIONS.flatMap(options => {
    try {
      return filesOf({ name: '', exports }, subpath, options) ?? []
    } catch {
      return []
    }
  })
}
