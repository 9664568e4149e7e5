// An import of a barrel → the specifier by which the same importer can have the defining module without the barrel.

import { dirname, join, relative } from 'node:path/posix'
import { exportedFiles } from './exported-files.js'
import type { LoadedModule } from './loaded-modules.js'
import { bare, isRelative, type ModulePaths, type Package } from './module-paths.js'
import type { ExportPlace } from './name-origins.js'
import { installedIn, publishedPath } from './published-path.js'

export interface Bypass {
  readonly barrel: LoadedModule
  readonly place: ExportPlace
  readonly importer: string
  /** By which it imports the barrel now. */
  readonly specifier: string
  readonly paths: ModulePaths
}

/** Undefined: no package promises that it can be imported. */
export function directSpecifier(bypass: Bypass): string | undefined {
  const { barrel, place, importer, specifier, paths } = bypass
  const { module } = place
  if (installedIn(module) !== undefined) return installedSpecifier(bypass)
  if (isRelative(specifier)) return relativeSpecifier(importer, module, specifier)
  const described = paths.packageOf(barrel.module)
  if (described !== undefined && isWithin(specifier, described.name)) {
    // A package's files may be in a folder that its specifiers do not name.
    const found = [dirname(barrel.module), described.folder]
      .map(folder => relative(folder, module))
      .filter(path => !path.startsWith('..'))
    return found.map(path => exportedAs(path, described, paths)).find(known => known !== undefined)
  }
  // An alias of the barrel's folder reaches what is below.
  const below = relative(dirname(barrel.module), module)
  const isIndex = bare(barrel.module) === dirname(barrel.module)
  if (isIndex && !below.startsWith('..')) return `${bare(specifier)}/${bare(below)}`
  return relativeSpecifier(importer, module, '')
}

/** What a barrel in the project imports by itself, if that leads to the module. */
function installedSpecifier({ barrel, place, paths }: Bypass): string | undefined {
  const { module, through } = place
  if (installedIn(barrel.module) !== undefined) return publishedPath(module, barrel.module, paths)
  const isDirect = !isRelative(through) && paths.resolve(barrel.module, [through]).get(through) === module
  return isDirect ? through : undefined
}

function isWithin(specifier: string, name: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`)
}

/** With an extension when the one that it replaces has one. */
function relativeSpecifier(from: string, module: string, replaced: string): string {
  const path = relative(dirname(from), module)
  const extension = /\.[cm]?jsx?$/.exec(replaced)?.[0]
  const stem = extension === undefined ? bare(path) : path.replace(/\.[^./]+$/, extension)
  return stem.startsWith('.') ? stem : `./${stem}`
}

/** For a package of the workspace; undefined: its `exports` do not let it be imported. */
function exportedAs(
  path: string,
  { name, folder, exports }: Package,
  paths: ModulePaths,
): string | undefined {
  const short = bare(path)
  if (exports === undefined) return paths.exists(join(folder, short)) ? `${name}/${short}` : undefined
  const subpath = [short, path].find(candidate => exportedFiles(exports, `./${candidate}`).length > 0)
  return subpath === undefined ? undefined : `${name}/${subpath}`
}
