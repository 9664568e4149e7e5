// The calls that a test awaits: what a package does after that has no caller on its stack.

import { calleeName, memberOf, nameOf, requiredBy, type SyntaxNode, walk } from '../syntax.js'
import { firstLineOf, ownNodes } from './call-sites.js'

interface AwaitedCall {
  readonly name: string
  readonly line: number
}

/** Awaited or returned calls in the callback of the test that is defined on this line, without those of other modules than the package. */
export function awaitedCalls(body: readonly SyntaxNode[], line: number, owner: string): AwaitedCall[] {
  const callback = callbackOn(body, line)
  if (callback === undefined) return []
  const others = namesOfOthers(body, owner)
  return ownNodes([callback], callback).flatMap(node => {
    const call = /^(?:AwaitExpression|ReturnStatement)$/.test(node.type) ? node.argument : undefined
    const name = call?.type === 'CallExpression' ? calleeName(call) : undefined
    if (call == null || name === undefined || others.has(rootOf(call))) return []
    return { name, line: firstLineOf(call) }
  })
}

/** The last function among the arguments of a call that begins on the line, such as `test('adds', () => …)`. */
function callbackOn(body: readonly SyntaxNode[], line: number): SyntaxNode | undefined {
  let found: SyntaxNode | undefined
  for (const statement of body)
    walk(statement, node => {
      if (found !== undefined || node.type !== 'CallExpression' || firstLineOf(node) !== line) return
      found = node.arguments.findLast(({ type }) => /Function/.test(type))
    })
  return found
}

/** Variables that imports of other modules declare, and `expect`. */
function namesOfOthers(body: readonly SyntaxNode[], owner: string): ReadonlySet<string> {
  const isOwners = (specifier: string) => specifier === owner || specifier.startsWith(`${owner}/`)
  return new Set([
    'expect',
    ...body.flatMap(statement =>
      importsIn(statement).flatMap(({ specifier, names }) => (isOwners(specifier) ? [] : names)),
    ),
  ])
}

function importsIn(statement: SyntaxNode): { specifier: string; names: string[] }[] {
  if (statement.type === 'ImportDeclaration') {
    const names = statement.specifiers.flatMap(({ local }) => nameOf(local) ?? [])
    return [{ specifier: nameOf(statement.source) ?? '', names }]
  }
  if (statement.type !== 'VariableDeclaration') return []
  return statement.declarations.flatMap(({ id, init }) => {
    const specifier = init == null ? undefined : requiredBy(init)
    return specifier === undefined || id == null ? [] : { specifier, names: boundNames(id) }
  })
}

/** Variables of a declaration's pattern, without nested ones. */
export function boundNames(pattern: SyntaxNode): string[] {
  if (pattern.type !== 'ObjectPattern') return [nameOf(pattern) ?? []].flat()
  return pattern.properties.flatMap(({ value }) => nameOf(value as SyntaxNode | undefined) ?? [])
}

/** The variable at the start of a call: `user` in `user.keys.type()`; `''` if it starts with something else. */
function rootOf(call: SyntaxNode): string {
  let node = call.callee
  for (let member = memberOf(node); member !== undefined; member = memberOf(node)) node = member.object
  if (node.type === 'CallExpression') return rootOf(node)
  return nameOf(node) ?? ''
}
