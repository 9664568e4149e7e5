// V8's profile, an object with a whole URL per node → columns of a Recording. Runs after every test file, over thousands of nodes.

import { fileURLToPath } from 'node:url'
import { once } from '../profile/columns.js'
import type { Recording } from '../recording/recording.js'
import type { V8Profile, V8ProfileNode } from './engines/engine.js'

export type CallTreeColumns = Pick<Recording, 'functions' | 'nodes' | 'ticks' | 'samples'> & {
  urls: string[]
}

/** Returns the samples between two times of V8's clock, in microseconds since `from`. V8's samples may be out of order and are sorted. */
export function toColumns(profile: V8Profile, from: number, to: number): CallTreeColumns {
  const tree = new CallTreeBuilder()
  const indexById = new Map<number, number>()
  const nodeById = new Map<number, V8ProfileNode>()
  for (const node of profile.nodes) nodeById.set(node.id, node)
  const [root] = profile.nodes
  const pending: V8ProfileNode[] = root === undefined ? [] : [root]
  const callers: number[] = [-1]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const index = tree.add(node, callers.pop() ?? -1)
    indexById.set(node.id, index)
    for (const id of node.children ?? []) {
      const child = nodeById.get(id)
      if (child === undefined) continue
      pending.push(child)
      callers.push(index)
    }
  }
  const { urls, functions, nodes, ticks } = tree
  return { urls, functions, nodes, ticks, samples: samplesBetween(profile, indexById, from, to) }
}

/** A tree of calls that has its callees in it, as V8's samples of allocations have. */
export interface NestedNode extends Pick<V8ProfileNode, 'id' | 'callFrame'> {
  readonly children: readonly NestedNode[]
}

/** Adds a second tree beside the first, with the same functions and scripts. Returns the positions of its nodes by their ids. */
export function addNestedNodes(head: NestedNode, columns: CallTreeColumns): Map<number, number> {
  const tree = new CallTreeBuilder(columns)
  const indexById = new Map<number, number>()
  const pending: { node: NestedNode; caller: number }[] = [{ node: head, caller: -1 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { id, callFrame, children } = next.node
    const index = tree.add({ id, callFrame }, next.caller)
    indexById.set(id, index)
    for (const node of children) pending.push({ node, caller: index })
  }
  return indexById
}

function samplesBetween(
  profile: V8Profile,
  indexById: ReadonlyMap<number, number>,
  from: number,
  to: number,
): Recording['samples'] {
  const columns: Recording['samples'] = { node: [], time: [] }
  let time = profile.startTime - from
  let ordered = true
  profile.samples.forEach((id, position) => {
    const delta = profile.timeDeltas[position] ?? 0
    const node = indexById.get(id)
    if (delta < 0) ordered = false
    time += delta
    if (node === undefined || time < 0 || time > to - from) return
    columns.node.push(node)
    columns.time.push(Math.round(time))
  })
  return ordered ? columns : sorted(columns)
}

function sorted({ node, time }: Recording['samples']): Recording['samples'] {
  const samples = node.map((index, sample) => ({ index, time: time[sample] ?? 0 }))
  samples.sort((a, b) => a.time - b.time)
  return { node: samples.map(({ index }) => index), time: samples.map(({ time }) => time) }
}

interface KnownScript {
  index: number
  /** The last function seen at each position: building a string key for each node would be expensive. */
  latest: Map<number, number>
  /** Functions by position and name: built-ins, for example, all have the same unknown position. */
  all: Map<string, number>
}

/** Columns are below this, so that line and column fit in one number. */
const COLUMN_SPAN = 2 ** 26

function noColumns(): Omit<CallTreeColumns, 'samples'> {
  return {
    urls: [],
    functions: { name: [], script: [], line: [], column: [] },
    nodes: { function: [], caller: [] },
    ticks: { node: [], line: [], count: [] },
  }
}

function positionOf(line: number, column: number): number {
  return line * COLUMN_SPAN + column
}

class CallTreeBuilder {
  readonly urls: string[]
  readonly functions: Recording['functions']
  readonly nodes: Recording['nodes']
  readonly ticks: Recording['ticks']
  readonly #scripts = new Map<string, KnownScript>()
  readonly #scriptOf = once((url: string): KnownScript => this.#script(toPath(url)))

  /** Adds to columns. */
  constructor({ urls, functions, nodes, ticks }: Omit<CallTreeColumns, 'samples'> = noColumns()) {
    this.urls = urls
    this.functions = functions
    this.nodes = nodes
    this.ticks = ticks
    urls.forEach((path, index) => {
      this.#scripts.set(path, { index, latest: new Map(), all: new Map() })
    })
    const scripts = urls.map(path => this.#script(path))
    functions.name.forEach((name, index) => {
      const script = scripts[functions.script[index] ?? -1]
      const position = positionOf(functions.line[index] ?? -1, functions.column[index] ?? -1)
      script?.all.set(`${position} ${name}`, index)
    })
  }

  #script(path: string): KnownScript {
    const known = this.#scripts.get(path)
    if (known !== undefined) return known
    const script = { index: this.urls.push(path) - 1, latest: new Map(), all: new Map() }
    this.#scripts.set(path, script)
    return script
  }

  add({ callFrame, positionTicks }: V8ProfileNode, caller: number): number {
    const index = this.nodes.caller.length
    this.nodes.caller.push(caller)
    this.nodes.function.push(this.#function(callFrame))
    for (const { line, ticks } of positionTicks ?? []) {
      if (line < 1) continue
      this.ticks.node.push(index)
      this.ticks.line.push(line)
      this.ticks.count.push(ticks)
    }
    return index
  }

  #function({ functionName, url, lineNumber, columnNumber }: V8ProfileNode['callFrame']): number {
    const script = this.#scriptOf(url)
    const position = positionOf(lineNumber, columnNumber)
    const known = script.latest.get(position)
    if (known !== undefined && this.functions.name[known] === functionName) return known
    const key = `${position} ${functionName}`
    const named = script.all.get(key)
    if (named !== undefined) {
      script.latest.set(position, named)
      return named
    }
    const { name, script: scripts, line, column } = this.functions
    const index = name.length
    name.push(functionName)
    scripts.push(script.index)
    line.push(lineNumber)
    column.push(columnNumber)
    script.all.set(key, index)
    script.latest.set(position, index)
    return index
  }
}

// The inspector has `file:` URLs, the addon plain paths for the same scripts.
function toPath(url: string): string {
  if (!url.startsWith('file:')) return url
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
