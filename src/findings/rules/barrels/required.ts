// Pieces of syntax by which one module takes another: `require('x')`, members, and what compilers wrap around them.

import type { SyntaxNode } from './syntax.js'

/** Stands for a module itself, where else the name of an export stands. */
export const WHOLE = '*'

/** Name of a static member access, on an object or in a type of element. */
export function memberOf(node: SyntaxNode): { object: SyntaxNode; name: string } | undefined {
  if (!/^(Optional|JSX)?MemberExpression$/.test(node.type)) return undefined
  const name = nameOf(node.property as SyntaxNode, node.computed === true)
  return name === undefined ? undefined : { object: node.object as SyntaxNode, name }
}

/** Name of a property, export or identifier; undefined when it is computed. */
export function nameOf(node: SyntaxNode, computed = false): string | undefined {
  if (node.type === 'StringLiteral') return node.value as string
  return !computed && /^(JSX)?Identifier$/.test(node.type) ? (node.name as string) : undefined
}

/** Specifier of `require('x')`, `import('x')` and `jest.requireActual('x')`. */
export function requiredBy(node: SyntaxNode): string | undefined {
  if (node.type === 'TSExternalModuleReference') return nameOf(node.expression as SyntaxNode)
  if (node.type !== 'CallExpression') return undefined
  const callee = node.callee as SyntaxNode
  const isRequire = callee.type === 'Import' || callee.name === 'require'
  if (!isRequire && memberOf(callee)?.name !== 'requireActual') return undefined
  const [specifier] = node.arguments as SyntaxNode[]
  return specifier === undefined ? undefined : literal(specifier)
}

function literal(node: SyntaxNode): string | undefined {
  return node.type === 'StringLiteral' ? (node.value as string) : undefined
}

const INTEROPERATION = /^_*(interop_?require_?(default|wildcard)|importStar|importDefault|toESM)$/i

/** Whether it hands on the module that is its argument, as compilers write it around `require`. */
export function isInteroperation(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && INTEROPERATION.test(calleeName(node) ?? '')
}

/** Name of the function that is called, be it a variable or a member. */
export function calleeName(call: SyntaxNode): string | undefined {
  const callee = call.callee as SyntaxNode
  return nameOf(callee) ?? memberOf(callee)?.name
}

/** `exports` and `module.exports`. */
export function isExports(node: SyntaxNode): boolean {
  const member = memberOf(node)
  return node.name === 'exports' || (member?.name === 'exports' && member.object.name === 'module')
}
