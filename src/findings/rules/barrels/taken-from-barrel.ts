// A barrel and its importers → the names that each imports, and the direct imports that can replace them.

import { isOwnCode } from '../../../profile/own-code.js'
import { WHOLE } from '../../syntax.js'
import { directSpecifier } from './direct-specifier.js'
import type { LoadedModule, ModuleGraph } from './module-graph.js'
import type { ModulePaths } from './module-paths.js'
import type { ExportPlace, NameOrigins } from './name-origins.js'
import type { Taken } from './taken-names.js'

export interface Importer {
  readonly module: string
  /** Whether it is the project's own code, and so can be changed. */
  readonly isOwn: boolean
  /** Its imports of the barrel; undefined if they were not found in its source. */
  readonly taken: readonly Taken[] | undefined
  /** Modules behind the barrel that it needs; undefined if it needs all of them or the barrel itself. */
  readonly needed: ReadonlySet<string> | undefined
  /** The barrel's specifiers for the needed modules. */
  readonly through: ReadonlySet<string>
  /** One for each imported name whose module is known. */
  readonly direct: readonly DirectImport[]
}

/** The replacement for the import of a name from the barrel. */
export interface DirectImport {
  readonly name: string
  readonly place: ExportPlace
  /** The current import. */
  readonly statement: Taken
  readonly specifier: string
}

export interface BarrelSources {
  readonly paths: ModulePaths
  readonly origins: NameOrigins
  readonly graph: ModuleGraph
}

const UNKNOWN = { needed: undefined, through: new Set<string>(), direct: [] }

export function importersOf(barrel: LoadedModule, sources: BarrelSources): Importer[] {
  return barrel.importers.map(({ module }) => {
    const importer = sources.paths.row(module)
    const isOwn = importer !== undefined && isOwnCode(importer)
    const taken = isOwn ? takenFrom(barrel.module, module, sources) : undefined
    if (taken === undefined) return { module, isOwn, taken, ...UNKNOWN }
    const { needed, through, places } = originsOf(barrel.module, taken, sources.origins)
    const keepsOrder =
      needed !== undefined && [...needed].every(path => sources.graph.keepsOrder(path, barrel.module))
    const direct = keepsOrder ? directImports(barrel, { module, taken, places }, sources.paths) : undefined
    return direct === undefined
      ? { module, isOwn, taken, ...UNKNOWN }
      : { module, isOwn, taken, needed, through, direct }
  })
}

function takenFrom(barrel: string, importer: string, { paths, origins }: BarrelSources): Taken[] | undefined {
  const all = origins.taken(importer) ?? []
  const specifiers = all.map(({ specifier }) => specifier)
  const resolved = paths.resolve(importer, specifiers)
  const taken = all.filter(({ specifier }) => resolved.get(specifier) === barrel)
  return taken.length > 0 ? taken : undefined
}

interface TakenPlaces {
  readonly module: string
  readonly taken: readonly Taken[]
  /** By imported name. */
  readonly places: ReadonlyMap<string, ExportPlace>
}

/** Undefined unless all names can be imported directly without relying on internals of a package. */
function directImports(
  barrel: LoadedModule,
  { module: importer, taken, places }: TakenPlaces,
  paths: ModulePaths,
): DirectImport[] | undefined {
  const direct = [...places].flatMap(([name, place]): DirectImport[] => {
    const statement = taken.find(({ names }) => names.has(name))
    if (statement === undefined) return []
    const specifier = directSpecifier({ barrel, place, importer, specifier: statement.specifier, paths })
    return specifier === undefined ? [] : [{ name, place, statement, specifier }]
  })
  return direct.length === places.size ? direct : undefined
}

/** `needed` is undefined if the importer may need everything behind the barrel. */
function originsOf(barrel: string, taken: readonly Taken[], origins: NameOrigins) {
  const table = origins.table(barrel)
  const needed = new Set<string>()
  const through = new Set<string>()
  const places = new Map<string, ExportPlace>()
  const all = { needed: undefined, through, places }
  for (const name of new Set(taken.flatMap(({ names }) => [...names]))) {
    const origin = name === WHOLE ? 'own' : origins.origin(barrel, name)
    if (origin === 'type') continue
    if (table === undefined || origin === 'own' || origin === 'missing') return all
    if (origin !== 'unknown') {
      through.add(origin.through)
      needed.add(origin.module)
      places.set(name, origin)
      continue
    }
    for (const star of table.stars) {
      const module = origins.resolve(star, barrel)
      if (module === undefined) return all
      through.add(star)
      needed.add(module)
    }
  }
  for (const specifier of table?.needed ?? []) {
    const module = origins.resolve(specifier, barrel)
    if (module !== undefined) needed.add(module)
  }
  return { needed, through, places }
}
