// Reads a `.cpuprofile` by the definition of the Chrome DevTools Protocol alone, and throws on violations.
// https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile

import type { V8Profile, V8ProfileNode } from '../../src/collect/engines/engine.js'

interface ReadSample {
  /** Names from the outermost to the innermost frame, without the root. */
  stack: string
  /** `url:line:column` of the innermost frame, 0-based as in the file. */
  where: string
  length: number
}

export interface ReadProfile {
  profile: V8Profile
  samples: ReadSample[]
}

type CountedNode = V8ProfileNode & { hitCount: number }

export function readCpuProfile(text: string): ReadProfile {
  const profile = JSON.parse(text) as V8Profile & { nodes: CountedNode[] }
  const nodes = new Map(profile.nodes.map(node => [node.id, node]))
  if (nodes.size !== profile.nodes.length) throw new Error('two nodes have one id')
  const parentOf = new Map<number, number>()
  for (const { id, children = [] } of profile.nodes) {
    for (const child of children) {
      if (!nodes.has(child)) throw new Error(`node ${id} has a child ${child} that is none`)
      if (parentOf.has(child)) throw new Error(`node ${child} has two parents`)
      parentOf.set(child, id)
    }
  }
  const roots = profile.nodes.filter(({ id }) => !parentOf.has(id))
  if (roots.length !== 1 || roots[0] !== profile.nodes[0])
    throw new Error('the first node is not the only root')
  checkHits(profile)
  return { profile, samples: samplesOf(profile, nodes, parentOf) }
}

function checkHits({ nodes, samples }: { nodes: CountedNode[]; samples: number[] }): void {
  const hits = nodes.reduce((sum, { hitCount }) => sum + hitCount, 0)
  if (hits !== samples.length) throw new Error(`${samples.length} samples, but ${hits} hits`)
}

function samplesOf(
  { samples, timeDeltas, startTime, endTime }: V8Profile,
  nodes: ReadonlyMap<number, V8ProfileNode>,
  parentOf: ReadonlyMap<number, number>,
): ReadSample[] {
  if (samples.length !== timeDeltas.length) throw new Error('samples and timeDeltas differ in length')
  if (timeDeltas.some(delta => delta < 0)) throw new Error('time runs backwards')
  let time = startTime
  const times = timeDeltas.map(delta => {
    time += delta
    return time
  })
  return samples.map((id, position) => {
    const node = nodes.get(id)
    if (node === undefined) throw new Error(`a sample is of node ${id}, which is none`)
    const { url, lineNumber, columnNumber } = node.callFrame
    const names: string[] = []
    for (let at: number | undefined = id; at !== undefined; at = parentOf.get(at)) {
      names.unshift(nodes.get(at)?.callFrame.functionName ?? '')
    }
    const length = (times[position + 1] ?? endTime) - (times[position] ?? 0)
    return { stack: names.slice(1).join(' > '), where: `${url}:${lineNumber}:${columnNumber}`, length }
  })
}
