// The engine of the npm package v8-profiler-next, a native addon on V8's CpuProfiler. Its positions are 1-based.

import { createRequire } from 'node:module'
import type { Engine, V8Profile, V8ProfileNode } from './engine.js'

interface AddonNode extends V8ProfileNode {
  callFrame: V8ProfileNode['callFrame'] & { lineTicks?: { line: number; hitCount: number }[] }
}

interface Addon {
  setGenerateType(type: 0 | 1): void
  setSamplingInterval(micros: number): void
  startProfiling(title: string, recordSamples: boolean): void
  stopProfiling(title: string): Omit<V8Profile, 'nodes'> & { nodes: AddonNode[]; delete(): void }
}

/** `modulePath`: the addon's resolved path. Throws when the addon cannot be loaded. */
export function createV8ProfilerNextEngine(modulePath: string, intervalMicros: number): Engine {
  const addon: Addon = createRequire(import.meta.url)(modulePath)
  addon.setGenerateType(1)
  addon.setSamplingInterval(intervalMicros)
  return {
    overlapping: true,
    start: title => addon.startProfiling(title, true),
    stop: title => {
      const profile = addon.stopProfiling(title)
      const { startTime, endTime, samples, timeDeltas } = profile
      const nodes = profile.nodes.map(withInspectorPositions)
      profile.delete()
      return { nodes, startTime, endTime, samples, timeDeltas }
    },
    discard: title => addon.stopProfiling(title).delete(),
    close: () => {},
  }
}

function withInspectorPositions({ id, callFrame, children, positionTicks }: AddonNode): V8ProfileNode {
  const { functionName, url, lineNumber, columnNumber, lineTicks = [] } = callFrame
  return {
    id,
    callFrame: { functionName, url, lineNumber: lineNumber - 1, columnNumber: columnNumber - 1 },
    children: children ?? [],
    positionTicks: positionTicks ?? lineTicks.map(({ line, hitCount }) => ({ line, ticks: hitCount })),
  }
}
