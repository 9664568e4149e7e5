// Import cycles → whether a new import would enter a cycle at another module: then the order of evaluation changes, and
// a module may find the exports of another one undefined.

import { at } from '../../../profile/columns.js'

type Graph = readonly (readonly number[])[]

/** A strongly connected component: a cycle, or a single module. */
interface Component {
  readonly modules: readonly number[]
  /** Its modules that others import. */
  readonly entries: Set<number>
  /** Whether it is a cycle with several entries, or leads to one. */
  isTangled: boolean
}

export class Cycles {
  /** By module. */
  readonly #components: readonly Component[]

  constructor(children: Graph) {
    const components = componentsOf(children)
    const componentOf: Component[] = []
    for (const component of components)
      for (const module of component.modules) componentOf[module] = component
    children.forEach((imports, module) => {
      for (const child of imports)
        if (componentOf[child] !== componentOf[module]) at(componentOf, child).entries.add(child)
    })
    for (const component of components) {
      const { modules, entries } = component
      const imports = modules.flatMap(module => at(children, module))
      const hasEntries = modules.length > 1 && entries.size > 1
      component.isTangled = hasEntries || imports.some(child => at(componentOf, child).isTangled)
    }
    this.#components = componentOf
  }

  /**
   * Whether everything that `member` loads is evaluated in the same order if it is imported directly instead of through
   * the barrel. This holds for a cycle with a single entry.
   */
  keepOrder(member: number, barrel: number): boolean {
    const component = at(this.#components, member)
    const { modules, entries, isTangled } = component
    if (isTangled || modules.length === 1) return !isTangled
    return component !== at(this.#components, barrel) && new Set([...entries, member]).size === 1
  }
}

/** By the algorithm of Kosaraju and Sharir. Components come after those that they lead to. */
function componentsOf(graph: Graph): Component[] {
  const transpose: number[][] = graph.map(() => [])
  graph.forEach((children, module) => {
    for (const child of children) at(transpose, child).push(module)
  })
  const visited = new Set<number>()
  const order = graph.flatMap((_, root) => walkFrom(root, graph, visited))
  const visitedBack = new Set<number>()
  return order
    .toReversed()
    .map(root => walkFrom(root, transpose, visitedBack))
    .filter(modules => modules.length > 0)
    .map(modules => ({ modules, entries: new Set<number>(), isTangled: false }))
    .toReversed()
}

/** The modules not visited yet, in post-order. Not recursive: import chains may be longer than the call stack. */
function walkFrom(root: number, graph: Graph, visited: Set<number>): number[] {
  if (visited.has(root)) return []
  const ended: number[] = []
  const open = [{ module: root, next: 0 }]
  visited.add(root)
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const child = at(graph, current.module)[current.next++]
    if (child === undefined) {
      ended.push(current.module)
      open.pop()
    } else if (!visited.has(child)) {
      visited.add(child)
      open.push({ module: child, next: 0 })
    }
  }
  return ended
}
