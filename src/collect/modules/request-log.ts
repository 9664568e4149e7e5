// What Jest does for a module that asks for another one, beside loading it: it asks whether that is mocked, maps its name by
// `moduleNameMapper`, looks for its file, and makes mocks of modules. All of that is the asked-for module's, and nothing of what
// the asking one evaluates.

import { monotonicMicros } from '../clock.js'
import type { ModuleLog } from './module-log.js'

/** Microseconds: of shorter ones there are thousands, and all of them are little. */
const SHORTEST = 100
const NONE = -1

interface Request {
  readonly from: string
  readonly start: number
  /** When Jest knew what to give: from then on a mock's own code may run. */
  foundAt: number
  /** Whether it loads the module: that load has all the time before it. */
  hasLoad: boolean
}

interface Mocking {
  readonly start: number
  /** Loads that were under way. */
  readonly depth: number
  /** Position of the module that it is a mock of. */
  module: number
  /** What loading it took: its own. */
  loading: number
}

export class RequestLog {
  readonly #modules: ModuleLog
  readonly #requests: Request[] = []
  readonly #mockings: Mocking[] = []

  constructor(modules: ModuleLog) {
    this.#modules = modules
  }

  begins(from: string): void {
    this.#requests.push({ from, start: monotonicMicros(), foundAt: NONE, hasLoad: false })
  }

  /** It is mocked. */
  found(): void {
    const request = this.#requests.at(-1)
    if (request !== undefined && request.foundAt === NONE) request.foundAt = monotonicMicros()
  }

  /** Returns when a load begins that was asked for by that module: with the request, if that is the innermost one's. */
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
