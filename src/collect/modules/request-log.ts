// What Jest does when a module requires another, apart from loading it: it checks whether that module is mocked, applies
// `moduleNameMapper`, searches the file, and makes mocks. This time counts for the required module, and not for the execution of the
// module that requires it.

import type { RequestObserver } from '../../jest/runtime-observer.js'
import { monotonicMicros } from '../clock.js'

/** Microseconds. Shorter lookups are numerous, and add up to little. */
const SHORTEST = 100
const NONE = -1

/** The time in which Jest found a module or made a mock of it, without loading it. */
export interface Lookup {
  /** Path of the module that requires another. */
  readonly from: string
  readonly start: number
  /** Position of the required module, if known. */
  readonly module?: number
  readonly resolve: number
  readonly mock: number
}

/** Takes lookups, which happen during nested loads. */
export interface LookupSink {
  /** Number of loads under way. */
  readonly depth: number
  lookedUp(lookup: Lookup): void
}

interface OpenRequest {
  readonly from: string
  readonly start: number
  /** When Jest found a mock: its factory may run from then on. NONE: it has not. */
  foundAt: number
  /** Whether the request loads the module: then all its time before counts for that load. */
  hasLoad: boolean
}

interface OpenMocking {
  readonly start: number
  /** Number of loads under way when it began. */
  readonly depth: number
  module: number
  /** Microseconds of loading that module, which do not count as mocking. */
  loading: number
}

export class RequestLog implements RequestObserver {
  readonly #modules: LookupSink
  readonly #requests: OpenRequest[] = []
  readonly #mockings: OpenMocking[] = []

  constructor(modules: LookupSink) {
    this.#modules = modules
  }

  begins(from: string): void {
    this.#requests.push({ from, start: monotonicMicros(), foundAt: NONE, hasLoad: false })
  }

  mockFound(): void {
    const request = this.#requests.at(-1)
    if (request !== undefined && request.foundAt === NONE) request.foundAt = monotonicMicros()
  }

  /** Called at the begin of a load. Returns when the innermost request began; undefined if `from` did not make it, or it has a load. */
  startOf(from: string): number | undefined {
    const request = this.#requests.at(-1)
    if (request === undefined || request.hasLoad || request.from !== from) return undefined
    request.hasLoad = true
    return request.start
  }

  ends(): void {
    const request = this.#requests.pop()
    if (request === undefined || request.hasLoad) return
    const { from, start, foundAt } = request
    const micros = (foundAt === NONE ? monotonicMicros() : foundAt) - start
    if (micros >= SHORTEST) this.#modules.lookedUp({ from, start, resolve: micros, mock: 0 })
  }

  mockingBegins(): void {
    const depth = this.#modules.depth
    this.#mockings.push({ start: monotonicMicros(), depth, module: NONE, loading: 0 })
  }

  /** Called at the end of a load. */
  loaded(module: number, micros: number): void {
    const mocking = this.#mockings.at(-1)
    if (mocking === undefined || this.#modules.depth !== mocking.depth) return
    if (mocking.module === NONE) mocking.module = module
    mocking.loading += micros
  }

  mockingEnds(from: string): void {
    const mocking = this.#mockings.pop()
    if (mocking === undefined) return
    const { start, module, loading } = mocking
    const micros = monotonicMicros() - start - loading
    if (micros >= SHORTEST) this.#modules.lookedUp({ from, start, module, resolve: 0, mock: micros })
  }
}
