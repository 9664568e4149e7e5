// What the modules of one recording cost: measured calls for CommonJS, transforms and samples for ES modules.

import { at } from '../profile/columns.js'
import type { Microseconds, Phase } from '../profile/profile.js'
import type { ModuleLoads } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { dominatorsFrom, Edges } from './dominators.js'
import { loadTimes, NONE, segmentFinder } from './module-loads.js'
import { perRecording } from './per-recording.js'
import { ALL_TIME, type TimeSelection } from './time-selection.js'
import { timeline } from './timeline.js'

/** What loads of a module cost. A class, because there are hundreds of modules in each of many files. */
export class ModuleCost {
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
}

/** One module in one test file, summed over its loads. */
export class ModuleTimes extends ModuleCost {
  /** Whether its time rests on samples, as that of an ES module does. */
  isSampled = false
  /** Self time by the phase in which it was loaded. */
  readonly phases: Partial<Record<Phase, Microseconds>> = {}
  readonly #module: number
  readonly #graph: ImporterGraph

  constructor(module: number, graph: ImporterGraph) {
    super()
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
    return at(importers, this.#module).flatMap(importer => (importer === NONE ? [] : at(paths, importer)))
  }

  /** Paths from the test file down to it, by the importer that came first. */
  get chain(): string[] {
    const { paths, importers } = this.#graph
    const upwards: number[] = []
    let current = this.#module
    // It is short: to look through it takes less than a set of it.
    while (current !== NONE && upwards.length < LONGEST_CHAIN && !upwards.includes(current)) {
      upwards.push(current)
      current = at(importers, current)[0] ?? NONE
    }
    return upwards.reverse().map(index => at(paths, index))
  }
}

/** Longest chain that is shown. */
const LONGEST_CHAIN = 30

interface ImporterGraph {
  readonly paths: readonly string[]
  readonly transformers: readonly number[]
  /** For each module those that asked for it; -1: Jest itself. The one that came first stands first. */
  readonly importers: readonly (readonly number[])[]
}

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
  const segmentAt = segmentFinder(timeline(recording))
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
