// Source of a module → what it exports and where each export comes from. commonjs-exports.ts handles CommonJS.

import { isTypeOnly, nameOf, type SyntaxNode, WHOLE } from '../../syntax.js'
import { commonJsExports } from './commonjs-exports.js'
import { type ExportTable, type Forwarded, needBy } from './export-table.js'
import { importedBy } from './taken-names.js'

export function exportTable(nodes: readonly SyntaxNode[]): ExportTable {
  const table: ExportTable = { names: new Map(), stars: [], needed: new Set(), own: 0, isOpen: false }
  const isModule = nodes.some(({ type }) => /^(Import|Export)\w*Declaration$/.test(type))
  if (isModule) moduleExports(nodes, table)
  else commonJsExports(nodes, table)
  return table
}

function moduleExports(nodes: readonly SyntaxNode[], table: ExportTable): void {
  const imported = new Map<string, Forwarded>()
  for (const node of nodes) if (node.type === 'ImportDeclaration') addImport(node, imported, table)
  for (const node of nodes) {
    if (node.type === 'ImportDeclaration') continue
    if (node.type === 'ExportAllDeclaration') {
      if (!isTypeOnly(node)) table.stars.push(nameOf(node.source) ?? '')
    } else if (node.type === 'ExportNamedDeclaration' && !node.declaration) addNamed(node, imported, table)
    else if (node.type.startsWith('Export')) addDeclared(node, imported, table)
    else if (!isTypeOnly(node)) needBy(node, imported, table)
  }
}

function addImport(node: SyntaxNode, imported: Map<string, Forwarded>, table: ExportTable): void {
  const specifier = nameOf(node.source) ?? ''
  const entries = node.specifiers
  if (entries.length === 0) table.needed.add(specifier)
  for (const entry of entries) {
    const name = isTypeOnly(node) || isTypeOnly(entry) ? undefined : importedBy(entry)
    if (name !== undefined) imported.set(entry.local.name, { specifier, name })
  }
}

/** `export { a, b as c }` with or without `from`. */
function addNamed(node: SyntaxNode, imported: ReadonlyMap<string, Forwarded>, table: ExportTable): void {
  const specifier = nameOf(node.source)
  for (const entry of node.specifiers) {
    const exported = nameOf(entry.exported) ?? ''
    const local = entry.type === 'ExportSpecifier' ? (nameOf(entry.local) ?? WHOLE) : WHOLE
    const forwarded = specifier === undefined ? imported.get(local) : { specifier, name: local }
    table.names.set(exported, isTypeOnly(node) || isTypeOnly(entry) ? 'type' : (forwarded ?? 'own'))
  }
}

/** `export default …` and exported declarations. */
function addDeclared(node: SyntaxNode, imported: ReadonlyMap<string, Forwarded>, table: ExportTable): void {
  const declaration = node.declaration as SyntaxNode
  const isDefault = node.type === 'ExportDefaultDeclaration'
  const forwarded = isDefault ? imported.get(nameOf(declaration) ?? '') : undefined
  if (forwarded !== undefined) {
    table.names.set('default', forwarded)
    return
  }
  const isType = isTypeOnly(node) || isTypeOnly(declaration)
  if (!isType) needBy(declaration, imported, table)
  for (const name of isDefault ? ['default'] : declaredNames(declaration, table))
    if (table.names.get(name) !== 'own') table.names.set(name, isType ? 'type' : 'own')
}

function declaredNames(declaration: SyntaxNode, table: ExportTable): string[] {
  const { id, declarations } = declaration
  if (declarations === undefined) return id ? [nameOf(id) ?? ''] : []
  return declarations.flatMap(({ id: pattern }) => {
    const name = nameOf(pattern)
    if (name === undefined) table.isOpen = true
    return name ?? []
  })
}
