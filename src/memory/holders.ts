// What keeps sandboxes in memory, in the user's terms: from a module of Node, a timer or a global on to the function that is held, and how
// much is kept with it.

import { at } from '../profile/columns.js'
import { KEPT_GLOBAL, KEPT_KEY } from '../recording/memory-names.js'
import { edgeNamed, type HeapGraph } from './heap-snapshot.js'
import { type HolderStep, PathNames } from './path-names.js'
import { reachable } from './reachable.js'
import { vmModules } from './vm-modules.js'

export interface HeldSandbox {
  /** As `sandboxKey`. */
  readonly key: string
  /** Empty: nothing holds it any more. */
  readonly path: readonly HolderStep[]
  readonly retainedBytes: number
}

/** The sandboxes that a snapshot's marks point to, without those that would go with others. */
export function heldSandboxes(graph: HeapGraph): HeldSandbox[] {
  const marks = marksOf(graph)
  const isMark = new Set(marks.map(({ node }) => node))
  const worlds = worldsOf(graph, marks)
  const names = new PathNames(graph, new Set(worlds.flat()))
  const { paths, isFree } = holdersOf(graph, { worlds, isMark, names })
  const sizes = sizesFrom(graph, marks, isFree, isMark)
  return marks.flatMap(({ key }, index) => {
    // What Jest itself holds for a while hides what is held for good.
    const known = at(paths, index).filter(steps => !isOfResults(steps))
    const path = known.find(steps => !isJests(steps)) ?? known[0]
    if (path === undefined) return []
    return [{ key, path, retainedBytes: at(sizes, index) }]
  })
}

/** In band, Jest keeps the errors of failed tests to the end of the run, and with them their sandboxes. */
function isOfResults(path: readonly HolderStep[]): boolean {
  return path.some(({ name }) => /^(?:testResults|failureDetails|testExecError)$/.test(name))
}

/** Whether what is held is a function of Jest's. */
function isJests(path: readonly HolderStep[]): boolean {
  const { file = null } = path.find(({ isHeld }) => isHeld) ?? path.find(step => step.file !== null) ?? {}
  return file !== null && /[\\/]node_modules[\\/](?:@jest[\\/]|jest-|expect[\\/])/.test(file)
}

interface SandboxMark {
  readonly node: number
  readonly key: string
  /** The sandbox's global object. */
  readonly global: number
}

function marksOf(graph: HeapGraph): SandboxMark[] {
  const { nodes, edges, edgeTypes, strings } = graph
  const [keyName, globalName] = [KEPT_KEY, KEPT_GLOBAL].map(name => strings.find(name))
  const property = edgeTypes.indexOf('property')
  if (keyName === undefined || globalName === undefined) return []
  const marks: SandboxMark[] = []
  for (let node = 0; node < nodes.count; node++) {
    let [key, global]: (number | undefined)[] = []
    for (let edge = at(nodes.firstEdge, node); edge < at(nodes.firstEdge, node + 1); edge++) {
      if (edges.type[edge] !== property) continue
      if (edges.name[edge] === keyName) key = edges.to[edge]
      if (edges.name[edge] === globalName) global = edges.to[edge]
    }
    if (key !== undefined && global !== undefined)
      marks.push({ node, key: strings.at(at(nodes.name, key)), global })
  }
  return marks
}

interface HoldersInput {
  /** As `worldsOf`. */
  readonly worlds: readonly (readonly number[])[]
  readonly isMark: ReadonlySet<number>
  readonly names: PathNames
}

/** A sandbox may be held in several ways. */
const MOST_HOLDERS = 5

/** The ways in which each sandbox is held, and whether a node would be freed without them. */
function holdersOf(graph: HeapGraph, { worlds, isMark, names }: HoldersInput) {
  // At first not through other sandboxes that are held: each is to be named by what holds itself.
  const closed = new Set([...isMark, ...worlds.flat(), ...vmModules(graph)])
  const paths = worlds.map((): HolderStep[][] => [])
  const options = { closed: (node: number) => closed.has(node), withShapes: false }
  let reached = reachable(graph, options)
  const open = () =>
    worlds.flatMap((world, index) => {
      const entrance = world.find(node => reached.has(node))
      return entrance === undefined ? [] : [{ index, entrance }]
    })
  for (let round = 0; round < MOST_HOLDERS && open().length > 0; round++) {
    for (const { index, entrance } of open()) {
      const path = reached.pathTo(entrance)
      at(paths, index).push(names.stepsOf(path))
      const entry = names.entryOf(path)
      if (entry !== undefined) closed.add(entry)
    }
    reached = reachable(graph, options)
  }
  reached = reachable(graph, { ...options, withShapes: true })
  const isFree = (node: number) => !reached.has(node) || closed.has(node)
  return { paths, isFree }
}

/** Of each sandbox, its global object and V8's context, through which all that belongs to it can be reached. */
function worldsOf({ nodes, strings, ...graph }: HeapGraph, marks: readonly SandboxMark[]): number[][] {
  const contexts = new Map<number, number>()
  const name = strings.find('system / NativeContext')
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.name[node] !== name) continue
    const global = edgeNamed({ nodes, strings, ...graph }, node, 'global_proxy_object')
    if (global !== undefined) contexts.set(global, node)
  }
  return marks.map(({ global }) => [global, ...[contexts.get(global) ?? []].flat()])
}

/** What is nearest to each sandbox, of what would be freed. */
function sizesFrom(
  { nodes, edges, edgeTypes }: HeapGraph,
  marks: readonly SandboxMark[],
  isFree: (node: number) => boolean,
  isMark: ReadonlySet<number>,
): number[] {
  const weak = edgeTypes.indexOf('weak')
  const owner = new Int32Array(nodes.count).fill(-1)
  const sizes = marks.map(() => 0)
  let queue = marks.map(({ global }) => global)
  for (const [index, { global }] of marks.entries()) owner[global] = index
  while (queue.length > 0) {
    const next: number[] = []
    for (const node of queue) {
      const own = at(owner, node)
      sizes[own] = at(sizes, own) + at(nodes.size, node)
      for (let edge = at(nodes.firstEdge, node); edge < at(nodes.firstEdge, node + 1); edge++) {
        const to = at(edges.to, edge)
        if (owner[to] !== -1 || edges.type[edge] === weak || isMark.has(to) || !isFree(to)) continue
        owner[to] = own
        next.push(to)
      }
    }
    queue = next
  }
  return sizes
}
