// V8's profile, an object per node and whole URLs in each, as the lean columns of a Recording.

import { fileURLToPath } from 'node:url'
import type { V8Profile, V8ProfileNode } from './engines/engine.js'
import type { Recording } from './recording.js'

export type CallTreeColumns = Pick<Recording, 'functions' | 'nodes' | 'ticks' | 'samples'> & {
  urls: string[]
}

/**
 * Samples from `from` to `to` (microseconds on V8's clock) with times since `from`. V8 may hand out samples that are
 * slightly out of order; they are sorted.
 */
export function toColumns(profile: V8Profile, from: number, to: number): CallTreeColumns {
  const tree = new CallTree()
  const indexById = new Map<number, number>()
  const nodeById = new Map(profile.nodes.map(node => [node.id, node]))
  const root = profile.nodes[0]
  const pending: [node: V8ProfileNode, caller: number][] = root === undefined ? [] : [[root, -1]]
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const [node, caller] = entry
    const index = tree.add(node, caller)
    indexById.set(node.id, index)
    for (const id of node.children ?? []) {
      const child = nodeById.get(id)
      if (child !== undefined) pending.push([child, index])
    }
  }
  const { urls, functions, nodes, ticks } = tree
  return { urls, functions, nodes, ticks, samples: samplesBetween(profile, indexById, from, to) }
}

function samplesBetween(profile: V8Profile, indexById: Map<number, number>, from: number, to: number) {
  const samples: { node: number; time: number }[] = []
  let time = profile.startTime - from
  let ordered = true
  profile.samples.forEach((id, position) => {
    const delta = profile.timeDeltas[position] ?? 0
    const node = indexById.get(id)
    if (delta < 0) ordered = false
    time += delta
    if (node !== undefined && time >= 0 && time <= to - from) samples.push({ node, time })
  })
  if (!ordered) samples.sort((a, b) => a.time - b.time)
  return { node: samples.map(({ node }) => node), time: samples.map(({ time: at }) => Math.round(at)) }
}

class CallTree {
  readonly urls: string[] = []
  readonly functions: Recording['functions'] = { name: [], script: [], line: [], column: [] }
  readonly nodes: Recording['nodes'] = { function: [], caller: [] }
  readonly ticks: Recording['ticks'] = { node: [], line: [], count: [] }
  readonly #scriptByUrl = new Map<string, number>()
  readonly #functionByKey = new Map<string, number>()

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
    const script = this.#script(url)
    const key = `${script} ${lineNumber} ${columnNumber} ${functionName}`
    const known = this.#functionByKey.get(key)
    if (known !== undefined) return known
    const { name, script: scripts, line, column } = this.functions
    const index = name.length
    name.push(functionName)
    scripts.push(script)
    line.push(lineNumber)
    column.push(columnNumber)
    this.#functionByKey.set(key, index)
    return index
  }

  #script(url: string): number {
    const known = this.#scriptByUrl.get(url)
    if (known !== undefined) return known
    const index = this.urls.length
    this.urls.push(toPath(url))
    this.#scriptByUrl.set(url, index)
    return index
  }
}

// The inspector gives `file:` URLs, the addon plain paths for the same scripts.
function toPath(url: string): string {
  if (!url.startsWith('file:')) return url
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
