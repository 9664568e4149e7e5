// Imports → the modules that test files would not load if importers imported the defining modules instead of a barrel.
// All test files share one graph: an import seen in one of them is assumed for every file that reaches the importer.

import type { ModuleTotal } from '../../../attribution/module-totals.js'
import { at } from '../../../profile/columns.js'
import { relativeTo } from '../../../report/relative-path.js'
import { toMs } from '../../../report/rounding.js'
import { Cycles } from './cycles.js'

/** Times as in `ImportReport`. */
export type LoadedModule = ReturnType<typeof loadedModules>[number]

/** The most expensive modules first, each with its most frequent importers first. */
export function loadedModules(modules: readonly ModuleTotal[], displayRoot: string) {
  const toRelative = relativeTo(displayRoot)
  return modules
    .filter(({ isTransformer }) => !isTransformer)
    .map(({ path, self, resolve, transform, compile, mock, importers, chain, ...others }) => ({
      module: toRelative(path),
      package: others.package ?? null,
      category: others.category,
      selfMs: toMs(self),
      evaluateMs: toMs(Math.max(0, self - resolve - transform - compile - mock)),
      transformMs: toMs(transform),
      totalMs: toMs(others.total),
      savedMs: toMs(others.saved),
      files: others.files,
      importers: [...importers]
        .map(([module, files]) => ({ module: toRelative(module), files }))
        .toSorted((a, b) => b.files - a.files || (a.module < b.module ? -1 : 1)),
      // Loaded by Jest itself: a test file, or a set-up file.
      isEntry: importers.size === 0 || chain.length === 1,
    }))
    .toSorted((a, b) => b.savedMs - a.savedMs || (a.module < b.module ? -1 : 1))
}

/** The modules that an importer would load instead of the barrel; undefined if it does not change. */
type Instead = (importer: string) => Iterable<string> | undefined

export interface Unloaded {
  /** Time of the modules, without the barrel, in the test files that would no longer load them. */
  readonly ms: number
  /** The part of `ms` by module. */
  readonly modules: ReadonlyMap<string, number>
  /** The part of `ms` spent on transforms. */
  readonly transformMs: number
  /** For each test file that would no longer load the barrel, the changed importers that it loads. */
  readonly importers: readonly ReadonlySet<string>[]
}

/** The modules that changed importers of a barrel would load instead. */
type Changes = ReadonlyMap<number, readonly number[]>

export class ModuleGraph {
  readonly #rows: readonly LoadedModule[]
  readonly #indexOf: ReadonlyMap<string, number>
  readonly #children: number[][]
  readonly #testFiles: number[] = []
  /** Modules that Jest loads before each test file. */
  readonly #setUp: number[] = []
  /** By module, how many test files load it. */
  readonly #reachedBy: number[]
  #cycles: Cycles | undefined

