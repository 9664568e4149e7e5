// Modules that ask for each other, directly or through others → whether another import would enter such a cycle elsewhere:
// then its modules are evaluated in another order, and one may find another's exports undefined.

import { at } from '../../../profile/columns.js'

type Graph = readonly (readonly number[])[]

const NO_ENTRIES: ReadonlySet<number> = new Set()

export class Cycles {
  /** By module, the number of its strongly connected component. */
  readonly #component: readonly number[]
  /** By component: how many modules it has, and which of them are asked for from outside of it. */
  readonly #sizes = new Map<number, number>()
  readonly #entries = new Map<number, Set<number>>()
  /** Components that are a cycle with several entries, or lead to one. */
  readonly #tangled = new Set<number>()

  constructor(children: Graph) {
    const order = endingOrder(children)
    this.#component = componentsOf(children, order)
    for (const component of this.#component) this.#sizes.set(component, (this.#sizes.get(component) ?? 0) + 1)
    children.forEach((asked, module) => {
      for (const child of asked) if (!this.#areTogether(child, module)) this.#addEntry(child)
    })
    // What a module leads to has ended before it.
    for (const module of order) {
      const component = at(this.#component, module)
      const leadsToOne = at(children, module).some(child => this.#tangled.has(at(this.#component, child)))
      if (leadsToOne || (this.#isCycle(module) && this.#entriesOf(module).size > 1))
        this.#tangled.add(component)
    }
  }

  /**
   * Whether everything that `member` loads is evaluated in the same order if it is imported without the barrel, by which
   * it is loaded now. A cycle that is entered at one module only is, whoever comes first.
   */
  keepOrder(member: number, barrel: number): boolean {
    if (this.#tangled.has(at(this.#component, member))) return false
    if (!this.#isCycle(member)) return true
    const entries = this.#entriesOf(member)
    return !this.#areTogether(member, barrel) && entries.size + (entries.has(member) ? 0 : 1) < 2
  }

  #areTogether(one: number, other: number): boolean {
    return at(this.#component, one) === at(this.#component, other)
  }

  #isCycle(module: number): boolean {
    return (this.#sizes.get(at(this.#component, module)) ?? 0) > 1
  }

  /** The entries of a module's cycle. */
  #entriesOf(module: number): ReadonlySet<number> {
    return this.#entries.get(at(this.#component, module)) ?? NO_ENTRIES
  }

  #addEntry(module: number): void {
    const component = at(this.#component, module)
    const known = this.#entries.get(component)
    if (known === undefined) this.#entries.set(component, new Set([module]))
    else known.add(module)
  }
}

/** After Kosaraju and Sharir: in the reverse of the order in which walks of the graph end, walks of its transpose. */
function componentsOf(graph: Graph, order: readonly number[]): number[] {
  const transpose: number[][] = graph.map(() => [])
  graph.forEach((children, module) => {
    for (const child of children) at(transpose, child).push(module)
  })
  const component = graph.map(() => -1)
  for (const root of order.toReversed()) {
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
