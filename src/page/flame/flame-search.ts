// Searches a flame graph by name, by path, or by `path:line` or `path:line:column`.

import type { FrameInfo, ProfileData } from '../data/run-data.js'
import type { FlameNode, FlameTree } from './flame-tree.js'

/** `lines`: where V8 sampled functions, if known. */
export type Searched = Pick<ProfileData, 'frames' | 'lines'>

export interface Found {
  readonly nodes: ReadonlySet<FlameNode>
  /** Their sum in the unit of the tree; nested nodes count once. */
  readonly whole: number
}

/** Undefined without a query. A folded node is found by any of its frames. */
export function searchTree({ nodes }: FlameTree, code: Searched, query: string): Found | undefined {
  const text = query.trim()
  if (text === '') return undefined
  const isFrame = frameMatcher(code, text)
  const found = new Set<FlameNode>()
  const within = new Set<FlameNode>()
  let whole = 0
  for (const node of nodes) {
    if (node.parent === undefined) continue
    const isBelow = within.has(node.parent)
    const isFound = isFrame(node.frame) || [...(node.folded ?? [])].some(isFrame)
    if (isFound) found.add(node)
    if (isFound && !isBelow) whole += node.total
    if (isFound || isBelow) within.add(node)
  }
  return { nodes: found, whole }
}

function frameMatcher(code: Searched, text: string): (frame: number) => boolean {
  const [, path, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(text) ?? []
  const isWanted =
    line === undefined ? named(text) : placed(code, path ?? '', Number(line), Number(column ?? 0))
  const known = new Map<number, boolean>()
  return frame => {
    const before = known.get(frame)
    if (before !== undefined) return before
    const info = code.frames[frame]
    const isFound = info !== undefined && isWanted(info, frame)
    known.set(frame, isFound)
    return isFound
  }
}

function named(text: string): (info: FrameInfo) => boolean {
  const query = text.toLowerCase()
  return ({ name, file, package: packageName = '' }) =>
    `${name}\n${file}\n${packageName}`.toLowerCase().includes(query)
}

/** Matches functions that are defined there or that V8 sampled at that line. */
function placed({ lines }: Searched, path: string, line: number, column: number) {
  const seen = new Set(lines.frame.filter((_, row) => lines.line[row] === line))
  return (info: FrameInfo, frame: number): boolean => {
    if (!info.file.toLowerCase().endsWith(path.toLowerCase())) return false
    if (column > 0) return info.line === line && info.column === column
    return info.line === line || seen.has(frame)
  }
}
