// What Jest does for a module that asks for another one, apart from loading it: it looks up whether that one is mocked, maps its name
// by `moduleNameMapper`, looks for its file, and makes mocks of modules. All of that time belongs to the module that is asked for, and
// none of it to the execution of the module that asks.

import type { RequestObserver } from '../../jest/runtime-observer.js'
import { monotonicMicros } from '../clock.js'

/** Microseconds. Shorter lookups come in thousands, and add up to little. */
const SHORTEST = 100
const NONE = -1

/** What Jest did to find a module or to make a mock of it, without loading it. */
export interface Lookup {
  /** Path of the module that asked. */
  readonly from: string
  readonly start: number
  /** Position of the module that was asked for, where it is known. */
  readonly module?: number
  readonly resolve: number
  readonly mock: number
}

/** Where lookups are noted, among loads that nest. */
export interface LookupSink {
  /** Number of loads under way. */
  readonly depth: number
  lookedUp(lookup: Lookup): void
}

interface OpenRequest {
  readonly from: string
  readonly start: number
  /** When Jest knew what to give: from then on a mock's own code may run. */
  foundAt: number
  /** Whether it loads the module: then all the time before belongs to that load. */
  hasLoad: boolean
}

interface OpenMocking {
  readonly start: number
  /** Number of loads that were under way. */
  readonly depth: number
  /** Position of the module that it is a mock of. */
  module: number
  /** What loading that module took, which is not part of the mocking. */
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

  /** When the innermost request began, if that module made it and the load that begins now is its first; else undefined. */
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

  /** A load has ended. */
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
