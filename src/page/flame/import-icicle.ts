// The tree of imports as a graph: the width of a module is the time that it and its imports took in all test files together.

import type { FileReport } from '../../report/file-report.js'
import type { Report } from '../../report/report.js'
import { count, duration, percent } from '../../report/views/figures.js'
import { importName } from '../../report/views/imports.js'
import { CATEGORY_LOOKS } from '../categories.js'
import {
  type ImportNode,
  importTrees,
  packageCopies,
  packageFolder,
  TEST_FILES,
} from '../data/import-tree.js'
import type { FrameInfo } from '../data/run-data.js'
import { pathName, sanitize } from '../data/text.js'
import type { Searched } from './flame-search.js'
import { type FlameLook, type FlameNode, type FlameTree, leftHeavy, newNode } from './flame-tree.js'

export interface ImportIcicle {
  readonly tree: FlameTree
  readonly nodeOf: ReadonlyMap<FlameNode, ImportNode>
  /** Modules in the place of functions, for the search. */
  readonly code: Searched
  readonly look: FlameLook
}

export function importIcicle(
  report: Pick<Report, 'imports'> & { files: readonly Pick<FileReport, 'path'>[] },
): ImportIcicle {
  const frames: FrameInfo[] = []
  const nodeOf = new Map<FlameNode, ImportNode>()
  const root = newNode({ frame: -1, label: 'all imports', category: 'program', parent: undefined })
  const pending = importTrees(report).map(node => ({ node, parent: root }))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, parent } = next
    const { module, row } = node
    const category = row?.category ?? 'test'
    const frame =
      frames.push({
        name: module,
        file: module,
        line: 0,
        column: 0,
        category,
        package: row?.package ?? undefined,
      }) - 1
    const drawn = newNode({ frame, label: labelOf(node), category, parent })
    drawn.self = 1000 * (row?.selfMs ?? 0)
    parent.children.push(drawn)
    nodeOf.set(drawn, node)
    for (const child of node.children) pending.push({ node: child, parent: drawn })
  }
  const copied = new Set(
    packageCopies(report.imports).flatMap(({ copies }) => copies.map(({ folder }) => folder)),
  )
  const isCopy = (node: FlameNode) => {
    const row = nodeOf.get(node)?.row
    const folder = row && packageFolder(row)
    return folder !== undefined && copied.has(folder)
  }
  return {
    tree: leftHeavy(root, 'microseconds'),
    nodeOf,
    code: { frames, lines: { frame: [], line: [], weight: [] } },
    look: {
      colourOf: ({ category }) => CATEGORY_LOOKS[category].colour,
      labelOf: ({ label }) => label,
      isOutlined: isCopy,
    },
  }
}

/** The file, with its folder where it is an index, and the package of a package's module. */
function labelOf({ module, row }: ImportNode): string {
  if (module === TEST_FILES || row?.transformer != null) return module
  const parts = module.split('/')
  const isIndex = /^index\.\w+$/.test(parts.at(-1) ?? '')
  const own = parts.slice(isIndex ? -2 : -1).join('/')
  const name = row?.package ?? null
  return name === null ? own : `${own} · ${name}`
}

/** `a.ts: 1.20 s with what it imports, 10 %; itself 20 ms; in 3 files` */
export function describeImport({ nodeOf, tree }: ImportIcicle, drawn: FlameNode): string {
  const node = nodeOf.get(drawn)
  const total = `${duration(drawn.total / 1000)} with what it imports, ${percent(drawn.total, tree.whole)}`
  if (node === undefined) return `${drawn.label}: ${total}`
  const { module, row } = node
  const name = row === undefined || row.transformer === null ? pathName(module) : sanitize(importName(row))
  const own = row === undefined ? [] : [`itself ${duration(row.selfMs)}`, `in ${count(row.files, 'file')}`]
  return [`${name}: ${total}`, ...own].join('; ')
}
