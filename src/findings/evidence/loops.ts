// What the syntax of a loop says: whether it waits for something, counts, or iterates over items, and whether its
// iterations depend on each other.

import { calleeName, nameOf, type SyntaxNode, walk } from '../syntax.js'

/** `for … of` and `for … in`, but not `for await`. */
export function isForEach({ type, await: isAwait }: SyntaxNode): boolean {
  return type === 'ForInStatement' || (type === 'ForOfStatement' && isAwait !== true)
}

const CALL = /^(?:(?:Optional)?Call|New|Await)Expression$/

/** Whether a loop runs until something has happened, unlike one that counts or iterates over items. */
export function isUntil(loop: SyntaxNode): boolean {
  if (!/^(?:For|While|DoWhile)Statement$/.test(loop.type)) return false
  const condition = loop.test
  if (!condition || leavesEarly(loop)) return true
  // A `for` without a call in its condition iterates over a list.
  const isList =
    loop.type === 'ForStatement' &&
    loop.update &&
    !nodesIn(condition).some(({ node }) => CALL.test(node.type))
  return !isList && !isCounted(condition, loop)
}

/** Whether an `if` in the loop leaves it. */
function leavesEarly(loop: SyntaxNode): boolean {
  return nodesIn(loop).some(({ node, around }) => {
    const isReturn = node.type === 'ReturnStatement'
    const isWayOut = isReturn || node.type === 'BreakStatement'
    const inner = around.slice(1)
    const isConditional = inner.some(({ type }) => type === 'IfStatement')
    // A `break` of an inner loop or switch, or a `return` of an inner function, does not leave this loop.
    const isOthers = inner.some(
      ({ type }) => /Function|Method/.test(type) || (!isReturn && LEFT_BY_BREAK.test(type)),
    )
    return isWayOut && isConditional && !isOthers
  })
}

const LEFT_BY_BREAK = /^(?:For|ForIn|ForOf|While|DoWhile|Switch)Statement$/

/** Whether only a counter that the loop itself changes decides when it ends. */
function isCounted(condition: SyntaxNode, loop: SyntaxNode): boolean {
  const isCompared = condition.type === 'BinaryExpression' && /^(?:[<>]=?|[!=]==?)$/.test(condition.operator)
  const side = isCompared ? condition.left : condition
  const counter = chainOf(side.type === 'UpdateExpression' ? side.argument : side)
  if (counter === undefined) return false
  return nodesIn(loop).some(({ node }) => {
    if (node.type === 'UpdateExpression') return chainOf(node.argument) === counter
    const isStep = node.type === 'AssignmentExpression' && /^[-+]=$/.test(node.operator)
    return isStep && chainOf(node.left) === counter
  })
}

/** The number of items that a loop iterates over; undefined unless they are an array literal in its header. */
export function iterationsOf({ right }: SyntaxNode): number | undefined {
  if (right?.type !== 'ArrayExpression') return undefined
  // Holes are null.
  return right.elements.some(item => item?.type === 'SpreadElement') ? undefined : right.elements.length
}

/** Methods that add to the object they are called on. */
const FILLS = new Set(['push', 'unshift', 'add', 'set'])

/** Whether the loop reads something that it changes: the next iteration may need the result of this one. */
export function areIterationsLinked(loop: SyntaxNode): boolean {
  const declared = new Set<string>()
  const changes: string[] = []
  const uses: string[] = []
  for (const { node, around } of nodesIn(loop)) {
    if (node.type === 'VariableDeclarator')
      for (const name of namesIn(node.id as SyntaxNode)) declared.add(name)
    if (node.type === 'AssignmentExpression') changes.push(...targetsIn(node.left))
    if (node.type === 'CallExpression' && FILLS.has(calleeName(node) ?? ''))
      changes.push(chainOf(node.callee.object) ?? '')
    const use = useOf(node, around)
    if (use !== undefined) uses.push(use)
  }
  return changes.some(change => {
    const [root = ''] = change.split('.')
    if (change === '' || declared.has(root)) return false
    const times = changes.filter(other => other === change).length
    // Reads of the value itself, of a part of it, or of the variable that holds it.
    return uses.filter(use => use === root || `${use}.`.startsWith(`${change}.`)).length > times
  })
}

/** Names and members that an assignment changes, also within patterns; for `list[index]` it is the list. */
function targetsIn(target: SyntaxNode): string[] {
  if (/Pattern$/.test(target.type)) return namesIn(target)
  const isElement = target.type === 'MemberExpression' && target.computed === true
  return [chainOf(isElement ? target.object : target) ?? '']
}

function namesIn(pattern: SyntaxNode): string[] {
  return nodesIn(pattern).flatMap(({ node, around }) => useOf(node, around) ?? [])
}

/** `a.b.c` for the node of its `a`; undefined for any other node. */
function useOf(node: SyntaxNode, around: readonly SyntaxNode[]): string | undefined {
  if (node.type !== 'Identifier' && node.type !== 'ThisExpression') return undefined
  let whole = node
  for (const parent of around.toReversed()) {
    if (parent.object !== whole || chainOf(parent) === undefined) break
    whole = parent
  }
  return chainOf(whole)
}

/** The text of `a.b.c`; undefined for expressions other than names and their members. */
function chainOf(node: SyntaxNode | null | undefined): string | undefined {
  if (node?.type === 'Identifier') return node.name
  if (node?.type === 'ThisExpression') return 'this'
  if (!node || !/^(?:Optional)?MemberExpression$/.test(node.type) || node.computed) return undefined
  const object = chainOf(node.object)
  const { property } = node
  const name = property.type === 'PrivateName' ? `#${nameOf(property.id)}` : nameOf(property)
  return object === undefined || name === undefined ? undefined : `${object}.${name}`
}

/** All nodes below the root, itself included, each with its ancestors, outermost first. */
export function nodesIn(root: SyntaxNode) {
  const nodes: { readonly node: SyntaxNode; readonly around: readonly SyntaxNode[] }[] = []
  walk(root, (node, around) => {
    nodes.push({ node, around: [...around] })
  })
  return nodes
}
