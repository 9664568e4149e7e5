// An exported name → the module that it comes from, through as many barrels as there are between.

import type { Facts } from '../../rule.js'
import { canBeParsed, parseModule, WHOLE } from '../../syntax.js'
import { type ExportTable, isBarrel, reexported } from './export-table.js'
import { exportTable } from './exported-names.js'
import type { ModulePaths } from './module-paths.js'
import { takenNames } from './taken-names.js'

export interface ExportPlace {
  readonly module: string
  /** What it is called there; `*`: the module itself. */
  readonly name: string
  /** The specifier by which the module that was asked re-exports it. */
  readonly through: string
}

/** `type`: nothing at run time. `unknown`: one of the modules that are re-exported by `export *` may have it. */
type Origin = ExportPlace | 'type' | 'own' | 'unknown' | 'missing'

/** Longer texts are bundled by a tool and no barrel: parsing them would take long for no gain. */
const LONGEST_TEXT = 200_000
const FEWEST_REEXPORTS = 3
const REEXPORT =
  /^\s*export\s*(?:\*|\{)|\b__exportStar\(|\bObject\.(?:defineProperty|keys)\(|^\s*exports\.\w+\s*=|\brequire\(\s*["']\.\.?\//gm

/** A look at the text that costs next to nothing: most expensive modules are no barrels. */
function mayBeBarrel(text: string): boolean {
  return text.length <= LONGEST_TEXT && (text.match(REEXPORT)?.length ?? 0) >= FEWEST_REEXPORTS
}

const EXPORTS_OTHERS =
  /\bexport\s*\*|export_?star|re_?export|\bmodule\.exports\b|\bObject\.(?!defineProperty\()\w+\(|\bexports\[/i

/** Whether a module that exports nothing but what it names does not name it: then it need not be parsed. */
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

  /** What it takes of other modules; undefined: it cannot be read. */
  readonly taken = cached((module: string) => {
    const body = this.#body(module)
    return body && takenNames(body)
  })

  readonly table = cached((module: string) => {
    const body = this.#body(module)
    return body && exportTable(body)
  })

  /** What the specifiers lead to by which a module re-exports from others, or needs them itself. */
  readonly #specifiers = cached((from: string) => {
    const table = this.table(from)
    const specifiers = table === undefined ? [] : [...reexported(table), ...table.needed]
    return this.#paths.resolve(from, specifiers)
  })

  isBarrel(module: string): boolean {
    const text = this.#readSource(module)
    if (text === undefined || !mayBeBarrel(text)) return false
    const table = this.table(module)
    return table !== undefined && isBarrel(table)
  }

  /** The module that a specifier leads to from a module that re-exports from it, or needs it itself. */
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

  /** As `origin`, of a module that may have nothing of that name at all. */
  #originIn(module: string, name: string, asked: ReadonlySet<string>): Origin {
    const text = this.#readSource(module)
    return text !== undefined && canBeParsed(module) && lacks(text, name)
      ? 'missing'
      : this.origin(module, name, asked)
  }

  #place(place: ExportPlace, origin: Origin): ExportPlace | 'type' {
    if (origin === 'type') return 'type'
    // What is no barrel is asked itself: it is how the name was meant to be imported.
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
