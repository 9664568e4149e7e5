// Modules that ask for each other, directly or through others → whether another import would enter such a cycle elsewhere:
// then its modules are evaluated in another order, and one may find another's exports undefined.

import { at } from '../../../profile/columns.js'

type Graph = readonly (readonly number[])[]

export class Cycles {
  readonly #children: Graph
  /** By module, the number of its strongly connected component. */
  readonly #component: readonly number[]
  /** By component, how many modules it has, and which of them are asked for from outside of it. */
  readonly #sizes = new Map<number, number>()
  readonly #entries = new Map<number, Set<number>>()

  constructor(children: Graph) {
    this.#children = children
    this.#component = componentsOf(children)
    for (const component of this.#component) this.#sizes.set(component, (this.#sizes.get(component) ?? 0) + 1)
    children.forEach((asked, module) => {
      for (const child of asked)
        if (at(this.#component, child) !== at(this.#component, module)) this.#addEntry(child)
    })
  }

  /** Whether everything that `member` loads is evaluated in the same order if it is imported without the barrel. */
  keepOrder(member: number, barrel: number): boolean {
    return reachedFrom(member, this.#children).every(module => {
      const component = at(this.#component, module)
      if ((this.#sizes.get(component) ?? 0) < 2) return true
      if (component === at(this.#component, barrel)) return false
      // It is entered at one module only, whoever comes first.
      const entries = new Set(this.#entries.get(component))
      if (component === at(this.#component, member)) entries.add(member)
      return entries.size < 2
    })
  }

  #addEntry(module: number): void {
    const component = at(this.#component, module)
    const known = this.#entries.get(component)
    if (known === undefined) this.#entries.set(component, new Set([module]))
    else known.add(module)
  }
}

function reachedFrom(module: number, graph: Graph): number[] {
  const reached = new Set([module])
  for (const next of reached) for (const child of at(graph, next)) reached.add(child)
  return [...reached]
}

/** After Kosaraju and Sharir: in the reverse of the order in which walks of the graph end, walks of its transpose. */
function componentsOf(graph: Graph): number[] {
  const transpose: number[][] = graph.map(() => [])
  graph.forEach((children, module) => {
    for (const child of children) at(transpose, child).push(module)
  })
  const component = graph.map(() => -1)
  for (const root of endingOrder(graph).toReversed()) {
    if (at(component, root) >= 0) continue
    const open = [root]
    component[root] = root
    for (let module = open.pop(); module !== undefined; module = open.pop())
      for (const asking of at(transpose, module))
        if (at(component, asking) < 0) {
          component[asking] = root
          open.push(asking)
        }
  }
  return component
}

/** Modules in the order in which walks of what they ask for end. Without recursion: chains of imports are long. */
function endingOrder(graph: Graph): number[] {
  const isBegun = graph.map(() => false)
  const order: number[] = []
  graph.forEach((_, root) => {
    if (isBegun[root] === true) return
    const open = [{ module: root, next: 0 }]
    isBegun[root] = true
    for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
      const child = at(graph, current.module)[current.next++]
      if (child === undefined) {
        order.push(current.module)
        open.pop()
      } else if (isBegun[child] !== true) {
        isBegun[child] = true
        open.push({ module: child, next: 0 })
      }
    }
  })
  return order
}
