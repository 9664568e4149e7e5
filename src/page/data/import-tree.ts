// The tree of imports of all test files together: each module once, below the module that imported it in most files. A module
// that several test files import themselves is next to the test files.

import { sum } from 'd3-array'
import type { ImportReport } from '../../report/account-reports.js'
import type { FileReport } from '../../report/file-report.js'
import { importName } from '../../report/views/imports.js'

export interface ImportNode {
  /** The path of the module, the name of a transformer's row, or TEST_FILES. */
  readonly module: string
  /** Undefined for TEST_FILES, and if the module was cut from the table. */
  readonly row: ImportReport | undefined
  readonly children: ImportNode[]
  /** Milliseconds of the module and of all nodes below it, in all test files together. */
  totalMs: number
}

/** The node of all that Jest does not load before a test file. */
export const TEST_FILES = 'test files'

/** What the tree is made of: modules, and the paths of test files. */
interface Imports {
  readonly imports: readonly ImportReport[]
  readonly files: readonly Pick<FileReport, 'path'>[]
}

export function importTrees({ imports, files }: Imports): ImportNode[] {
  const testFiles = new Set(files.map(({ path }) => path))
  const rowOf = new Map(imports.map(row => [importName(row), row]))
  const nodes = new Map<string, ImportNode>()
  const nodeOf = (module: string): ImportNode => {
    const known = nodes.get(module)
    if (known !== undefined) return known
    const node = { module, row: rowOf.get(module), children: [], totalMs: 0 }
    nodes.set(module, node)
    return node
  }
  const roots = new Set<ImportNode>()
  /** Undefined for a root. */
  const parents = new Map<ImportNode, ImportNode | undefined>()
  for (const row of imports) {
    // Modules that were cut from the table have the caller that the chain of this one has.
    const pending = [importName(row)]
    for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
      const node = nodeOf(module)
      if (parents.has(node)) continue
      const above = node.row === undefined ? callerInChain(row, module) : callerOf(node.row, testFiles)
      const isNowhere = above === undefined || isAbove(node, nodeOf(above), parents)
      const parent = isNowhere ? fallbackOf(node, nodeOf) : nodeOf(above)
      parents.set(node, parent)
      if (parent === undefined) roots.add(node)
      else {
        parent.children.push(node)
        pending.push(parent.module)
      }
    }
  }
  for (const root of roots) addTotals(root)
  return sorted([...roots])
}

/** Undefined if Jest loads it itself. */
function callerOf(row: ImportReport, testFiles: ReadonlySet<string>): string | undefined {
  const [most] = row.importers
  if (most === undefined || row.transformer !== null) return undefined
  return testFiles.has(most.module) && most.files < row.files ? TEST_FILES : most.module
}

function callerInChain({ chain }: ImportReport, module: string): string | undefined {
  return chain[chain.indexOf(module) - 1]
}

/** Whether `node` is `below` or above it: modules may import each other in different files. */
function isAbove(
  node: ImportNode,
  below: ImportNode,
  parents: ReadonlyMap<ImportNode, ImportNode | undefined>,
): boolean {
  for (let above: ImportNode | undefined = below; above !== undefined; above = parents.get(above))
    if (above === node) return true
  return false
}

/** Of a module without a caller: set-up files and transformers are roots. */
function fallbackOf(node: ImportNode, nodeOf: (module: string) => ImportNode): ImportNode | undefined {
  const { row, module } = node
  if (module === TEST_FILES) return undefined
  const isBefore = row !== undefined && row.phases.imports === undefined && row.phases.tests === undefined
  return isBefore || row?.transformer != null ? undefined : nodeOf(TEST_FILES)
}

/** Not recursive, because chains of imports may be long. */
function addTotals(root: ImportNode): void {
  const all = [root]
  for (const node of all) all.push(...node.children)
  for (const node of all.reverse()) {
    node.totalMs = (node.row?.selfMs ?? 0) + sum(node.children, child => child.totalMs)
    sorted(node.children)
  }
}

function sorted(nodes: ImportNode[]): ImportNode[] {
  return nodes.sort((a, b) => b.totalMs - a.totalMs || (a.module < b.module ? -1 : 1))
}

export interface PackageCopies {
  readonly package: string
  /** Folders that it was loaded from, the most expensive first. */
  readonly copies: { readonly folder: string; readonly selfMs: number; readonly files: number }[]
}

/** Packages that were loaded from several folders, the most expensive first. */
export function packageCopies(imports: readonly ImportReport[]): PackageCopies[] {
  const byPackage = new Map<string, Map<string, { folder: string; selfMs: number; files: number }>>()
  for (const row of imports) {
    const folder = packageFolder(row)
    if (folder === undefined || row.package === null) continue
    const folders =
      byPackage.get(row.package) ?? new Map<string, { folder: string; selfMs: number; files: number }>()
    byPackage.set(row.package, folders)
    const copy = folders.get(folder) ?? { folder, selfMs: 0, files: 0 }
    folders.set(folder, copy)
    copy.selfMs += row.selfMs
    copy.files = Math.max(copy.files, row.files)
  }
  return [...byPackage]
    .filter(([, folders]) => folders.size > 1)
    .map(([name, folders]) => ({
      package: name,
      copies: [...folders.values()].sort((a, b) => b.selfMs - a.selfMs || (a.folder < b.folder ? -1 : 1)),
    }))
    .sort((a, b) => costOf(b) - costOf(a) || (a.package < b.package ? -1 : 1))
}

function costOf({ copies }: PackageCopies): number {
  return sum(copies, ({ selfMs }) => selfMs)
}

/** `node_modules/a/node_modules/b` of a module in it; undefined outside of packages. */
export function packageFolder({ module, transformer }: ImportReport): string | undefined {
  if (transformer !== null) return undefined
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0]
}
