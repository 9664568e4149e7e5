// Text of a module → its syntax tree, and walks over it. Types count as absent, because they do not exist at run time.

import { createRequire } from 'node:module'
import type { ParserPlugin } from '@babel/parser'

type Parts =
  | 'callee'
  | 'object'
  | 'property'
  | 'left'
  | 'right'
  | 'expression'
  | 'local'
  | 'exported'
  | 'imported'
type OptionalParts = 'id' | 'init' | 'test' | 'update' | 'source' | 'argument' | 'declaration' | 'key'
type Lists = 'arguments' | 'specifiers' | 'declarations' | 'properties' | 'elements'

/** Any node of Babel's syntax tree. Its `type` decides which of these properties it has. */
export interface SyntaxNode
  extends Readonly<Record<Parts, SyntaxNode>>,
    Readonly<Record<Lists, readonly SyntaxNode[]>>,
    Readonly<Partial<Record<OptionalParts, SyntaxNode | null>>> {
  readonly type: string
  readonly name: string
  readonly operator: string
  readonly value?: unknown
  readonly body?: SyntaxNode | readonly SyntaxNode[]
  readonly computed?: boolean
  readonly await?: boolean
  readonly declare?: boolean
  readonly importKind?: string
  readonly exportKind?: string
  readonly start: number
  readonly end: number
  readonly loc?: Readonly<Record<'start' | 'end', { line: number; column: number }>> | null
}

export interface ParsedModule {
  /** Top-level statements. */
  readonly body: readonly SyntaxNode[]
  /** Whether the parser recovered from syntax errors: the rest of the tree may then be wrong. */
  readonly hasErrors: boolean
}

/** Undefined if the text is neither JavaScript nor TypeScript, or cannot be parsed. */
export function parseModule(path: string, text: string): ParsedModule | undefined {
  const plugins = pluginsFor(path)
  if (plugins === undefined) return undefined
  // Loaded on demand because many runs need no parser, and synchronously because the end of a run does not wait.
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
    const body = program.body as readonly object[] as readonly SyntaxNode[]
    return { body, hasErrors: errors !== null && errors.length > 0 }
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

/** Returned by a visitor to leave out what is below the node. */
export const SKIP = Symbol('skip')

/** Calls `visitor` for every node that is evaluated, with its ancestors, the innermost last. */
export function walk(
  root: SyntaxNode,
  visitor: (node: SyntaxNode, around: readonly SyntaxNode[]) => unknown,
): void {
  const around: SyntaxNode[] = []
  // Not recursive: generated code may nest deeper than the call stack allows.
  const open = [{ node: root, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    around.length = next.depth
    if (visitor(next.node, around) === SKIP) continue
    const depth = around.push(next.node)
    for (const node of evaluatedIn(next.node).toReversed()) open.push({ node, depth })
  }
}

// Walking takes half of the time of the search for barrels, so this allocates one list only.
function evaluatedIn(parent: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (const key in parent) {
    const value: unknown = parent[key as keyof SyntaxNode]
    if (typeof value !== 'object' || value === null || isName(parent, key)) continue
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child) && !isTypeOnly(child)) children.push(child)
  }
  return children
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string'
}

/** Flow's types. TypeScript's start with `TS`. */
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

/** Whether the property `key` of a node is a name that does not refer to a variable. */
function isName(node: SyntaxNode, key: string): boolean {
  if (key === 'property' || key === 'key') return node.computed !== true
  if (key === 'exported' || key === 'closingElement') return true
  return key === 'name' && node.type === 'JSXAttribute'
}

/** Object and name of a static member access, also of a JSX element's name; undefined for any other node. */
export function memberOf(node: SyntaxNode): { object: SyntaxNode; name: string } | undefined {
  if (!/^(Optional|JSX)?MemberExpression$/.test(node.type)) return undefined
  const name = nameOf(node.property, node.computed === true)
  return name === undefined ? undefined : { object: node.object, name }
}

/** Name of a property, export or identifier; undefined if it is computed or the node is none of these. */
export function nameOf(node: SyntaxNode | null | undefined, computed = false): string | undefined {
  if (node?.type === 'StringLiteral') return node.value as string
  return !computed && /^(JSX)?Identifier$/.test(node?.type ?? '') ? node?.name : undefined
}

/** Name of the variable or member that is called; undefined if it has none. */
export function calleeName({ callee }: SyntaxNode): string | undefined {
  return nameOf(callee) ?? memberOf(callee)?.name
}

/** Means the module itself where the name of an export is expected. */
export const WHOLE = '*'

/** Specifier of `require('x')`, `import('x')` or `jest.requireActual('x')`; undefined for any other node. */
export function requiredBy(node: SyntaxNode): string | undefined {
  if (node.type === 'TSExternalModuleReference') return nameOf(node.expression)
  if (node.type !== 'CallExpression') return undefined
  const { callee } = node
  const isRequire = callee.type === 'Import' || callee.name === 'require'
  if (!isRequire && memberOf(callee)?.name !== 'requireActual') return undefined
  // Only literals name a module: other arguments are computed.
  return nameOf(node.arguments[0], true)
}

const INTEROPERATION = /^_*(interop_?require_?(default|wildcard)|importStar|importDefault|toESM)$/i

/** Whether the node is a call that a compiler wraps around `require` and that returns the module. */
export function isInteroperation(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && INTEROPERATION.test(calleeName(node) ?? '')
}

/** Whether the node is `exports` or `module.exports`. */
export function isExports(node: SyntaxNode): boolean {
  const member = memberOf(node)
  return node.name === 'exports' || (member?.name === 'exports' && member.object.name === 'module')
}
