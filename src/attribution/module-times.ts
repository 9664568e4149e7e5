// What the modules of one recording cost: measured calls for CommonJS, transforms and samples for ES modules.

import { at, increase, lowerBound } from '../profile/columns.js'
import type { Microseconds, Phase } from '../profile/profile.js'
import type { ModuleLoads } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { dominatorsFrom } from './dominators.js'
import { Edges } from './edges.js'
import { perRecording } from './per-recording.js'
import { sampleWeights } from './sample-times.js'
import { ALL_TIME, type TimeSelection } from './time-selection.js'
import { type Segment, timeline } from './timeline.js'

/** One module in one test file, summed over its loads. A class, because there are hundreds in each of many files. */
export class ModuleTimes {
  loads = 0
  /** Without what it loaded in turn. */
  self: Microseconds = 0
  total: Microseconds = 0
  /** Its own and that of all modules that nothing else would have loaded. */
  saved: Microseconds = 0
  resolve: Microseconds = 0
  transform: Microseconds = 0
  compile: Microseconds = 0
  /** Making a mock of it. */
  mock: Microseconds = 0
  /** Whether its time rests on samples, as that of an ES module does. */
  isSampled = false
  /** Self time by the phase in which it was loaded. */
  readonly phases: Partial<Record<Phase, Microseconds>> = {}
  readonly #module: number
  readonly #graph: ImporterGraph

  constructor(module: number, graph: ImporterGraph) {
    this.#module = module
    this.#graph = graph
  }

