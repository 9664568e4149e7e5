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

/** Fills `table`. */
export function commonJsExports(nodes: readonly SyntaxNode[], table: ExportTable): void {
  new CommonJsReader(table).read(nodes)
}

class CommonJsReader {
  readonly #table: ExportTable
  /** What variables hold of other modules. */
  readonly #required = new Map<string, Forwarded>()

  constructor(table: ExportTable) {
    this.#table = table
  }

  read(nodes: readonly SyntaxNode[]): void {
    // All `require` calls first: compiled code may have them after their use.
    const others = nodes.filter(node => !this.#isRequire(node))
    for (const node of others)
      if (!isHelper(node) && !this.#isExport(node)) needBy(node, this.#required, this.#table)
  }

  /** `var _x = require('./x')`, with or without a compiler's wrapper. */
  #isRequire({ type, declarations }: SyntaxNode): boolean {
    if (type !== 'VariableDeclaration') return false
    return declarations.every(({ id, init }) => {
      const name = nameOf(id)
      const origin = init ? this.#originOf(init) : undefined
      if (name === undefined || origin === undefined) return false
      this.#required.set(name, origin)
      return true
    })
  }

  #originOf(node: SyntaxNode): Forwarded | undefined {
    if (node.type === 'Identifier') return this.#required.get(node.name)
    const specifier = requiredBy(node)
    if (specifier !== undefined) return { specifier, name: WHOLE }
    if (isInteroperation(node)) return this.#originOf(node.arguments[0] ?? node)
    const member = memberOf(node)
    const object = member && this.#originOf(member.object)
    return object?.name === WHOLE ? { ...object, name: member?.name ?? '' } : object
  }

  #isExport({ type, expression }: SyntaxNode): boolean {
    if (type !== 'ExpressionStatement') return false
    if (expression.type === 'AssignmentExpression') return this.#isAssignment(expression)
    // `0 && (module.exports = { a })` is for tools that look for names.
    if (expression.type === 'LogicalExpression') return expression.left.value === 0
    if (expression.type !== 'CallExpression') return false
    return this.#isDefinition(expression) || this.#isStar(expression)
  }

  /** `exports.a = exports.b = _x.a` and `module.exports = …`. */
  #isAssignment({ left, right }: SyntaxNode): boolean {
    if (isExports(left)) return this.#isWholeAssignment(right)
    const target = memberOf(left)
    if (target === undefined || !isExports(target.object)) return false
    if (target.name === '__esModule') return true
    if (right.type === 'AssignmentExpression') return this.#isAssignment(right)
    // `exports.a = void 0` comes before the actual assignment.
    if (right.type !== 'UnaryExpression') this.#define(target.name, right)
    return true
  }

  #define(name: string, value: SyntaxNode | undefined): void {
    const origin = value && this.#originOf(value)
    this.#table.names.set(name, origin ?? 'own')
    if (value !== undefined && origin === undefined) needBy(value, this.#required, this.#table)
  }

  #isWholeAssignment(value: SyntaxNode): boolean {
    if (value.type !== 'ObjectExpression') return this.#isWhole(value)
    for (const property of value.properties) this.#addEntry(property)
    return true
  }

  #isWhole(value: SyntaxNode): boolean {
    const origin = this.#originOf(value)
    if (origin?.name === WHOLE) this.#table.stars.push(origin.specifier)
    return origin?.name === WHOLE
  }

  /** A property of an object of exports: a value, a getter, a function that returns the value, or a spread. */
  #addEntry(property: SyntaxNode): void {
    const name = nameOf(property.key, property.computed)
    const value = property.value as SyntaxNode | undefined
    if (name !== undefined) this.#define(name, returned(property) ?? returned(value) ?? value)
    else if (!property.argument || !this.#isWhole(property.argument)) this.#table.isOpen = true
  }

  /** `Object.defineProperty(exports, 'X', { get })`, and SWC's `_export(exports, { X: getter })`. */
  #isDefinition(call: SyntaxNode): boolean {
    const [target, first, second] = call.arguments
    if (target === undefined || !isExports(target) || first === undefined) return false
    if (/^_+export$/.test(calleeName(call) ?? '')) return this.#isWholeAssignment(first)
    const name = nameOf(first)
    if (calleeName(call) !== 'defineProperty' || name === undefined || second === undefined) return false
    if (name === '__esModule') return true
    const getter = second.properties?.find(({ key }) => nameOf(key) === 'get')
    this.#define(name, returned(getter) ?? returned(getter?.value as SyntaxNode | undefined) ?? second)
    return true
  }

  /** `__exportStar(require('./x'), exports)` and `Object.keys(_x).forEach(…)`. */
  #isStar(call: SyntaxNode): boolean {
    const name = calleeName(call) ?? ''
    const callee = memberOf(call.callee)
    const keys = name === 'forEach' && callee?.object.type === 'CallExpression' ? callee.object : undefined
    const isStarHelper = /^_*(exportStar|export_star)$/.test(name)
    if (!isStarHelper && (keys === undefined || calleeName(keys) !== 'keys')) return false
    const [argument] = (keys ?? call).arguments
    return argument !== undefined && this.#isWhole(argument)
  }
}

/** Whether a compiler added the declaration: their names start with `_`. */
function isHelper(node: SyntaxNode): boolean {
  if (node.type === 'EmptyStatement') return true
  const declared = node.type === 'FunctionDeclaration' ? [node] : node.declarations
  return (
    declared?.every(
      ({ id, init }) => init?.type !== 'AssignmentExpression' && nameOf(id)?.startsWith('_') === true,
    ) === true
  )
}

/** The value that a function returns; undefined if it is no function or does anything else. */
function returned(node: SyntaxNode | undefined): SyntaxNode | undefined {
  const body = node?.body as SyntaxNode | undefined
  if (body?.type !== 'BlockStatement') return body
  const [statement, ...others] = body.body as readonly SyntaxNode[]
  const isReturn = statement?.type === 'ReturnStatement' && others.length === 0
  return isReturn ? (statement.argument ?? undefined) : undefined
}
