// Who asks for whom → what test files would not load if importers took what they use of a barrel from where it is. The
// edges of all test files are one graph: what is asked for in one of them is taken to be asked for in all that get there.

import { at } from '../../../profile/columns.js'
import { Cycles } from './cycles.js'
import type { LoadedModule } from './loaded-modules.js'

/** What an importer would load instead of the barrel; undefined: it stays as it is. */
type Instead = (importer: string) => Iterable<string> | undefined

export interface Unloaded {
  /** Milliseconds of the modules, without the barrel, in all test files that would no longer load them. */
  readonly ms: number
  /** Each of these modules' part. */
  readonly modules: ReadonlyMap<string, number>
  /** The part that was transforming. */
  readonly transformMs: number
  /** For each test file that would be rid of the barrel, which of its changed importers that file loads. */
  readonly importers: readonly ReadonlySet<string>[]
}

/** For each importer of a barrel that would change, what it would load instead. */
type Changes = ReadonlyMap<number, readonly number[]>

export class ModuleGraph {
  readonly #rows: readonly LoadedModule[]
  readonly #indexOf: ReadonlyMap<string, number>
  readonly #children: number[][]
  /** Test files, and what Jest asks for before each of them. */
  readonly #testFiles: number[] = []
  readonly #setUp: number[] = []
  /** By module, how many test files get there. */
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
      // What asked for it has not been loaded: nothing can be said of it.
      const isUnexplained = known.length < importers.length
      if (isEntry || isUnexplained) (category === 'test' ? this.#testFiles : this.#setUp).push(index)
    })
    const reached = new Reached(rows.length)
    for (const testFile of this.#testFiles) {
      this.#walk(testFile, reached)
      for (const module of reached.modules) this.#reachedBy[module] = at(this.#reachedBy, module) + 1
    }
  }

  /** Whether importing `module` without the barrel leaves the order as it is in which cycles of modules are evaluated. */
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

  /** Fills `reached` with what a test file gets to. */
  #walk(testFile: number, reached: Reached, changed?: { target: number; changes: Changes }): void {
    reached.clear()
    reached.add(testFile)
    for (const module of this.#setUp) reached.add(module)
    // What is added on the way is walked, too.
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

/** Some of so many modules. It is filled again for each test file and each barrel, where a new Set would be needed each time. */
class Reached {
  readonly #order: Int32Array
  /** By module: the filling in which it came last. */
  readonly #filledIn: Int32Array
  #filling = 1
  #size = 0

  constructor(modules: number) {
    this.#order = new Int32Array(modules)
    this.#filledIn = new Int32Array(modules)
  }

  clear(): void {
    this.#filling++
    this.#size = 0
  }

  add(module: number): void {
    if (this.has(module)) return
    this.#filledIn[module] = this.#filling
    this.#order[this.#size++] = module
  }

  has(module: number): boolean {
    return this.#filledIn[module] === this.#filling
  }

  get size(): number {
    return this.#size
  }

  at(position: number): number {
    return at(this.#order, position)
  }

  /** In the order in which they came. */
  get modules(): Int32Array {
    return this.#order.subarray(0, this.#size)
  }
}
