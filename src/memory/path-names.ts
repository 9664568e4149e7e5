// A path through a heap in the user's terms: modules of Node, timers, properties and functions, without what is V8's own.

import { fileURLToPath } from 'node:url'
import { at, getOrMake } from '../profile/columns.js'
import { edgeNamed, type HeapGraph } from './heap-snapshot.js'
import { ObjectContents } from './object-contents.js'
import { PathStarts } from './path-starts.js'

/** A step from what holds a sandbox to what is held: a name, and where a function begins in the code that ran, 1-based. */
export interface HolderStep {
  readonly name: string
  readonly file: string | null
  readonly line: number
  readonly column: number
  /** Whether it is a function of a sandbox that is held. */
  readonly isHeld: boolean
}

/** Names that say nothing to a user. */
const UNSAID =
  /^(?:__proto__|(?:get )?constructor|prototype|mainModule|_events|_subscribers|#.*|exports|this|map|table|_idleNext|_idlePrev|_onTimeout|\d+|.*[\\/].*)$/
const UNSAID_OBJECTS = new Set(['Timeout', 'Immediate', 'TimersList'])
/** What a module that was loaded outside of sandboxes exports. */
const MODULE = 'module.exports'
/** Names of classes in the graph; `Object` and names of one object, as `process`, say nothing. */
const CLASS = /^(?!Object$)[A-Z][A-Za-z]+$/
const MOST_STEPS = 6
const MOST_SCOPES = 100

export class PathNames {
  readonly #graph: HeapGraph
  readonly #starts: PathStarts
  /** Of sandboxes that are held: their globals and contexts. */
  readonly #held: ReadonlySet<number>
  readonly #contents: ObjectContents
  readonly #urls = new Map<number, string>()

  constructor(graph: HeapGraph, held: ReadonlySet<number>) {
    this.#graph = graph
    this.#held = held
    this.#contents = new ObjectContents(graph, held)
    this.#starts = new PathStarts(graph)
  }

  /** The first function of a sandbox on a path, or an object of it: from there on, all is held by it. */
  entryOf(path: readonly number[]): number | undefined {
    const nodes = path.map(edge => at(this.#graph.edges.to, edge))
    return (
      nodes.find(node => this.#heldFunctionAt(node) !== undefined) ??
      this.#contents.madeThere(path) ??
      nodes.at(-2)
    )
  }

  stepsOf(path: readonly number[]): HolderStep[] {
    const steps = this.#stepsAlong(path)
    // What comes after the last function of a sandbox is within that sandbox.
    if (steps.some(({ isHeld }) => isHeld))
      return shortened(steps.slice(0, steps.findLastIndex(({ file }) => file !== null) + 1))
    const held = this.#contents.madeThere(path)
    if (held === undefined) return shortened(steps)
    const outside = path.slice(0, path.findIndex(edge => this.#graph.edges.to[edge] === held) + 1)
    const within = this.#contents.nearest(held, node => this.#heldFunctionAt(node))
    return shortened([...this.#stepsAlong(outside), ...[within ?? []].flat()])
  }

  #stepsAlong(path: readonly number[]): HolderStep[] {
    const { nodes, edges, nodeTypes, edgeTypes, strings } = this.#graph
    let steps: HolderStep[] = []
    const add = (name: string) => {
      if (steps.at(-1)?.name !== name) steps.push({ name, file: null, line: 0, column: 0, isHeld: false })
    }
    for (const [index, edge] of path.entries()) {
      const node = at(edges.to, edge)
      const from = edges.to[path[index - 1] ?? Number.NaN]
      const name = strings.at(at(nodes.name, node))
      const type = edgeTypes[at(edges.type, edge)]
      const start = this.#starts.nameOf(node)
      if (start !== undefined && !steps.some(({ file }) => file !== null)) {
        steps = []
        add(start)
        continue
      }
      if (type === 'property' || type === 'context') {
        const label = strings.at(at(edges.name, edge))
        const file = label === 'exports' ? this.#fileOfModule(from) : undefined
        // What every object of a class inherits is the class's, whichever object the path begins with.
        if (label === '__proto__' && steps.length === 1 && CLASS.test(name)) {
          steps = []
          add(`${name}.prototype`)
        } else if (file !== undefined) steps = [{ name: MODULE, file, line: 1, column: 1, isHeld: false }]
        else if (!UNSAID.test(label) && !UNSAID_OBJECTS.has(name) && steps.length > 0) add(label)
      }
      const found = this.#functionAt(node)
      if (found === undefined) continue
      // A function that a module exports says more than the module, and than how Node knows the module.
      if (steps.at(-1)?.name === MODULE || (!found.isHeld && steps[0]?.name === 'node:module')) steps = []
      // A function that is held by its own name is said once.
      if (steps.length > 1 && steps.at(-1)?.file === null && steps.at(-1)?.name === found.name) steps.pop()
      steps.push(found)
      if (nodeTypes[at(nodes.type, node)] === 'closure' && steps.length >= MOST_STEPS) break
    }
    return steps
  }

  /** Of Node's record of a CommonJS module, as its cache and other modules have it. */
  #fileOfModule(node: number | undefined): string | undefined {
    const { nodes, nodeTypes, strings } = this.#graph
    if (node === undefined || strings.at(at(nodes.name, node)) !== 'Module') return undefined
    const file = edgeNamed(this.#graph, node, 'filename')
    if (file === undefined || nodeTypes[at(nodes.type, file)] !== 'string') return undefined
    return strings.at(at(nodes.name, file))
  }

  /** Undefined for what is no function, and for Node's own. */
  #functionAt(node: number): HolderStep | undefined {
    const { nodes, places, nodeTypes, strings } = this.#graph
    const place = places.get(node)
    if (place === undefined || nodeTypes[at(nodes.type, node)] !== 'closure') return undefined
    const [script, line, column] = place
    const file = getOrMake(this.#urls, script, () => this.#urlOf(node))
    if (file === '' || file.startsWith('node:')) return undefined
    const name = strings.at(at(nodes.name, node))
    return {
      name: name === '' ? '(anonymous)' : name,
      file,
      line: line + 1,
      column: column + 1,
      isHeld: this.#isHeld(node),
    }
  }

  #heldFunctionAt(node: number): HolderStep | undefined {
    const found = this.#functionAt(node)
    return found?.isHeld === true ? found : undefined
  }

  /** Whether a function was made in a sandbox that is held: its scopes end in V8's context of its world. */
  #isHeld(node: number): boolean {
    let context = edgeNamed(this.#graph, node, 'context')
    for (let depth = 0; context !== undefined && depth < MOST_SCOPES; depth++) {
      if (this.#held.has(context)) return true
      context = edgeNamed(this.#graph, context, 'previous')
    }
    return false
  }

  #urlOf(node: number): string {
    const { nodes, strings } = this.#graph
    const shared = edgeNamed(this.#graph, node, 'shared')
    const script =
      shared &&
      (edgeNamed(this.#graph, shared, 'script_or_debug_info') ?? edgeNamed(this.#graph, shared, 'script'))
    const url = script === undefined ? '' : strings.at(at(nodes.name, script))
    // ES modules that were loaded outside of sandboxes, as those of an environment.
    return url.startsWith('file:///') ? fileURLToPath(url) : url
  }
}

/** Where a path begins, and what it ends with, say most. */
function shortened(steps: readonly HolderStep[]): HolderStep[] {
  return steps.length <= MOST_STEPS ? [...steps] : [...steps.slice(0, 1), ...steps.slice(1 - MOST_STEPS)]
}
