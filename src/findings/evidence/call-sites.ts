// What the source shows around a call, within the function that makes it: loops, and the rest of the line.

import { getOrMake, once } from '../../profile/columns.js'
import type { CallReport } from '../../report/code-reports.js'
import type { ReadSource } from '../../resolve/source-texts.js'
import { calleeName, memberOf, parseModule, requiredBy, SKIP, type SyntaxNode, walk } from '../syntax.js'

const LOOP = /^(?:For|ForIn|ForOf|While|DoWhile)Statement$/

interface CallSite {
  /** The function that makes the call, or the statements of the module. */
  readonly within: readonly SyntaxNode[]
  /** Nodes that start on the call's line, except those in other functions. */
  readonly onLine: readonly SyntaxNode[]
  /** Innermost first. */
  readonly loops: readonly SyntaxNode[]
}

type CallPlace = Pick<CallReport, 'file' | 'line' | 'column'>

/** Returns undefined if the file cannot be read, has syntax errors, or no longer has code at that place. */
export type CallSiteFinder = (place: CallPlace) => CallSite | undefined

/** Returns the statements of a file; undefined if it cannot be read or has syntax errors. Parses each file once. */
export type ModuleReader = (file: string) => readonly SyntaxNode[] | undefined

export function moduleReader(readSource: ReadSource): ModuleReader {
  const read = once((file: string) => {
    const parsed = parseModule(file, readSource(file) ?? '')
    return { body: parsed?.hasErrors === false ? parsed.body : undefined }
  })
  return file => read(file).body
}

export function callSiteFinder(bodyOf: ModuleReader): CallSiteFinder {
  const known = new Map<string, { site: CallSite | undefined }>()
  return place => {
    const { file, line, column } = place
    const find = () => {
      const body = bodyOf(file)
      return { site: body && callSiteIn(body, place) }
    }
    return getOrMake(known, `${line}:${column}:${file}`, find).site
  }
}

/** The calls in a function of the project, without those in other functions within it; empty if its source does not tell. */
export function callsWithin(caller: CallReport, bodyOf: ModuleReader): { name: string; line: number }[] {
  const body = bodyOf(caller.file) ?? []
  const isModule = caller.function === MODULE_BODY
  const owner = isModule ? undefined : functionAt(body, caller)
  if (!isModule && owner === undefined) return []
  return ownNodes(owner === undefined ? body : [owner], owner).flatMap(node => {
    const name = calledIn(node)
    return name === undefined ? [] : [{ name, line: firstLineOf(node) }]
  })
}

/** The lines of a function of the project, or of what a class does when it is created, that read a property of that name. */
export function readsWithin(owner: CallPlace, name: string, bodyOf: ModuleReader): number[] {
  const body = bodyOf(owner.file) ?? []
  const within = functionAt(body, owner)
  const nodes = within === undefined ? [] : ownNodes([within], within)
  return nodes.filter(node => memberOf(node)?.name === name).map(firstLineOf)
}

export const MODULE_BODY = '(module)'

function calledIn(node: SyntaxNode): string | undefined {
  if (/^(?:Optional)?(?:Call|New)Expression$/.test(node.type))
    return requiredBy(node) === undefined ? calleeName(node) : 'require'
  return node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration' ? 'require' : undefined
}

/** The innermost function around a place. */
function functionAt(body: readonly SyntaxNode[], place: CallPlace): SyntaxNode | undefined {
  const path = body.filter(statement => contains(statement, place)).flatMap(node => pathTo(node, place))
  return path[path.findLastIndex((node, position) => isBoundary(node, path[position - 1]))]
}

function callSiteIn(body: readonly SyntaxNode[], place: CallPlace): CallSite | undefined {
  const path = body.filter(statement => contains(statement, place)).flatMap(node => pathTo(node, place))
  if (path.length === 0) return undefined
  const depth = path.findLastIndex((node, position) => isBoundary(node, path[position - 1]))
  const owner = path[depth]
  const within = owner === undefined ? body : [owner]
  return {
    within,
    onLine: ownNodes(within, owner).filter(node => firstLineOf(node) === place.line),
    loops: path
      .slice(depth + 1)
      .filter(node => LOOP.test(node.type))
      .toReversed(),
  }
}

/** Nodes that contain the place, outermost first. */
function pathTo(root: SyntaxNode, place: CallPlace): readonly SyntaxNode[] {
  let path: readonly SyntaxNode[] = []
  walk(root, (node, around) => {
    if (!contains(node, place)) return SKIP
    if (around.length >= path.length) path = [...around, node]
    return undefined
  })
  return path
}

/** All nodes below the roots, except those in other functions than `owner`. */
export function ownNodes(roots: readonly SyntaxNode[], owner: SyntaxNode | undefined): SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  for (const root of roots)
    walk(root, (node, around) => {
      if (node !== owner && isBoundary(node, around.at(-1))) return SKIP
      nodes.push(node)
      return undefined
    })
  return nodes
}

/** Whether the node is a function that does not run at once. The executor of a `new Promise` does. */
function isBoundary(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!/Function|ObjectMethod|Class(Private)?Method/.test(node.type)) return false
  return parent?.type !== 'NewExpression' || calleeName(parent) !== 'Promise'
}

function contains({ loc }: SyntaxNode, { line, column }: CallPlace): boolean {
  if (!loc) return false
  const { start, end } = loc
  // The parser counts columns from 0.
  const isBefore = line < start.line || (line === start.line && column - 1 < start.column)
  const isAfter = line > end.line || (line === end.line && column - 1 >= end.column)
  return !isBefore && !isAfter
}

/** The 1-based line that the node starts on; 0 if unknown. */
export function firstLineOf({ loc }: SyntaxNode): number {
  return loc?.start.line ?? 0
}
