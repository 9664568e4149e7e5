// Source of a set-up file → the names by which test files use a module that it imports. Only where the set-up file does nothing else
// with the module: what it configures or patches may work without being mentioned.

import { basename } from 'node:path/posix'
import { calleeName, memberOf, nameOf, parseModule, requiredBy, type SyntaxNode, walk } from '../syntax.js'
import { boundNames } from './awaited-calls.js'

/** Names of matchers and globals; `all`: whatever matchers the module has. */
type SetUpNames = ReadonlySet<string> | 'all'

/** Undefined if the set-up file cannot be parsed, or does something else with the module, or imports it for its effects. */
export function namesSetUpWith(
  module: string,
  setUp: { path: string; text: string },
): SetUpNames | undefined {
  const parsed = parseModule(setUp.path, setUp.text)
  if (parsed === undefined || parsed.hasErrors) return undefined
  const bindings = new Set<string>()
  const uses: (ReadonlySet<string> | 'all' | undefined)[] = []
  for (const statement of parsed.body) for (const name of boundBy(statement, module)) bindings.add(name)
  if (bindings.size === 0) return undefined
  for (const statement of parsed.body)
    if (boundBy(statement, module).length === 0)
      walk(statement, (node, around) => {
        if (node.type === 'Identifier' && bindings.has(node.name)) uses.push(namesFor(node, around))
      })
  if (uses.length === 0 || uses.includes(undefined)) return undefined
  if (uses.includes('all')) return 'all'
  return new Set(uses.flatMap(use => (use === undefined || use === 'all' ? [] : [...use])))
}

/** Variables that a top-level import or require of the module declares. */
function boundBy(statement: SyntaxNode, module: string): string[] {
  if (statement.type === 'ImportDeclaration') {
    if (!leadsTo(nameOf(statement.source), module)) return []
    return statement.specifiers.flatMap(({ local }) => nameOf(local) ?? [])
  }
  if (statement.type !== 'VariableDeclaration') return []
  return statement.declarations.flatMap(({ id, init }) =>
    init != null && leadsTo(requiredBy(init), module) && id != null ? boundNames(id) : [],
  )
}

/** Whether a specifier may be that of the module: by its file name, or its package. */
function leadsTo(specifier: string | undefined, module: string): boolean {
  if (specifier === undefined) return false
  if (!/^[./]/.test(specifier)) return module.includes(`/node_modules/${specifier}/`)
  const [, stem = ''] = /^(.*?)(?:\.[cm]?[jt]sx?)?$/.exec(basename(specifier)) ?? []
  const parts = module.split('/').slice(-2)
  return parts.some(part => part.replace(/\.[cm]?[jt]sx?$/, '') === stem)
}

/** The names that this use of a variable gives to tests: those of its `expect.extend`, or of the global that it is assigned to. */
function namesFor(node: SyntaxNode, around: readonly SyntaxNode[]): ReadonlySet<string> | 'all' | undefined {
  const call = around.findLast(isExtend)
  if (call !== undefined) {
    const [matchers] = call.arguments
    if (matchers === node) return 'all'
    const keys = matchers?.type === 'ObjectExpression' ? matchers.properties.map(keyOf) : [undefined]
    return keys.includes(undefined) ? 'all' : new Set(keys.filter(key => key !== undefined))
  }
  const assignment = around.findLast(({ type }) => type === 'AssignmentExpression')
  const target = assignment === undefined ? undefined : memberOf(assignment.left)
  const isGlobal = /^(?:global|globalThis|window|self)$/.test(nameOf(target?.object) ?? '')
  return target !== undefined && isGlobal ? new Set([target.name]) : undefined
}

function isExtend(node: SyntaxNode): boolean {
  return (
    node.type === 'CallExpression' &&
    calleeName(node) === 'extend' &&
    memberOf(node.callee)?.object.name === 'expect'
  )
}

/** Undefined for a spread. */
function keyOf({ type, key, computed }: SyntaxNode): string | undefined {
  return type === 'SpreadElement' ? undefined : nameOf(key, computed)
}
