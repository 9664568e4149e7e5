// Source of an importer → which names it takes from which module.

import {
  isInteroperation,
  isTypeOnly,
  memberOf,
  nameOf,
  requiredBy,
  type SyntaxNode,
  WHOLE,
  walk,
} from '../../syntax.js'

export interface Taken {
  readonly specifier: string
  /** In source order; `*`: all of them, or unknown. */
  readonly names: ReadonlySet<string>
  readonly byRequire: boolean
  readonly line: number
  readonly column: number
}

/** A variable that holds an export, or with the name `*` the module. Uses of it are added to `names`. */
interface Binding {
  readonly names: Set<string>
  readonly name: string
}

/** One entry for each statement or call that loads a module. */
export function takenNames(nodes: readonly SyntaxNode[]): Taken[] {
  const taken: Taken[] = []
  const bindings = new Map<string, Binding>()
  const add = (specifier: string, node: SyntaxNode, names: readonly string[], byRequire = false) => {
    const set = new Set(names)
    const { line, column } = node.loc?.start ?? { line: 0, column: -1 }
    taken.push({ specifier, names: set, byRequire, line, column: column + 1 })
    return set
  }
  const evaluated = nodes.filter(node => !isTypeOnly(node))
  for (const node of evaluated) takeDeclared(node, add, bindings)
  for (const node of evaluated) takeRequired(node, add, bindings)
  for (const node of evaluated) if (!node.source) use(node, bindings)
  return taken
}

type Add = (specifier: string, node: SyntaxNode, names: readonly string[], byRequire?: boolean) => Set<string>

/** `import … from` and `export … from`. */
function takeDeclared(node: SyntaxNode, add: Add, bindings: Map<string, Binding>): void {
  const specifier = nameOf(node.source)
  if (specifier === undefined) return
  const { specifiers = [] } = node
  const values = specifiers.filter(entry => !isTypeOnly(entry))
  if (node.type !== 'ImportDeclaration') {
    const isAll = node.type === 'ExportAllDeclaration'
    const nameIn = ({ type, local }: SyntaxNode) =>
      type === 'ExportSpecifier' ? (nameOf(local) ?? WHOLE) : WHOLE
    add(specifier, node, isAll ? [WHOLE] : values.map(nameIn))
    return
  }
  // An import without names is for side effects.
  const names = add(specifier, node, specifiers.length === 0 ? [WHOLE] : [])
  for (const entry of values) bindings.set(entry.local.name, { names, name: importedBy(entry) })
}

export function importedBy({ type, imported }: SyntaxNode): string {
  if (type === 'ImportDefaultSpecifier') return 'default'
  return type === 'ImportSpecifier' ? (nameOf(imported) ?? WHOLE) : WHOLE
}

function takeRequired(root: SyntaxNode, add: Add, bindings: Map<string, Binding>): void {
  walk(root, (node, around) => {
    const specifier = requiredBy(node)
    if (specifier === undefined) return
    const use = useOf(node, around)
    const statement = around.findLast(({ type }) => /Statement$|Declaration$/.test(type)) ?? node
    const names = add(specifier, statement, 'variable' in use ? [] : use.names, true)
    if ('variable' in use) bindings.set(use.variable, { names, name: WHOLE })
  })
}

function use(root: SyntaxNode, bindings: ReadonlyMap<string, Binding>): void {
  walk(root, (node, around) => {
    const name = /^(JSX)?Identifier$/.test(node.type) ? node.name : undefined
    const binding = name === undefined ? undefined : bindings.get(name)
    const parent = around.at(-1)
    const isDeclared = /^VariableDeclarator$|^TSImportEquals/.test(parent?.type ?? '') && parent?.id === node
    if (binding === undefined || isDeclared) return
    if (binding.name !== WHOLE) binding.names.add(binding.name)
    else {
      const taken = useOf(node, around)
      for (const member of 'variable' in taken ? [WHOLE] : taken.names) binding.names.add(member)
    }
  })
}

/** What happens to a module's value: members are read, or a variable gets it. */
function useOf(value: SyntaxNode, around: readonly SyntaxNode[]): { names: string[] } | { variable: string } {
  let node = value
  for (const parent of around.toReversed()) {
    const member = memberOf(parent)
    if (member !== undefined && member.object === node) return { names: [member.name] }
    if (/^(VariableDeclarator|TSImportEqualsDeclaration)$/.test(parent.type))
      return bound(parent.id as SyntaxNode)
    if (!HANDS_ON.has(parent.type) && !isInteroperation(parent)) return { names: [WHOLE] }
    node = parent
  }
  return { names: [WHOLE] }
}

const HANDS_ON = new Set(
  'AwaitExpression ParenthesizedExpression TSAsExpression TSNonNullExpression'.split(' '),
)

function bound(pattern: SyntaxNode): ReturnType<typeof useOf> {
  if (pattern.type === 'Identifier') return { variable: pattern.name }
  if (pattern.type !== 'ObjectPattern') return { names: [WHOLE] }
  return { names: pattern.properties.map(({ key, computed }) => nameOf(key, computed) ?? WHOLE) }
}
