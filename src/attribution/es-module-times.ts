// What ES modules cost beside their transforms, from samples: no call of Jest spans the loading of one, so none can be timed.

import { linksModules } from '../jest/frames.js'
import { at, firstWhere, increase, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ModuleLoads } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { sampleTimes, sampleWeights } from './sample-times.js'
import { timeline } from './timeline.js'

const NONE = -1

interface LinkedTimes {
  resolve: Microseconds
  compile: Microseconds
}

interface EsModuleTimes {
  /** By module: in its body and everything that it calls. */
  readonly evaluated: Map<number, Microseconds>
  /** By load: Jest resolves what the module requests, and V8 compiles it. */
  readonly linked: ReadonlyMap<number, LinkedTimes>
}

export function esModuleTimes(recording: ResolvedRecording, modules: ModuleLoads): EsModuleTimes {
  const evaluated = new Map<number, Microseconds>()
  const linked = new Map<number, LinkedTimes>()
  const loads = new LoadsInOrder(recording, modules)
  if (loads.areNone) return { evaluated, linked }
  const doing = nodesOf(recording, modules)
  const isModule = new Set(modules.loads.module.filter((_, load) => at(modules.loads.end, load) === NONE))
  const [weights, times] = [sampleWeights(recording), sampleTimes(recording)]
  recording.samples.node.forEach((node, sample) => {
    const work = at(doing, node)
    const micros = at(weights, sample)
    if (typeof work === 'number' && isModule.has(work)) increase(evaluated, work, micros)
    if (work !== 'compile' && work !== 'resolve') return
    const load = loads.under(at(times, sample))
    if (load === undefined) return
    const sums = linked.get(load) ?? { resolve: 0, compile: 0 }
    sums[work] += micros
    linked.set(load, sums)
  })
  return { evaluated, linked }
}

/** Jest loads one ES module after the other, so what is done for one follows its transform, until that of the next. */
class LoadsInOrder {
  readonly #starts: readonly Microseconds[]
  readonly #transformed: readonly Microseconds[]
  readonly #loads: readonly number[]
  readonly #scripts: readonly { readonly start: Microseconds; readonly end: Microseconds }[]
  readonly #segmentOf: (time: Microseconds) => unknown

  constructor(recording: ResolvedRecording, { loads }: ModuleLoads) {
    const { start, end, transform, within } = loads
    const byStart = start.map((_, load) => load).toSorted((a, b) => at(start, a) - at(start, b))
    this.#loads = byStart.filter(load => at(end, load) === NONE)
    this.#starts = this.#loads.map(load => at(start, load))
    this.#transformed = this.#loads.map(load => at(start, load) + at(transform, load))
    this.#scripts = byStart
      .filter(load => at(end, load) !== NONE && at(within, load) === NONE)
      .map(load => ({ start: at(start, load), end: at(end, load) }))
    const segments = timeline(recording)
    const begins = segments.map(segment => segment.start)
    this.#segmentOf = time => segments[lowerBound(begins, time + 1) - 1]
  }

  get areNone(): boolean {
    return this.#loads.length === 0
  }

  /** The load that a sample is for; undefined if that is measured, or none is under way. */
  under(time: Microseconds): number | undefined {
    const latest = lowerBound(this.#starts, time + 1) - 1
    if (latest < 0 || time < at(this.#transformed, latest)) return undefined
    const script =
      this.#scripts[firstWhere(this.#scripts.length, index => at(this.#scripts, index).start > time) - 1]
    if (script !== undefined && time < script.end) return undefined
    return this.#segmentOf(time) === this.#segmentOf(at(this.#starts, latest))
      ? this.#loads[latest]
      : undefined
  }
}

/** For each node, the module whose body runs, or what is done to load one. */
function nodesOf({ nodes, frames }: ResolvedRecording, { path }: ModuleLoads) {
  const indexOf = new Map(path.map((file, index) => [file, index]))
  const ofFrames = frames.map(frame => {
    const module = frame.name === '(module)' ? indexOf.get(frame.file) : undefined
    return module ?? linksModules(frame)
  })
  const doing: (number | ReturnType<typeof linksModules>)[] = []
  nodes.frame.forEach((frame, node) => {
    const caller = at(nodes.caller, node)
    doing.push(ofFrames[frame] ?? (caller < 0 ? undefined : doing[caller]))
  })
  return doing
}
