// Import cost of each module in one recording: measured calls for CommonJS, transforms and samples for ES modules.

import { at } from '../profile/columns.js'
import type { Microseconds, Phase } from '../profile/profile.js'
import type { ModuleLoads } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { dominatorsFrom, Edges } from './dominators.js'
import { loadTimes, NONE, segmentFinder } from './module-loads.js'
import { perRecording } from './per-recording.js'
import { ALL_TIME, type TimeSelection, timeline } from './timeline.js'

/** Cost of all loads of a module. A class, because there are hundreds in each of many files. */
export class ModuleCost {
  loads = 0
  /** Without the modules that it loaded in turn. */
  self: Microseconds = 0
  total: Microseconds = 0
  /** Self time of the module and of all modules that only it leads to. */
  saved: Microseconds = 0
  resolve: Microseconds = 0
  transform: Microseconds = 0
  compile: Microseconds = 0
  /** Time to create its mock. */
  mock: Microseconds = 0
  /** Whether its times are based on samples, as those of ES modules are. */
  isSampled = false
}

/** One module in one test file, summed over its loads. */
export class ModuleTimes extends ModuleCost {
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

  /** Whether it is not a module of the sandbox, but was loaded by a transformer on its first call. */
  get isTransformer(): boolean {
    return this.#graph.transformers.includes(this.#module)
  }

  /** Path of the module that asked for it first; undefined if that was Jest. */
  get importer(): string | undefined {
    const { paths, importers } = this.#graph
    const [first = NONE] = at(importers, this.#module)
    return first === NONE ? undefined : at(paths, first)
  }

  /** Paths of the modules that asked for it; empty if only Jest did. */
  get importers(): string[] {
    const { paths, importers } = this.#graph
    const found: string[] = []
    for (const importer of at(importers, this.#module)) if (importer !== NONE) found.push(at(paths, importer))
    return found
  }

  /** Paths from the test file to the module, following first importers. */
  get chain(): string[] {
    const { paths, importers } = this.#graph
    const upwards: number[] = []
    let current = this.#module
    // Chains are short: `includes` is faster than a set.
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
  /** For each module, the modules that asked for it, first importer first; -1 is Jest. */
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
  const { module, end, transform } = modules.loads
  times.forEach(({ self, total, resolve, compile, segment }, load) => {
    if (isSelected[load] !== true) return
    const phase = segment?.phase ?? 'other'
    const sum = at(sums, at(module, load))
    sum.loads++
    sum.self += self
    sum.total += total
    sum.resolve += resolve
    sum.transform += at(transform, load)
    sum.compile += compile
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
 * Importers of each module. For a module with a selected load, only loaded modules count: modules that asked for it in other tests
 * are left out. For other modules, which only serve as links in chains, all importers count.
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
    // Most modules have few importers; where there are many, each edge occurs once.
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

// The root of the graph is Jest, which loads the test file and set-up files, and for a selection all modules loaded before.
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
  // In reverse order, each module is complete before it is added to its dominator.
  for (let rank = order.length - 1; rank > 0; rank--) {
    const module = at(order, rank)
    const dominator = at(immediate, module)
    if (dominator !== root) at(times, dominator).saved += at(times, module).saved
  }
}
