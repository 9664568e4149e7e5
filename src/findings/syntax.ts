// Text of a module → its syntax tree, and walks over it. What is only a type counts as absent: it is gone at run time.

import { createRequire } from 'node:module'
import type { ParseResult, ParserPlugin } from '@babel/parser'

export type Statement = ParseResult['program']['body'][number]

/** Any node, where it does not matter which. */
export interface SyntaxNode {
  readonly type: string
  readonly loc?: Readonly<Record<'start' | 'end', { line: number; column: number }>> | null
  readonly [key: string]: unknown
}

/** A module as it was parsed. */
export interface ParsedModule {
  /** Top-level statements. */
  readonly body: readonly Statement[]
  /** Whether there are errors in it that the parser went on after: what it made of the rest may be wrong. */
  readonly hasErrors: boolean
}

/** Undefined: it is neither JavaScript nor TypeScript, or it cannot be parsed. */
export function parseModule(path: string, text: string): ParsedModule | undefined {
  const plugins = pluginsFor(path)
  if (plugins === undefined) return undefined
  // Many runs need no parser: it is loaded for those that do, and at once, because the end of the run does not wait.
  const { parse } = createRequire(import.meta.url)('@babel/parser') as typeof import('@babel/parser')
  try {
    const { program, errors } = parse(text, {
      plugins,
      sourceType: 'unambiguous',
      errorRecovery: true,
      attachComment: false,
      allowAwaitOutsideFunction: true,
      allowReturnOutsideFunction: true,
    })
    return { body: program.body, hasErrors: errors !== null && errors.length > 0 }
  } catch {
    return undefined
  }
}

export function canBeParsed(path: string): boolean {
  return pluginsFor(path) !== undefined
}

function pluginsFor(path: string): ParserPlugin[] | undefined {
  if (/\.[cm]?ts$/.test(path)) return ['typescript', 'decorators-legacy']
  if (path.endsWith('.tsx')) return ['typescript', 'jsx', 'decorators-legacy']
  return /\.[cm]?jsx?$/.test(path) ? ['flow', 'jsx', 'decorators-legacy'] : undefined
}

/** Calls `visitor` for every node that is evaluated, with those around it, the innermost last. */
export function walk(
  root: SyntaxNode,
  visitor: (node: SyntaxNode, around: readonly SyntaxNode[]) => void,
): void {
  const around: SyntaxNode[] = []
  // Generated code nests deeper than calls can.
  const open = [{ node: root, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    around.length = next.depth
    visitor(next.node, around)
    const depth = around.push(next.node)
    for (const node of evaluatedIn(next.node).toReversed()) open.push({ node, depth })
  }
}

// Walking is half of what looking for barrels takes: no more lists are made than this one.
function evaluatedIn(parent: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (const key in parent) {
    const value = parent[key]
    if (typeof value !== 'object' || value === null || isName(parent, key)) continue
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child) && !isTypeOnly(child)) children.push(child)
  }
  return children
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
}

/** Flow's types; TypeScript's have a prefix. */
const TYPES = /^(Type(Alias|Annotation|Parameter\w*)|Interface|Opaque|Declare|ClassImplements)/

const EVALUATED = new Set(
  `TSAsExpression TSSatisfiesExpression TSNonNullExpression TSTypeAssertion TSInstantiationExpression TSEnumDeclaration
  TSEnumBody TSEnumMember TSModuleDeclaration TSModuleBlock TSExportAssignment TSImportEqualsDeclaration
  TSExternalModuleReference TSParameterProperty`.split(/\s+/),
)

export function isTypeOnly(node: SyntaxNode): boolean {
  if (node.importKind === 'type' || node.importKind === 'typeof' || node.exportKind === 'type') return true
  if (node.declare === true || TYPES.test(node.type)) return true
  return node.type.startsWith('TS') && !EVALUATED.has(node.type)
}

/** Whether that part of a node is a name that refers to no variable. */
function isName(node: SyntaxNode, key: string): boolean {
  if (key === 'property' || key === 'key') return node.computed !== true
  if (key === 'exported' || key === 'closingElement') return true
  return key === 'name' && node.type === 'JSXAttribute'
}

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

/** Name of the function that is called, be it a variable or a member. */
export function calleeName(call: SyntaxNode): string | undefined {
  const callee = call.callee as SyntaxNode
  return nameOf(callee) ?? memberOf(callee)?.name
}

// Pieces of syntax by which one module takes another, and what compilers wrap around them.

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
