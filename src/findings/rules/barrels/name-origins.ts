// An exported name → the module that defines it, through any number of barrels.

import type { Facts } from '../../rule.js'
import { canBeParsed, parseModule, WHOLE } from '../../syntax.js'
import { type ExportTable, isBarrel, reexported } from './export-table.js'
import { exportTable } from './exported-names.js'
import type { ModulePaths } from './module-paths.js'
import { takenNames } from './taken-names.js'

export interface ExportPlace {
  readonly module: string
  /** The name in that module; `*`: the module itself. */
  readonly name: string
  /** The specifier in the re-export of the barrel. */
  readonly through: string
}

/** `type`: it does not exist at run time. `unknown`: a module re-exported by `export *` may define it. */
type Origin = ExportPlace | 'type' | 'own' | 'unknown' | 'missing'

/** Longer texts are bundles, not barrels, and expensive to parse. */
const LONGEST_TEXT = 200_000
const FEWEST_REEXPORTS = 3
const REEXPORT =
  /^\s*export\s*(?:\*|\{)|\b__exportStar\(|\bObject\.(?:defineProperty|keys)\(|^\s*exports\.\w+\s*=|\brequire\(\s*["']\.\.?\//gm

const EXPORTS_OTHERS =
  /\bexport\s*\*|export_?star|re_?export|\bmodule\.exports\b|\bObject\.(?!defineProperty\()\w+\(|\bexports\[/i

/** Whether the text proves that the module does not export the name, so that it need not be parsed. */
function lacks(text: string, name: string): boolean {
  return !text.includes(name) && !EXPORTS_OTHERS.test(text)
}

export class NameOrigins {
  readonly #readSource: Facts['readSource']
  readonly #paths: ModulePaths

  constructor(readSource: Facts['readSource'], paths: ModulePaths) {
    this.#readSource = readSource
    this.#paths = paths
  }

  readonly #body = cached((module: string) => {
    const text = this.#readSource(module)
    return text === undefined ? undefined : parseModule(module, text)?.body
  })

  /** What a module imports; undefined if it cannot be read. */
  readonly taken = cached((module: string) => {
    const body = this.#body(module)
    return body && takenNames(body)
  })

  readonly table = cached((module: string) => {
    const body = this.#body(module)
    return body && exportTable(body)
  })

  /** The modules behind the specifiers that a module re-exports from or needs itself. */
  readonly #specifiers = cached((from: string) => {
    const table = this.table(from)
    const specifiers = table === undefined ? [] : [...reexported(table), ...table.needed]
    return this.#paths.resolve(from, specifiers)
  })

  isBarrel(module: string): boolean {
    const text = this.#readSource(module)
    // Cheap checks of the text first, because most expensive modules are not barrels.
    if (text === undefined || text.length > LONGEST_TEXT) return false
    if ((text.match(REEXPORT)?.length ?? 0) < FEWEST_REEXPORTS) return false
    const table = this.table(module)
    return table !== undefined && isBarrel(table)
  }

  /** The module behind a specifier that `from` re-exports from or needs itself; undefined if unknown. */
  resolve(specifier: string, from: string): string | undefined {
    return this.#specifiers(from).get(specifier)
  }

  origin(module: string, name: string, asked: ReadonlySet<string> = new Set()): Origin {
    const table = this.table(module)
    if (table === undefined) return 'unknown'
    if (asked.has(module)) return 'missing'
    const within = new Set([...asked, module])
    const known = table.names.get(name)
    if (known === undefined) return this.#starOrigin(module, name, table, within)
    if (typeof known === 'string') return known
    const child = this.resolve(known.specifier, module)
    if (child === undefined) return 'missing'
    const origin = known.name === WHOLE ? 'own' : this.origin(child, known.name, within)
    return this.#place({ module: child, name: known.name, through: known.specifier }, origin)
  }

  /** As `origin`, for a module that may not export the name. */
  #originIn(module: string, name: string, asked: ReadonlySet<string>): Origin {
    const text = this.#readSource(module)
    return text !== undefined && canBeParsed(module) && lacks(text, name)
      ? 'missing'
      : this.origin(module, name, asked)
  }

  #place(place: ExportPlace, origin: Origin): ExportPlace | 'type' {
    if (origin === 'type') return 'type'
    // A module that is not a barrel is where the name is meant to be imported from.
    if (typeof origin === 'string' || !this.isBarrel(place.module)) return place
    return { ...origin, through: place.through }
  }

  #starOrigin(module: string, name: string, table: ExportTable, asked: ReadonlySet<string>): Origin {
    if (name === 'default') return 'missing'
    let isCertain = !table.isOpen
    for (const through of table.stars) {
      const child = this.resolve(through, module)
      const origin = child === undefined ? 'unknown' : this.#originIn(child, name, asked)
      if (child !== undefined && origin !== 'unknown' && origin !== 'missing')
        return this.#place({ module: child, name, through }, origin)
      if (origin === 'unknown') isCertain = false
    }
    return isCertain ? 'missing' : 'unknown'
  }
}

function cached<Value>(findFor: (module: string) => Value): (module: string) => Value {
  const known = new Map<string, Value>()
  return module => {
    if (!known.has(module)) known.set(module, findFor(module))
    return known.get(module) as Value
  }
}
