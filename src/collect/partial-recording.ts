// What is recorded of a test file so far, while it goes on: for a run that is interrupted. V8's profile is ended and another one begun.

import { Interner } from '../profile/columns.js'
import type { CallTreeColumns } from './call-tree-columns.js'
import { monotonicMicros } from './clock.js'
import type { FileLog } from './file-log.js'
import type { ProfileSamples, StoppedRecording } from './recorder.js'
import type { ThreadStates } from './states/thread-states.js'

/** `start`: of the recording. Undefined where beginning another profile would be expensive. */
export function takeSoFar(
  samples: ProfileSamples | ThreadStates,
  log: FileLog,
  start: number,
): StoppedRecording | undefined {
  const profile = 'session' in samples ? samples : undefined
  if (profile?.session.isOverlapping === false) return undefined
  log.readBoundary()
  const now = monotonicMicros()
  const taken = 'soFar' in samples ? samples.soFar(start, now) : samples.end(start, now)
  if (profile !== undefined) {
    profile.addTo = ({ columns, samplerMicros }) => ({
      columns: joinColumns(taken.columns, columns),
      samplerMicros: samplerMicros && samplerMicros + (taken.samplerMicros ?? 0),
    })
    profile.open = profile.session.begin()
  }
  // Writing adds to the scripts.
  const columns = { ...taken.columns, urls: [...taken.columns.urls] }
  return { ...taken, columns, wallMicros: now - start, allocations: undefined }
}

/** Two profiles of one recording, one after the other → one. Each keeps its own tree of calls. */
export function joinColumns(before: CallTreeColumns, after: CallTreeColumns): CallTreeColumns {
  const scripts = new Interner([...before.urls])
  const scriptOf = after.urls.map(url => scripts.add(url))
  const functionOf = (index: number) => index + before.functions.name.length
  const nodeOf = (node: number) => (node < 0 ? node : node + before.nodes.caller.length)
  const { functions, nodes, ticks, samples } = after
  return {
    urls: scripts.all,
    functions: {
      name: [...before.functions.name, ...functions.name],
      script: [...before.functions.script, ...functions.script.map(script => scriptOf[script] ?? 0)],
      line: [...before.functions.line, ...functions.line],
      column: [...before.functions.column, ...functions.column],
    },
    nodes: {
      function: [...before.nodes.function, ...nodes.function.map(functionOf)],
      caller: [...before.nodes.caller, ...nodes.caller.map(nodeOf)],
    },
    ticks: {
      node: [...before.ticks.node, ...ticks.node.map(nodeOf)],
      line: [...before.ticks.line, ...ticks.line],
      count: [...before.ticks.count, ...ticks.count],
    },
    samples: {
      node: [...before.samples.node, ...samples.node.map(nodeOf)],
      time: [...before.samples.time, ...samples.time],
    },
  }
}
