// What the source shows around a call: the loops that make it, and the rest of its line. All of it in the call's own function.

import type { CallReport } from '../../report/code-reports.js'
import { calleeName, parseModule, type SyntaxNode, walk } from '../syntax.js'

const LOOP = /^(?:For|ForIn|ForOf|While|DoWhile)Statement$/

interface CallSite {
  /** The function that makes the call, or the statements of the module. */
  readonly within: readonly SyntaxNode[]
  /** What begins on the call's line, without what is in other functions. */
  readonly onLine: readonly SyntaxNode[]
  /** The loops around the call, innermost first. */
  readonly loops: readonly SyntaxNode[]
}

type CallPlace = Pick<CallReport, 'file' | 'line' | 'column'>

/** Finds what is around a call; undefined: its file cannot be read or parsed without an error, or has no code there any more. */
export type CallSiteFinder = (place: CallPlace) => CallSite | undefined

/** Each file is parsed once. */
export function callSiteFinder(readSource: (path: string) => string | undefined): CallSiteFinder {
  const modules = new Map<string, readonly SyntaxNode[] | undefined>()
  return place => {
    const { file } = place
    if (!modules.has(file)) modules.set(file, parsedWithoutError(file, readSource(file)))
    const body = modules.get(file)
    return body === undefined ? undefined : callSiteIn(body, place)
  }
}

function parsedWithoutError(file: string, text: string | undefined): readonly SyntaxNode[] | undefined {
  const parsed = text === undefined ? undefined : parseModule(file, text)
  if (parsed === undefined || parsed.hasErrors) return undefined
  return parsed.body as readonly unknown[] as readonly SyntaxNode[]
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

/** The nodes that contain a place, outermost first. */
function pathTo(root: SyntaxNode, place: CallPlace): readonly SyntaxNode[] {
  let path: readonly SyntaxNode[] = []
  walk(root, (node, around) => {
    if (around.length >= path.length && contains(node, place)) path = [...around, node]
  })
  return path
}

/** Without what is in the functions in them. A root may be a function itself: the call's own. */
function ownNodes(roots: readonly SyntaxNode[], owner: SyntaxNode | undefined): SyntaxNode[] {
  const nodes: SyntaxNode[] = []
  for (const root of roots)
    walk(root, (node, around) => {
      const isInner = [...around, node].some(
        (outer, depth) => outer !== owner && isBoundary(outer, around[depth - 1]),
      )
      if (!isInner) nodes.push(node)
    })
  return nodes
}

/** Whether a node is a function that runs at another time than what is around it, as the executor of a `new Promise` does not. */
function isBoundary(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  if (!/Function|ObjectMethod|Class(Private)?Method/.test(node.type)) return false
  return parent?.type !== 'NewExpression' || calleeName(parent) !== 'Promise'
}

function contains({ loc }: SyntaxNode, { line, column }: CallPlace): boolean {
  if (!loc) return false
  const { start, end } = loc
  // The parser counts columns from 0.
  const isBefore = line < start.line || (line === start.line && column - 1 < start.column)
  const isBehind = line > end.line || (line === end.line && column - 1 >= end.column)
  return !isBefore && !isBehind
}

/** 1-based; 0: it has no place in the source. */
export function firstLineOf({ loc }: SyntaxNode): number {
  return loc?.start.line ?? 0
}
