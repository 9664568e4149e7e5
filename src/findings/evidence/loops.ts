// What a loop is for, by its syntax: it goes on until something has happened, counts, or walks over things; and whether a
// round of it needs the one before it.

import { calleeName, nameOf, type SyntaxNode, walk } from '../syntax.js'

/** `for … of` and `for … in`, but not `for await`. */
export function isForEach({ type, await: isAwait }: SyntaxNode): boolean {
  return type === 'ForInStatement' || (type === 'ForOfStatement' && isAwait !== true)
}

const CALL = /^(?:(?:Optional)?Call|New|Await)Expression$/

/** Whether a loop goes on until something has happened, unlike one that counts or walks over things. */
export function isUntil(loop: SyntaxNode): boolean {
  if (!/^(?:For|While|DoWhile)Statement$/.test(loop.type)) return false
  const condition = loop.test as SyntaxNode | null
  if (condition === null || leavesEarly(loop)) return true
  // Without a call it walks along a list, unless what it looks at changes by itself.
  const asks =
    loop.type !== 'ForStatement' ||
    !loop.update ||
    nodesIn(condition).some(({ node }) => CALL.test(node.type))
  return asks && !isCounted(condition, loop)
}

/** Whether an `if` is a way out before the condition says so. */
function leavesEarly(loop: SyntaxNode): boolean {
  return nodesIn(loop).some(({ node, around }) => {
    const isReturn = node.type === 'ReturnStatement'
    const isWayOut = isReturn || node.type === 'BreakStatement'
    const inner = around.slice(1)
    const isConditional = inner.some(({ type }) => type === 'IfStatement')
    // What leaves a loop or a switch in this one, or a function in it, does not leave this one.
    const isOthers = inner.some(
      ({ type }) => /Function|Method/.test(type) || (!isReturn && LEFT_BY_BREAK.test(type)),
    )
    return isWayOut && isConditional && !isOthers
  })
}

const LEFT_BY_BREAK = /^(?:For|ForIn|ForOf|While|DoWhile|Switch)Statement$/

/** Whether nothing but a counter, which the loop itself moves on, decides when it ends. */
function isCounted(condition: SyntaxNode, loop: SyntaxNode): boolean {
  const isCompared =
    condition.type === 'BinaryExpression' && /^(?:[<>]=?|[!=]==?)$/.test(condition.operator as string)
  const side = isCompared ? (condition.left as SyntaxNode) : condition
  const counter = chainOf(side.type === 'UpdateExpression' ? (side.argument as SyntaxNode) : side)
  if (counter === undefined) return false
  return nodesIn(loop).some(({ node }) => {
    if (node.type === 'UpdateExpression') return chainOf(node.argument as SyntaxNode) === counter
    const isStep = node.type === 'AssignmentExpression' && /^[-+]=$/.test(node.operator as string)
    return isStep && chainOf(node.left as SyntaxNode) === counter
  })
}

/** The number of things that a loop walks over; undefined: they do not stand in its header. */
export function roundsOf({ right }: SyntaxNode): number | undefined {
  const { type, elements } = (right ?? {}) as SyntaxNode
  if (type !== 'ArrayExpression') return undefined
  const things = elements as readonly (SyntaxNode | null)[]
  return things.some(thing => thing?.type === 'SpreadElement') ? undefined : things.length
}

/** Methods that fill what they are called on: what is in it may be looked at as well. */
const FILLS = new Set(['push', 'unshift', 'add', 'set'])

/** Whether something that a round leaves behind is looked at in the loop, and so perhaps by the next round. */
export function areRoundsLinked(loop: SyntaxNode): boolean {
  const declared = new Set<string>()
  const changes: string[] = []
  const uses: string[] = []
  for (const { node, around } of nodesIn(loop)) {
    if (node.type === 'VariableDeclarator')
      for (const name of namesIn(node.id as SyntaxNode)) declared.add(name)
    if (node.type === 'AssignmentExpression') changes.push(...targetsIn(node.left as SyntaxNode))
    const callee = node.type === 'CallExpression' ? (node.callee as SyntaxNode) : undefined
    if (callee !== undefined && FILLS.has(calleeName(node) ?? '')) changes.push(chainOf(callee.object) ?? '')
    const use = useOf(node, around)
    if (use !== undefined) uses.push(use)
  }
  return changes.some(change => {
    const [root = ''] = change.split('.')
    if (change === '' || declared.has(root)) return false
    const times = changes.filter(other => other === change).length
    // By name, or as the whole that it is a part of.
    return uses.filter(use => use === root || `${use}.`.startsWith(`${change}.`)).length > times
  })
}

/** What an assignment changes: names and members, also within patterns, and of `list[index]` the list. */
function targetsIn(target: SyntaxNode): string[] {
  if (/Pattern$/.test(target.type)) return namesIn(target)
  const isElement = target.type === 'MemberExpression' && target.computed === true
  return [chainOf(isElement ? target.object : target) ?? '']
}

function namesIn(pattern: SyntaxNode): string[] {
  return nodesIn(pattern).flatMap(({ node, around }) => useOf(node, around) ?? [])
}

/** The whole of `a.b.c`, at its `a`; undefined for any other node. */
function useOf(node: SyntaxNode, around: readonly SyntaxNode[]): string | undefined {
  if (node.type !== 'Identifier' && node.type !== 'ThisExpression') return undefined
  let whole = node
  for (const parent of around.toReversed()) {
    if (parent.object !== whole || chainOf(parent) === undefined) break
    whole = parent
  }
  return chainOf(whole)
}

/** `a.b.c` as a text; undefined: it is more than names and members of them. */
function chainOf(value: unknown): string | undefined {
  const node = value as SyntaxNode | undefined
  if (node?.type === 'Identifier') return node.name as string
  if (node?.type === 'ThisExpression') return 'this'
  if (node === undefined || !/^(?:Optional)?MemberExpression$/.test(node.type) || node.computed === true)
    return undefined
  const object = chainOf(node.object)
  const property = node.property as SyntaxNode
  const name = property.type === 'PrivateName' ? `#${nameOf(property.id as SyntaxNode)}` : nameOf(property)
  return object === undefined || name === undefined ? undefined : `${object}.${name}`
}

interface PlacedNode {
  readonly node: SyntaxNode
  /** Outermost first. */
  readonly around: readonly SyntaxNode[]
}

/** With those around each, from the root on. */
export function nodesIn(root: SyntaxNode): PlacedNode[] {
  const nodes: PlacedNode[] = []
  walk(root, (node, around) => {
    nodes.push({ node, around: [...around] })
  })
  return nodes
}