  constructor(rows: readonly LoadedModule[]) {
    this.#rows = rows
    this.#indexOf = new Map(rows.map(({ module }, index) => [module, index]))
    this.#children = rows.map(() => [])
    this.#reachedBy = rows.map(() => 0)
    rows.forEach(({ importers, isEntry, category }, index) => {
      const known = importers.flatMap(({ module }) => this.#indexOf.get(module) ?? [])
      for (const importer of known) at(this.#children, importer).push(index)
      // Some importer has not been loaded, so the module counts as an entry.
      const isUnexplained = known.length < importers.length
      if (isEntry || isUnexplained) (category === 'test' ? this.#testFiles : this.#setUp).push(index)
    })
    const reached = new Reached(rows.length)
    for (const testFile of this.#testFiles) {
      this.#walk(testFile, reached)
      for (const module of reached.modules) this.#reachedBy[module] = at(this.#reachedBy, module) + 1
    }
  }

  /** Whether importing `module` directly keeps the order in which import cycles are evaluated. */
  keepsOrder(module: string, barrel: string): boolean {
    this.#cycles ??= new Cycles(this.#children)
    const [member, target] = [this.#indexOf.get(module), this.#indexOf.get(barrel)]
    return member === undefined || target === undefined || this.#cycles.keepOrder(member, target)
  }

  unloaded(barrel: string, instead: Instead): Unloaded {
    const target = this.#indexOf.get(barrel) ?? -1
    const changes = this.#changesOf(target, instead)
    const unloadedBy = this.#rows.map(() => 0)
    const importers: ReadonlySet<string>[] = []
    const [before, after] = [new Reached(this.#rows.length), new Reached(this.#rows.length)]
    for (const testFile of this.#testFiles) {
      this.#walk(testFile, before)
      if (!before.has(target)) continue
      this.#walk(testFile, after, { target, changes })
      if (after.has(target)) continue
      for (const module of before.modules)
        if (!after.has(module)) unloadedBy[module] = at(unloadedBy, module) + 1
      const loaded = [...changes.keys()].filter(importer => after.has(importer))
      importers.push(new Set(loaded.map(importer => at(this.#rows, importer).module)))
    }
    unloadedBy[target] = 0
    return { ...this.#timesOf(unloadedBy), importers }
  }

  /** `unloadedBy`: by module, how many test files would not load it. */
  #timesOf(unloadedBy: readonly number[]): Pick<Unloaded, 'ms' | 'modules' | 'transformMs'> {
    const modules = new Map<string, number>()
    let [ms, transforming] = [0, 0]
    this.#rows.forEach(({ module, selfMs, transformMs }, index) => {
      const testFiles = at(unloadedBy, index)
      if (testFiles === 0) return
      const share = testFiles / at(this.#reachedBy, index)
      modules.set(module, selfMs * share)
      ms += selfMs * share
      transforming += transformMs * share
    })
    return { ms, modules, transformMs: transforming }
  }

  /** Fills `reached` with the modules that a test file loads. */
  #walk(testFile: number, reached: Reached, changed?: { target: number; changes: Changes }): void {
    reached.clear()
    reached.add(testFile)
    for (const module of this.#setUp) reached.add(module)
    // Grows while it is walked.
    for (let position = 0; position < reached.size; position++) {
      const module = reached.at(position)
      for (const child of at(this.#children, module)) {
        const others = child === changed?.target ? changed.changes.get(module) : undefined
        if (others === undefined) reached.add(child)
        else for (const other of others) reached.add(other)
      }
    }
  }

  #changesOf(barrel: number, instead: Instead): Changes {
    const changes = new Map<number, readonly number[]>()
    for (const { module } of this.#rows[barrel]?.importers ?? []) {
      const importer = this.#indexOf.get(module)
      const modules = importer === undefined ? undefined : instead(module)
      if (importer === undefined || modules === undefined) continue
      changes.set(
        importer,
        [...modules].flatMap(path => this.#indexOf.get(path) ?? []),
      )
    }
    return changes
  }
}

/** A set of modules that is cheap to clear, because it is filled once for each test file and barrel. */
class Reached {
  readonly #order: Int32Array
  /** By module, the generation in which it was added. */
  readonly #addedIn: Int32Array
  #generation = 1
  #size = 0

  constructor(modules: number) {
    this.#order = new Int32Array(modules)
    this.#addedIn = new Int32Array(modules)
  }

  clear(): void {
    this.#generation++
    this.#size = 0
  }

  add(module: number): void {
    if (this.has(module)) return
    this.#addedIn[module] = this.#generation
    this.#order[this.#size++] = module
  }

  has(module: number): boolean {
    return this.#addedIn[module] === this.#generation
  }

  get size(): number {
    return this.#size
  }

  at(position: number): number {
    return at(this.#order, position)
  }

  /** In the order in which they were added. */
  get modules(): Int32Array {
    return this.#order.subarray(0, this.#size)
  }
}
