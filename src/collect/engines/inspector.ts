// The default engine: node:inspector, built into Node. Console profiles of one session share V8's sampler, those of two sessions do
// not: https://github.com/nodejs/node/blob/v24.0.0/deps/v8/src/inspector/v8-profiler-agent-impl.cc

import { createRequire } from 'node:module'
import type { Engine, V8Profile } from './engine.js'

type Inspector = typeof import('node:inspector')

/** Throws Node's error if Node was built without an inspector. */
export function createInspectorEngine(intervalMicros: number): Engine {
  const inspector: Inspector = createRequire(import.meta.url)('node:inspector')
  const session = new inspector.Session()
  const finished = new Map<string, V8Profile>()
  session.connect()
  session.on('Profiler.consoleProfileFinished', ({ params }) => {
    if (params.title !== undefined) finished.set(params.title, params.profile as V8Profile)
  })
  const post = poster(session)
  post('Profiler.enable')
  post('Profiler.setSamplingInterval', { interval: intervalMicros })

  const close = () => session.disconnect()
  if (anotherConnectionPrintsProfiles()) {
    const stop = () => (post('Profiler.stop') as { profile: V8Profile }).profile
    return {
      overlapping: false,
      start: () => post('Profiler.start'),
      stop,
      discard: stop,
      close,
    }
  }
  const stop = (title: string): V8Profile => {
    inspector.console.profileEnd(title)
    const profile = finished.get(title)
    finished.delete(title)
    if (profile === undefined) throw new Error(`V8 returned no profile for "${title}"`)
    return profile
  }
  return {
    overlapping: true,
    start: title => inspector.console.profile(title),
    stop,
    discard: title => {
      inspector.console.profileEnd(title)
      finished.delete(title)
    },
    close,
  }
}

// A session of the same thread answers before `post` returns.
function poster(session: import('node:inspector').Session) {
  return (method: string, params: object = {}): unknown => {
    let failure: Error | null = null
    let answer: unknown
    session.post(method, params, (error, result) => {
      failure = error
      answer = result
    })
    if (failure !== null) throw new Error(`${method}: ${(failure as Error).message}`)
    return answer
  }
}

/**
 * With --cpu-prof and NODE_V8_COVERAGE, Node has its own inspector connection, which prints every console profile to stderr:
 * https://github.com/nodejs/node/blob/v24.0.0/src/inspector_profiler.cc
 */
function anotherConnectionPrintsProfiles(): boolean {
  return Boolean(process.env.NODE_V8_COVERAGE) || nodeProfilesCpu()
}

/** Whether Node's own CPU profiler runs. */
export function nodeProfilesCpu(): boolean {
  const flags = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(/\s+/)]
  return flags.some(flag => flag.startsWith('--cpu-prof'))
}
