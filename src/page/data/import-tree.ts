// The tree of imports: each module where it was most expensive, below the module that imported it.

import type { ImportReport } from '../../report/account-reports.js'
import { importName } from '../../report/views/imports.js'

export interface ImportNode {
  /** The path of the module, or the name of a transformer's row. */
  readonly module: string
  /** Undefined if the module is a test file or was cut from the table. */
  readonly row: ImportReport | undefined
  readonly children: ImportNode[]
  /** Milliseconds of the module and of all nodes below it. */
  totalMs: number
}

export function importTrees(imports: readonly ImportReport[]): ImportNode[] {
  const rowOf = new Map(imports.map(row => [importName(row), row]))
  const roots: ImportNode[] = []
  const nodes = new Map<string, ImportNode>()
  for (const row of imports) {
    let siblings = roots
    let key = ''
    for (const module of row.chain) {
      key += `\0${module}`
      const known = nodes.get(key)
      const node = known ?? { module, row: rowOf.get(module), children: [], totalMs: 0 }
      if (known === undefined) siblings.push(node)
      nodes.set(key, node)
      node.totalMs += row.selfMs
      siblings = node.children
    }
  }
  for (const siblings of [roots, ...Array.from(nodes.values(), ({ children }) => children)])
    siblings.sort((a, b) => b.totalMs - a.totalMs || (a.module < b.module ? -1 : 1))
  return roots
}
