// Pieces of syntax by which one module takes another: `require('x')`, members, and what compilers wrap around them.

import { calleeName, memberOf, nameOf, type SyntaxNode } from '../../syntax.js'

/** Stands for a module itself, where else the name of an export stands. */
export const WHOLE = '*'

/** Specifier of `require('x')`, `import('x')` and `jest.requireActual('x')`. */
export function requiredBy(node: SyntaxNode): string | undefined {
  if (node.type === 'TSExternalModuleReference') return nameOf(node.expression as SyntaxNode)
  if (node.type !== 'CallExpression') return undefined
  const callee = node.callee as SyntaxNode
  const isRequire = callee.type === 'Import' || callee.name === 'require'
  if (!isRequire && memberOf(callee)?.name !== 'requireActual') return undefined
  const [specifier] = node.arguments as SyntaxNode[]
  return specifier?.type === 'StringLiteral' ? (specifier.value as string) : undefined
}

const INTEROPERATION = /^_*(interop_?require_?(default|wildcard)|importStar|importDefault|toESM)$/i

/** Whether it hands on the module that is its argument, as compilers write it around `require`. */
export function isInteroperation(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && INTEROPERATION.test(calleeName(node) ?? '')
}

/** `exports` and `module.exports`. */
export function isExports(node: SyntaxNode): boolean {
  const member = memberOf(node)
  return node.name === 'exports' || (member?.name === 'exports' && member.object.name === 'module')
}
