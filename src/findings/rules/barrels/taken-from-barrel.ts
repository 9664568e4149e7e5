// One barrel and its importers → what each takes of it, and where that comes from.

import { isOwnCode } from '../../../profile/own-code.js'
import type { LoadedModule } from './loaded-modules.js'
import type { ModulePaths } from './module-paths.js'
import type { ExportPlace, NameOrigins } from './name-origins.js'
import { WHOLE } from './required.js'
import type { Taken } from './taken-names.js'

export interface Importer {
  readonly module: string
  /** Whether it can be changed: it is the project's own. */
  readonly isOwn: boolean
  /** Its imports of the barrel; undefined: not found in its source, or it is not read. */
  readonly taken: readonly Taken[] | undefined
  /** Modules that it needs of those behind the barrel; undefined: all. */
  readonly needed: ReadonlySet<string> | undefined
  /** The barrel's own specifiers through which it gets them, if they are not all. */
  readonly through: ReadonlySet<string>
  /** By the names that it takes. */
  readonly places: ReadonlyMap<string, ExportPlace>
}

const UNKNOWN = { needed: undefined, through: new Set<string>(), places: new Map<string, ExportPlace>() }

export function importersOf(row: LoadedModule, paths: ModulePaths, origins: NameOrigins): Importer[] {
  return row.importers.map(({ module }) => {
    const importer = paths.row(module)
    const isOwn = importer !== undefined && isOwnCode(importer)
    const taken = isOwn ? takenFrom(row.module, module, paths, origins) : undefined
    const places = taken === undefined ? UNKNOWN : originsOf(row.module, taken, origins)
    return { module, isOwn, taken, ...places }
  })
}

function takenFrom(
  barrel: string,
  importer: string,
  paths: ModulePaths,
  origins: NameOrigins,
): Taken[] | undefined {
  const all = origins.taken(importer)
  if (all === undefined) return undefined
  const resolved = paths.resolve(
    importer,
    all.map(({ specifier }) => specifier),
  )
  const taken = all.filter(({ specifier }) => resolved.get(specifier) === barrel)
  return taken.length > 0 ? taken : undefined
}

function originsOf(
  barrel: string,
  taken: readonly Taken[],
  origins: NameOrigins,
): Pick<Importer, 'needed' | 'through' | 'places'> {
  const table = origins.table(barrel)
  const needed = new Set<string>()
  const through = new Set<string>()
  const places = new Map<string, ExportPlace>()
  const all = { needed: undefined, through, places }
  for (const name of new Set(taken.flatMap(({ names }) => [...names]))) {
    const origin = name === WHOLE ? 'own' : origins.origin(barrel, name)
    if (origin === 'type') continue
    if (table === undefined || origin === 'own' || origin === 'missing') return all
    const perhaps = origin === 'unknown' ? table.stars : [origin.through]
    for (const specifier of perhaps) through.add(specifier)
    if (origin !== 'unknown') {
      needed.add(origin.module)
      places.set(name, origin)
      continue
    }
    for (const star of table.stars) {
      const module = origins.resolve(star, barrel)
      if (module === undefined) return all
      needed.add(module)
    }
  }
  for (const specifier of table?.needed ?? []) {
    const module = origins.resolve(specifier, barrel)
    if (module !== undefined) needed.add(module)
  }
  return { needed, through, places }
}
