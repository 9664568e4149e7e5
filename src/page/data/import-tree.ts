// How modules came in: each where it cost most, below what asked for it.

import type { ImportReport } from '../../report/account-reports.js'
import { importName } from '../../report/views/imports.js'

export interface ImportNode {
  /** Its path; of a transformer what its row is called. */
  readonly module: string
  /** Undefined: no row of its own, since it is a test file's or the table was cut. */
  readonly row: ImportReport | undefined
  readonly children: ImportNode[]
  /** Milliseconds: its own and those of all below it here. */
  totalMs: number
}

export function importTrees(imports: readonly ImportReport[]): ImportNode[] {
  const rowOf = new Map(imports.map(row => [importName(row), row]))
  const roots = new Map<string, ImportNode>()
  const childrenOf = new Map<ImportNode, Map<string, ImportNode>>()
  for (const row of imports) {
    let siblings = roots
    let parent: ImportNode | undefined
    for (const module of row.chain) {
      let node = siblings.get(module)
      if (node === undefined) {
        node = { module, row: rowOf.get(module), children: [], totalMs: 0 }
        siblings.set(module, node)
        parent?.children.push(node)
      }
      node.totalMs += row.selfMs
      parent = node
      siblings = childrenOf.get(node) ?? new Map()
      childrenOf.set(node, siblings)
    }
  }
  const sorted = (nodes: ImportNode[]) =>
    nodes.sort((a, b) => b.totalMs - a.totalMs || (a.module < b.module ? -1 : 1))
  const pending = [...roots.values()]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    sorted(node.children)
    pending.push(...node.children)
  }
  return sorted([...roots.values()])
}
