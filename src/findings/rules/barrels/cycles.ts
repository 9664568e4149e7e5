// Modules that ask for each other, directly or through others → whether another import would enter such a cycle elsewhere:
// then its modules are evaluated in another order, and one may find another's exports undefined.

import { at } from '../../../profile/columns.js'

type Graph = readonly (readonly number[])[]

/** Strongly connected: a cycle, or a single module. */
interface Component {
  readonly modules: readonly number[]
  /** Those that are asked for from outside of it. */
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
    children.forEach((asked, module) => {
      for (const child of asked)
        if (componentOf[child] !== componentOf[module]) at(componentOf, child).entries.add(child)
    })
    for (const component of components) {
      const { modules, entries } = component
      const asked = modules.flatMap(module => at(children, module))
      const isEnteredTwice = modules.length > 1 && entries.size > 1
      component.isTangled = isEnteredTwice || asked.some(child => at(componentOf, child).isTangled)
    }
    this.#components = componentOf
  }

  /**
   * Whether everything that `member` loads is evaluated in the same order if it is imported without the barrel, by which
   * it is loaded now. A cycle that is entered at one module only is, whoever comes first.
   */
  keepOrder(member: number, barrel: number): boolean {
    const component = at(this.#components, member)
    const { modules, entries, isTangled } = component
    if (isTangled || modules.length === 1) return !isTangled
    return component !== at(this.#components, barrel) && new Set([...entries, member]).size === 1
  }
}

/** After Kosaraju and Sharir; what a component leads to comes before it. */
function componentsOf(graph: Graph): Component[] {
  const transpose: number[][] = graph.map(() => [])
  graph.forEach((children, module) => {
    for (const child of children) at(transpose, child).push(module)
  })
  const begun = new Set<number>()
  const order = graph.flatMap((_, root) => walkFrom(root, graph, begun))
  const begunBack = new Set<number>()
  return order
    .toReversed()
    .map(root => walkFrom(root, transpose, begunBack))
    .filter(modules => modules.length > 0)
    .map(modules => ({ modules, entries: new Set<number>(), isTangled: false }))
    .toReversed()
}

/** The modules that are not begun yet, as a walk ends with them. Without recursion: chains of imports are long. */
function walkFrom(root: number, graph: Graph, begun: Set<number>): number[] {
  if (begun.has(root)) return []
  const ended: number[] = []
  const open = [{ module: root, next: 0 }]
  begun.add(root)
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const child = at(graph, current.module)[current.next++]
    if (child === undefined) {
      ended.push(current.module)
      open.pop()
    } else if (!begun.has(child)) {
      begun.add(child)
      open.push({ module: child, next: 0 })
    }
  }
  return ended
}
