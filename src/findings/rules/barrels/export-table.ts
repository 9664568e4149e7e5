// What a module exports and where each export comes from.

import { isExports, memberOf, requiredBy, type SyntaxNode, walk } from '../../syntax.js'

/** An export of another module. The `name` is `*` for the module itself. */
export interface Forwarded {
  readonly specifier: string
  readonly name: string
}

export interface ExportTable {
  readonly names: Map<string, Forwarded | 'own' | 'type'>
  /** Specifiers of `export *`. */
  readonly stars: string[]
  /** Specifiers of modules that its own code needs. */
  readonly needed: Set<string>
  /** Statements other than imports, re-exports, types and what compilers add. */
  own: number
  /** Whether it may have exports that its source does not show. */
  isOpen: boolean
}

/** Specifiers of the modules that it re-exports from. */
export function reexported({ names, stars }: ExportTable): string[] {
  const forwarded = [...names.values()].flatMap(origin =>
    typeof origin === 'string' ? [] : [origin.specifier],
  )
  return [...new Set([...forwarded, ...stars])]
}

export function isBarrel(table: ExportTable): boolean {
  const amount = reexported(table).length
  return amount >= 4 && table.own * 2 <= amount
}

/** Adds to the table what a statement of the module's own code needs of imported modules. */
export function needBy(root: SyntaxNode, imported: ReadonlyMap<string, Forwarded>, table: ExportTable): void {
  table.own++
  walk(root, (node, around) => {
    const name = /^(JSX)?Identifier$/.test(node.type) ? node.name : ''
    const specifier = imported.get(name)?.specifier ?? requiredBy(node)
    if (specifier !== undefined) table.needed.add(specifier)
    if (!isExports(node)) return
    const parent = around.at(-1)
    const member = parent === undefined ? undefined : memberOf(parent)
    if (member === undefined || member.object !== node) table.isOpen = true
    else if (!table.names.has(member.name)) table.names.set(member.name, 'own')
  })
}
