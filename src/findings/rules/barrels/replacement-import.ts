// What to write instead of an import of a barrel: a real example, for the first importer.

import { dirname, join, relative } from 'node:path/posix'
import type { LoadedModule } from './loaded-modules.js'
import { bare, isRelative, type ModulePaths, type Package } from './module-paths.js'
import type { Place } from './name-origins.js'
import { WHOLE } from './required.js'
import type { Importer } from './taken-from-barrel.js'
import type { Taken } from './taken-names.js'

export interface Replaced {
  readonly row: LoadedModule
  readonly importer: Importer
  readonly statement: Taken
  readonly paths: ModulePaths
}

/** `e.g. …`, an import as it would be written, or what else can be done. */
export function replacementImport(replaced: Replaced): string {
  const { importer, statement } = replaced
  const name = [...statement.names].find(name => importer.places.has(name)) ?? ''
  const place = importer.places.get(name)
  const specifier = place === undefined ? undefined : specifierOf(place.module, replaced)
  if (place === undefined || specifier === undefined)
    return `if the package gives access to them, or load only what is used of it`
  const written = statement.byRequire ? required(name, place, specifier) : imported(name, place, specifier)
  return `e.g. ${written}`
}

function imported(name: string, place: Place, specifier: string): string {
  if (place.name === WHOLE) return `import * as ${name} from '${specifier}'`
  const isWhole = place.name === 'default' && name !== 'default'
  if (isWhole) return `import ${name} from '${specifier}'`
  return `import { ${place.name === name ? name : `${place.name} as ${name}`} } from '${specifier}'`
}

function required(name: string, place: Place, specifier: string): string {
  if (place.name === WHOLE) return `const ${name} = require('${specifier}')`
  if (place.name === 'default') return `const ${name} = require('${specifier}').default`
  return `const { ${place.name === name ? name : `${place.name}: ${name}`} } = require('${specifier}')`
}

function specifierOf(module: string, { row, importer, statement, paths }: Replaced): string | undefined {
  const { specifier } = statement
  if (isRelative(specifier)) return relativeSpecifier(importer.module, module, specifier)
  const described = paths.packageOf(row.module)
  if (described !== undefined && isWithin(specifier, described.name)) {
    // A package's files may be in a folder that its specifiers do not name.
    const found = [dirname(row.module), described.folder]
      .map(folder => relative(folder, module))
      .filter(path => !path.startsWith('..'))
    return found.map(path => exportedAs(path, described, paths)).find(known => known !== undefined)
  }
  // An alias of the barrel's folder reaches what is below.
  const below = relative(dirname(row.module), module)
  const isIndex = bare(row.module) === dirname(row.module)
  if (isIndex && !below.startsWith('..')) return `${bare(specifier)}/${bare(below)}`
  return relativeSpecifier(importer.module, module, '')
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

/** Undefined when the package does not let it be imported. */
function exportedAs(
  path: string,
  { name, folder, exports }: Package,
  paths: ModulePaths,
): string | undefined {
  const short = bare(path)
  if (exports === undefined) return paths.exists(join(folder, short)) ? `${name}/${short}` : undefined
  if (typeof exports !== 'object' || exports === null) return undefined
  const keys = Object.entries(exports).flatMap(([key, value]) => (value === null ? [] : [key]))
  const subpath = [short, path].find(candidate => keys.some(key => matches(key, `./${candidate}`)))
  return subpath === undefined ? undefined : `${name}/${subpath}`
}

function matches(key: string, subpath: string): boolean {
  const [start = '', end] = key.split('*')
  if (end === undefined) return key === subpath
  return subpath.startsWith(start) && subpath.endsWith(end) && subpath.length >= start.length + end.length
}
