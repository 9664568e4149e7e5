// What a CommonJS module exports: as written by hand, and as Babel, TypeScript and SWC compile `export … from`.

import {
  calleeName,
  isExports,
  isInteroperation,
  memberOf,
  nameOf,
  requiredBy,
  type SyntaxNode,
  WHOLE,
} from '../../syntax.js'
import { type ExportTable, type Forwarded, needBy } from './export-table.js'

type Required = Map<string, Forwarded>

/** Fills `table`. */
export function commonJsExports(nodes: readonly SyntaxNode[], table: ExportTable): void {
  const required: Required = new Map()
  const others = nodes.filter(node => !isRequired(node, required))
  for (const node of others)
    if (!isHelper(node) && !isExport(node, required, table)) needBy(node, required, table)
}

/** `var _x = require('./x')`, whatever a compiler wraps around it; compiled code may have it after its use. */
function isRequired(node: SyntaxNode, required: Required): boolean {
  if (node.type !== 'VariableDeclaration') return false
  const declarations = node.declarations as readonly SyntaxNode[]
  return declarations.every(({ id, init }) => {
    const name = nameOf(id as SyntaxNode)
    const origin = init ? forwarded(init as SyntaxNode, required) : undefined
    if (name === undefined || origin === undefined) return false
    required.set(name, origin)
    return true
  })
}

function forwarded(node: SyntaxNode, required: Required): Forwarded | undefined {
  if (node.type === 'Identifier') return required.get(node.name as string)
  const specifier = requiredBy(node)
  if (specifier !== undefined) return { specifier, name: WHOLE }
  if (isInteroperation(node)) return forwarded((node.arguments as SyntaxNode[])[0] ?? node, required)
  const member = memberOf(node)
  const object = member === undefined ? undefined : forwarded(member.object, required)
  if (member === undefined || object === undefined) return undefined
  return object.name === WHOLE ? { ...object, name: member.name } : object
}

/** Compilers begin the names of what they add with `_`. */
function isHelper(node: SyntaxNode): boolean {
  if (node.type === 'EmptyStatement') return true
  const declared =
    node.type === 'FunctionDeclaration' ? [node] : (node.declarations as SyntaxNode[] | undefined)
  return (
    declared?.every(({ id, init }) => {
      const isAssigned = (init as SyntaxNode | null | undefined)?.type === 'AssignmentExpression'
      return !isAssigned && nameOf(id as SyntaxNode)?.startsWith('_') === true
    }) === true
  )
}

function isExport(node: SyntaxNode, required: Required, table: ExportTable): boolean {
  if (node.type !== 'ExpressionStatement') return false
  const expression = node.expression as SyntaxNode
  if (expression.type === 'AssignmentExpression') return isAssignment(expression, required, table)
  // `0 && (module.exports = { a })` is for tools that look for names.
  if (expression.type === 'LogicalExpression') return (expression.left as SyntaxNode).value === 0
  if (expression.type !== 'CallExpression') return false
  return isDefinition(expression, required, table) || isStar(expression, required, table)
}

/** `exports.a = exports.b = _x.a` and `module.exports = …`. */
function isAssignment({ left, right }: SyntaxNode, required: Required, table: ExportTable): boolean {
  const value = right as SyntaxNode
  if (isExports(left as SyntaxNode)) return isWholeAssignment(value, required, table)
  const target = memberOf(left as SyntaxNode)
  if (target === undefined || !isExports(target.object)) return false
  if (target.name === '__esModule') return true
  if (value.type === 'AssignmentExpression') return isAssignment(value, required, table)
  // `exports.a = void 0` comes before the real one.
  if (value.type !== 'UnaryExpression') define(target.name, value, required, table)
  return true
}

function define(name: string, value: SyntaxNode | undefined, required: Required, table: ExportTable): void {
  const origin = value === undefined ? undefined : forwarded(value, required)
  table.names.set(name, origin ?? 'own')
  if (origin === undefined && value !== undefined) needBy(value, required, table)
}

function isWholeAssignment(value: SyntaxNode, required: Required, table: ExportTable): boolean {
  if (value.type !== 'ObjectExpression') return isWhole(value, required, table)
  for (const property of value.properties as readonly SyntaxNode[]) addEntry(property, required, table)
  return true
}

function isWhole(value: SyntaxNode, required: Required, table: ExportTable): boolean {
  const origin = forwarded(value, required)
  if (origin?.name === WHOLE) table.stars.push(origin.specifier)
  return origin?.name === WHOLE
}

/** An entry of an object of exports: a value, a getter, a function that returns it, or a spread. */
function addEntry(property: SyntaxNode, required: Required, table: ExportTable): void {
  const name = property.key ? nameOf(property.key as SyntaxNode, property.computed === true) : undefined
  const value = property.value as SyntaxNode | undefined
  if (name !== undefined) define(name, returned(property) ?? returned(value) ?? value, required, table)
  else if (!property.argument || !isWhole(property.argument as SyntaxNode, required, table))
    table.isOpen = true
}

/** What a function that does nothing else returns. */
function returned(node: SyntaxNode | undefined): SyntaxNode | undefined {
  const body = node?.body as SyntaxNode | undefined
  if (body === undefined || body.type !== 'BlockStatement') return body
  const [statement, ...others] = body.body as readonly SyntaxNode[]
  const isReturn = statement?.type === 'ReturnStatement' && others.length === 0
  return isReturn ? (statement.argument as SyntaxNode) : undefined
}

/** `Object.defineProperty(exports, 'X', { get })`, and SWC's `_export(exports, { X: getter })`. */
function isDefinition(call: SyntaxNode, required: Required, table: ExportTable): boolean {
  const [target, first, second] = call.arguments as readonly SyntaxNode[]
  if (target === undefined || !isExports(target) || first === undefined) return false
  if (/^_+export$/.test(calleeName(call) ?? '')) return isWholeAssignment(first, required, table)
  const name = nameOf(first)
  if (calleeName(call) !== 'defineProperty' || name === undefined || second === undefined) return false
  if (name === '__esModule') return true
  const properties = (second.properties ?? []) as readonly SyntaxNode[]
  const getter = properties.find(({ key }) => key && nameOf(key as SyntaxNode) === 'get')
  const value = returned(getter) ?? returned(getter?.value as SyntaxNode | undefined)
  define(name, value ?? second, required, table)
  return true
}

/** `__exportStar(require('./x'), exports)` and `Object.keys(_x).forEach(…)`. */
function isStar(call: SyntaxNode, required: Required, table: ExportTable): boolean {
  const name = calleeName(call) ?? ''
  const callee = memberOf(call.callee as SyntaxNode)
  const keys = name === 'forEach' && callee?.object.type === 'CallExpression' ? callee.object : undefined
  const isHelper = /^_*(exportStar|export_star)$/.test(name)
  if (!isHelper && (keys === undefined || calleeName(keys) !== 'keys')) return false
  const [argument] = (keys ?? call).arguments as readonly SyntaxNode[]
  return argument !== undefined && isWhole(argument, required, table)
}
