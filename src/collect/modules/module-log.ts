// The modules of a test file: their importers, when each was loaded, and the time to resolve, transform and compile it.

import { isAbsolute } from 'node:path'
import type { ModuleObserver } from '../../jest/runtime-observer.js'
import { Interner } from '../../profile/columns.js'
import type { ModuleLoads } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import { type Lookup, type LookupSink, RequestLog } from './request-log.js'
import type { SetUp } from './transform-log.js'

const NONE = -1

export class ModuleLog implements ModuleObserver, LookupSink {
  readonly #modules = new Interner<string>()
  /** Positions in `#modules` of transformers, which have keys of their own there. */
  readonly #transformers = new Set<number>()
  readonly #loads: ModuleLoads['loads'] = {
    module: [],
    importer: [],
    within: [],
    start: [],
    end: [],
    resolve: [],
    transform: [],
    compile: [],
  }
  readonly #edges: ModuleLoads['edges'] = { from: [], to: [] }
  readonly #lookups: ModuleLoads['lookups'] = { module: [], within: [], start: [], resolve: [], mock: [] }
  readonly requests = new RequestLog(this)
  readonly #latestLoad: number[] = []
  /** By module, the first module that required it. */
  readonly #firstImporter: number[] = []
  /** By module, the modules that it required. */
  readonly #required: (Set<number> | undefined)[] = []
  /** Loads under way, innermost last. */
  readonly #open: number[] = []
  /** Loads of ES modules, by the graphs that Jest is trying to load, innermost last. */
  readonly #trying: number[][] = []
  /** By module, its load in a graph that Jest gave up. */
  readonly #givenUp = new Map<number, number>()
  /** The latest resolution. Its time counts for the module if that is loaded next. */
  #resolved = { path: '', from: NONE, start: 0, micros: 0 }

  begin(path: string, importer: string | null): number {
    const now = monotonicMicros()
    const { path: resolvedPath, start, micros } = this.#resolved
    // Jest resolves no path of what it requires itself.
    const wasResolved = importer !== null && resolvedPath === path
    const from = importer === null ? NONE : this.#positionOf(importer)
    const requested = importer === null ? undefined : this.requests.startOf(importer)
    const began = wasResolved && requested !== undefined && requested <= start ? requested : undefined
    const load = this.#add(path, from, began ?? (wasResolved ? start : now))
    if (wasResolved) {
      this.#loads.resolve[load] = began === undefined ? micros : now - began
      this.#resolved.path = ''
    }
    this.#open.push(load)
    return load
  }

  end(load: number): void {
    const now = monotonicMicros()
    this.#loads.end[load] = now
    this.#open.pop()
    this.requests.loaded(this.#loads.module[load] ?? NONE, now - this.startOf(load))
  }

  get depth(): number {
    return this.#open.length
  }

  /** Adds a lookup to the requested module if that is known and was loaded, otherwise to the module that requires it. */
  lookedUp({ from, start, module = NONE, resolve, mock }: Lookup): void {
    const resolved = this.#resolved.start >= start ? this.#positionOf(this.#resolved.path) : NONE
    const requested = module === NONE ? resolved : module
    const own = this.#latestLoad[requested] === undefined ? this.#positionOf(from) : requested
    if (this.#latestLoad[own] === undefined) return
    this.#lookups.module.push(own)
    this.#lookups.within.push(this.#open.at(-1) ?? NONE)
    this.#lookups.start.push(start)
    this.#lookups.resolve.push(resolve)
    this.#lookups.mock.push(mock)
  }

  /** Returns when the load began, in microseconds. */
  startOf(load: number): number {
    return this.#loads.start[load] ?? 0
  }

  /** Adds a load of the transformer within the load under way, whose own time it is not: any other load would cause it, too. */
  transformerLoaded(transformer: string, start: number, micros: number): void {
    const module = this.#modules.add(transformer, `transformer ${transformer}`)
    this.#transformers.add(module)
    const load = this.#addLoad(module, NONE, start)
    this.#loads.end[load] = start + micros
  }

  /** Moves a transformer's set-up time from the module's transform to a load of the transformer. Call when all loads have ended. */
  transformerSetUp({ call: { transformer, path, start }, micros }: SetUp): void {
    const { module, within, transform } = this.#loads
    const load = module.indexOf(this.#positionOf(path))
    if (load === NONE) return
    transform[load] = Math.max(0, (transform[load] ?? 0) - micros)
    this.transformerLoaded(transformer, start, micros)
    // No call spans the loading of an ES module.
    within[within.length - 1] = this.#loads.end[load] === NONE ? (within[load] ?? NONE) : load
  }

  resolved(from: string, to: string, start: number): void {
    const importer = this.#positionOf(from)
    if (importer === NONE || !isAbsolute(to)) return
    this.#resolved = { path: to, from: importer, start, micros: monotonicMicros() - start }
    this.#edge(importer, this.#modules.add(to))
  }

  linked(from: string, to: string): void {
    const importer = this.#positionOf(from)
    if (importer === NONE || !isAbsolute(to)) return
    const target = this.#modules.add(to)
    this.#edge(importer, target)
    const load = this.#latestLoad[target]
    if (load !== undefined && this.#loads.importer[load] === NONE && this.#loads.end[load] === NONE)
      this.#loads.importer[load] = importer
  }

  transformed(path: string, micros: number): void {
    const load = this.#innermost(path)
    if (load !== undefined) this.#loads.transform[load] = (this.#loads.transform[load] ?? 0) + micros
  }

  /** Adds a load of an ES module, which Jest loads in no call of its own. */
  transformedModule(path: string, start: number, micros: number): void {
    const module = this.#modules.add(path)
    const load = this.#givenUp.get(module) ?? this.#add(path, this.#firstImporter[module] ?? NONE, start)
    this.#givenUp.delete(module)
    this.#loads.transform[load] = (this.#loads.transform[load] ?? 0) + micros
    this.#trying.at(-1)?.push(load)
  }

  graphBegins(): void {
    this.#trying.push([])
  }

  graphEnds({ givenUp }: { givenUp: boolean }): void {
    const loads = this.#trying.pop() ?? []
    if (!givenUp) return
    for (const load of loads) this.#givenUp.set(this.#loads.module[load] ?? NONE, load)
  }

  compiled(path: string, micros: number): void {
    const load = this.#innermost(path)
    if (load !== undefined) this.#loads.compile[load] = (this.#loads.compile[load] ?? 0) + micros
  }

  /** Times since `start`. */
  columns(start: number): ModuleLoads {
    const { start: starts, end, ...others } = this.#loads
    const loads = {
      ...others,
      start: starts.map(time => time - start),
      end: end.map(time => (time < 0 ? NONE : time - start)),
    }
    const { start: begun, ...lookups } = this.#lookups
    return {
      path: this.#modules.all,
      transformers: [...this.#transformers],
      loads,
      edges: this.#edges,
      lookups: { ...lookups, start: begun.map(time => time - start) },
    }
  }

  #add(path: string, importer: number, start: number): number {
    const index = this.#modules.add(path)
    const load = this.#addLoad(index, importer, start)
    this.#latestLoad[index] = load
    return load
  }

  #addLoad(index: number, importer: number, start: number): number {
    const loads = this.#loads
    loads.importer.push(importer)
    loads.within.push(this.#open.at(-1) ?? NONE)
    loads.start.push(start)
    loads.end.push(NONE)
    loads.resolve.push(0)
    loads.transform.push(0)
    loads.compile.push(0)
    return loads.module.push(index) - 1
  }

  #positionOf(path: string): number {
    return this.#modules.positionOf(path) ?? NONE
  }

  #edge(from: number, to: number): void {
    const known = this.#required[from]
    if (known === undefined) this.#required[from] = new Set([to])
    else if (known.has(to)) return
    else known.add(to)
    this.#firstImporter[to] ??= from
    this.#edges.from.push(from)
    this.#edges.to.push(to)
  }

  #innermost(path: string): number | undefined {
    const load = this.#open.at(-1)
    if (load === undefined) return undefined
    return this.#modules.all[this.#loads.module[load] ?? NONE] === path ? load : undefined
  }
}