  get path(): string {
    return at(this.#graph.paths, this.#module)
  }

  /** It is no module of the sandbox, but what a transformer loaded for itself when it was first called. */
  get isTransformer(): boolean {
    return this.#graph.transformers.includes(this.#module)
  }

  /** Path of the module that asked for it first; undefined: Jest itself did. */
  get importer(): string | undefined {
    const { paths, importers } = this.#graph
    const [first = NONE] = at(importers, this.#module)
    return first === NONE ? undefined : at(paths, first)
  }

  /** Paths of the modules that asked for it; none: Jest itself did. */
  get importers(): string[] {
    const { paths, importers } = this.#graph
    const known: string[] = []
    for (const importer of at(importers, this.#module)) if (importer !== NONE) known.push(at(paths, importer))
    return known
  }

  /** Paths from the test file down to it, by the importer that came first. */
  get chain(): string[] {
    return chainTo(this.#module, this.#graph)
  }
}

interface ImporterGraph {
  readonly paths: readonly string[]
  readonly transformers: readonly number[]
  /** For each module those that asked for it; -1: Jest itself. The one that came first stands first. */
  readonly importers: readonly (readonly number[])[]
}

const NONE = -1

export function moduleTimes(
  recording: ResolvedRecording,
  selection: TimeSelection = ALL_TIME,
): ModuleTimes[] {
  return selection === ALL_TIME ? timesOfAll(recording) : timesOfModules(recording, selection)
}

const timesOfAll = perRecording(recording => timesOfModules(recording, ALL_TIME))

function timesOfModules(recording: ResolvedRecording, selection: TimeSelection): ModuleTimes[] {
  const { modules } = recording
  if (modules === null || modules.path.length === 0) return []
  const times = loadTimes(recording, modules)
  const isSelected = times.map(({ segment }) => selection.hasSegment(segment))
  const { path: paths, transformers } = modules
  const graph = { paths, transformers, importers: importersOf(modules, isSelected) }
  const sums = modules.path.map((_, module) => new ModuleTimes(module, graph))
  const { module, end, resolve, transform, compile } = modules.loads
  times.forEach(({ self, total, segment }, load) => {
    if (isSelected[load] !== true) return
    const phase = segment?.phase ?? 'other'
    const sum = at(sums, at(module, load))
    sum.loads++
    sum.self += self
    sum.total += total
    sum.resolve += at(resolve, load)
    sum.transform += at(transform, load)
    sum.compile += at(compile, load)
    if (at(end, load) === NONE) sum.isSampled = true
    sum.phases[phase] = (sum.phases[phase] ?? 0) + self
  })
  const { lookups } = modules
  const segments = timeline(recording)
  const segmentAt = segmentFinder(segments)
  lookups.module.forEach((asked, row) => {
    const segment = segmentAt(at(lookups.start, row))
    if (!selection.hasSegment(segment)) return
    const sum = at(sums, asked)
    const [resolved, made] = [at(lookups.resolve, row), at(lookups.mock, row)]
    const phase = segment?.phase ?? 'other'
    sum.self += resolved + made
    sum.total += resolved + made
    sum.resolve += resolved
    sum.mock += made
    sum.phases[phase] = (sum.phases[phase] ?? 0) + resolved + made
  })
  addSavings(sums, graph.importers)
  return sums.filter(({ loads }) => loads > 0)
}

/**
 * What tests took to import, by `index attempt`: their own part of each module that they were the first to ask for, hooks
 * included. Of ES modules it is known by samples.
 */
export const importsOfTests = perRecording((recording): ReadonlyMap<string, Microseconds> => {
  const sums = new Map<string, Microseconds>()
  const { modules } = recording
  if (modules === null || modules.path.length === 0) return sums
  const add = (segment: Segment | undefined, micros: Microseconds) => {
    const owner = segment?.owner
    if (owner?.test !== undefined) increase(sums, `${owner.test} ${owner.attempt}`, micros)
  }
  for (const { self, segment } of loadTimes(recording, modules)) add(segment, self)
  const { start, resolve, mock } = modules.lookups
  const segmentAt = segmentFinder(timeline(recording))
  start.forEach((timestamp, row) => {
    add(segmentAt(timestamp), at(resolve, row) + at(mock, row))
  })
  return sums
})

interface LoadTimes {
  self: Microseconds
  total: Microseconds
  /** In which it began. */
  segment: Segment | undefined
}

function loadTimes(recording: ResolvedRecording, modules: ModuleLoads): LoadTimes[] {
  const { path, loads } = modules
  const { lookups } = modules
  // Loads are listed as they were noted: an ES module after what it imports.
  const segmentOf = loads.start.map(segmentFinder(timeline(recording)))
  const evaluated = evaluationTimes(recording, path)
  const times = loads.module.map((module, load): LoadTimes => {
    const isScript = at(loads.end, load) !== NONE
    const ownTransform = at(loads.transform, load)
    const total = isScript
      ? at(loads.end, load) - at(loads.start, load)
      : ownTransform + takeOut(evaluated, module)
    return { self: total, total, segment: segmentOf[load] }
  })
  loads.within.forEach((outer, load) => {
    if (outer !== NONE) at(times, outer).self -= at(times, load).total
  })
  // The time is the asked-for module's, whoever was busy meanwhile.
  lookups.within.forEach((outer, row) => {
    if (outer !== NONE) at(times, outer).self -= at(lookups.resolve, row) + at(lookups.mock, row)
  })
  takeOutTransformers(times, modules)
  const importers = importingLoads(loads)
  for (let load = times.length - 1; load >= 0; load--) {
    const importer = at(importers, load)
    // What a test imports by itself, long after its file, is no part of the file's import.
    if (importer !== NONE && isSameWork(segmentOf[importer], segmentOf[load]))
      at(times, importer).total += at(times, load).total
  }
  for (const time of times) time.self = Math.max(0, time.self)
  return times
}

function segmentFinder(segments: readonly Segment[]): (start: Microseconds) => Segment | undefined {
  const starts = segments.map(({ start }) => start)
  return start => segments[lowerBound(starts, Math.max(0, start) + 1) - 1]
}

/** What loading a transformer took is in the total of no module that happened to be the first to need it. */
function takeOutTransformers(times: readonly LoadTimes[], { loads, transformers }: ModuleLoads): void {
  if (transformers.length === 0) return
  loads.module.forEach((module, load) => {
    if (!transformers.includes(module)) return
    const { total } = at(times, load)
    for (let outer = at(loads.within, load); outer !== NONE; outer = at(loads.within, outer))
      at(times, outer).total -= total
  })
}

/**
 * ES modules do not run within each other: what one has loaded is known by who asked for it first. For each load the
 * latest one of that module before it; -1: it took place within another, or a CommonJS module asked for it.
 */
function importingLoads({ module, importer, within, end }: ModuleLoads['loads']): number[] {
  const latest = new Map<number, number>()
  return module.map((loaded, load) => {
    const importing = latest.get(at(importer, load)) ?? NONE
    latest.set(loaded, load)
    const isByModule = importing !== NONE && at(end, importing) === NONE
    return isByModule && at(within, load) === NONE ? importing : NONE
  })
}

function isSameWork(one: Segment | undefined, other: Segment | undefined): boolean {
  const [a, b] = [one?.owner, other?.owner]
  const isSameOwner = a?.test === b?.test && a?.attempt === b?.attempt && a?.group === b?.group
  return one?.phase === other?.phase && one?.hook === other?.hook && isSameOwner
}

/** A module that was loaded twice has the samples of both its bodies with the first load: they look the same. */
function takeOut(times: Map<number, Microseconds>, module: number): Microseconds {
  const time = times.get(module) ?? 0
  times.delete(module)
  return time
}

/** Time in the bodies of ES modules and all that they call, by module. */
function evaluationTimes(recording: ResolvedRecording, paths: readonly string[]): Map<number, Microseconds> {
  const { nodes, frames, samples, modules } = recording
  const isModule = new Set(modules?.loads.module.filter((_, load) => modules.loads.end[load] === NONE))
  const times = new Map<number, Microseconds>()
  if (isModule.size === 0) return times
  const indexOf = new Map(paths.map((path, index) => [path, index]))
  const bodies: (number | undefined)[] = []
  nodes.frame.forEach((frameIndex, node) => {
    const { name, file } = at(frames, frameIndex)
    const module = name === '(module)' ? indexOf.get(file) : undefined
    const caller = at(nodes.caller, node)
    bodies.push(module ?? (caller < 0 ? undefined : bodies[caller]))
  })
  const weights = sampleWeights(recording)
  samples.node.forEach((node, sample) => {
    const module = bodies[node]
    if (module !== undefined && isModule.has(module)) increase(times, module, at(weights, sample))
  })
  return times
}

/**
 * For a module with a selected load, who asked for it in such loads, or would have: modules that asked for it in other tests
 * only are none of them. Of all others, who ever asked: they are only part of a chain.
 */
function importersOf({ path, loads, edges }: ModuleLoads, isSelected: readonly boolean[]): number[][] {
  const isLoaded = path.map(() => false)
  loads.module.forEach((module, load) => {
    if (isSelected[load] === true) isLoaded[module] = true
  })
  const isAll = !isSelected.includes(false)
  const importers: number[][] = path.map(() => [])
  const add = (module: number, importer: number) => {
    const known = at(importers, module)
    // Few ask for one module; where many do, edges come once each.
    if (known[0] !== importer && !known.includes(importer)) known.push(importer)
  }
  loads.module.forEach((module, load) => {
    if (isSelected[load] === true || isLoaded[module] !== true) add(module, at(loads.importer, load))
  })
  edges.to.forEach((to, edge) => {
    const from = at(edges.from, edge)
    if (isAll || isLoaded[to] !== true || isLoaded[from] === true) add(to, from)
  })
  return importers
}

/** Longest chain that is shown. */
const LONGEST_CHAIN = 30

function chainTo(module: number, { paths, importers }: ImporterGraph): string[] {
  const upwards: number[] = []
  let current = module
  // It is short: to look through it takes less than a set of it.
  while (current !== NONE && upwards.length < LONGEST_CHAIN && !upwards.includes(current)) {
    upwards.push(current)
    current = at(importers, current)[0] ?? NONE
  }
  return upwards.reverse().map(index => at(paths, index))
}

// The root of the graph is Jest, which asks for the test file and the set-up files; of a part of the recording, also what
// had been loaded before and asks for more.
function addSavings(times: readonly ModuleTimes[], importers: ImporterGraph['importers']): void {
  const root = times.length
  const [from, to]: [number[], number[]] = [[], []]
  importers.forEach((asking, module) => {
    for (const importer of asking) {
      from.push(importer === NONE || at(times, importer).loads === 0 ? root : importer)
      to.push(module)
    }
  })
  for (const own of times) own.saved = own.self
  const { immediate, order } = dominatorsFrom(root, new Edges(root + 1, from, to))
  // What a module dominates comes after it: by then it has all of its own.
  for (let rank = order.length - 1; rank > 0; rank--) {
    const module = at(order, rank)
    const dominator = at(immediate, module)
    if (dominator !== root) at(times, dominator).saved += at(times, module).saved
  }
}
