// Observes Jest's runtime for one test file: times its calls and distributes them to the logs.

import type {
  CacheMiss,
  EntryObserver,
  ModuleRequest,
  RuntimeObserver,
  TransformerCall,
  UnobservedCalls,
} from '../../jest/runtime-observer.js'
import type { UnobservedPart } from '../../recording/enums.js'
import type { Recording } from '../../recording/recording.js'
import { monotonicMicros } from '../clock.js'
import { CacheKeyLog } from './cache-key-log.js'
import { FailureLog } from './failure-log.js'
import { loadingClock } from './loading-clock.js'
import { ModuleLog } from './module-log.js'
import { isFirstCall, TransformLog } from './transform-log.js'

export class RuntimeLog implements RuntimeObserver {
  readonly now = monotonicMicros
  /** Parts of Jest that could not be observed for this file. */
  readonly unobservedParts = new Set<UnobservedPart>()
  /** Paths of modules that Jest loaded into the sandbox for itself. */
  readonly internalModules = new Set<string>()
  scriptTransformer: object | undefined
  /** Phases of a test file begin and end with what Jest itself requires. */
  readonly entries: EntryObserver
  readonly modules = new ModuleLog()
  readonly requests = this.modules.requests
  readonly #transforms = new TransformLog()
  readonly #failures = new FailureLog()
  readonly #cacheKeys = new CacheKeyLog()

  readonly #keepCode: ((code: unknown) => void) | undefined

  /** `keepCode` gets what Jest compiles. */
  constructor(entries: EntryObserver, keepCode?: (code: unknown) => void) {
    this.entries = entries
    this.#keepCode = keepCode
  }

  /** Times since `start`. */
  /** Call once, after the last module. */
  end(): void {
    for (const setUp of this.#transforms.setUps()) this.modules.transformerSetUp(setUp)
  }

  columns(start: number): Pick<Recording, 'modules' | 'transforms' | 'failedModules' | 'cacheKeys'> {
    return {
      modules: this.unobservedParts.has('modules') ? null : this.modules.columns(start),
      transforms: this.#transforms.totals(),
      failedModules: this.#failures.modules(),
      cacheKeys: this.#cacheKeys.keys(),
    }
  }

  unobserved(what: UnobservedCalls): void {
    this.unobservedParts.add(what)
  }

  transformsWith(scriptTransformer: object): void {
    this.scriptTransformer ??= scriptTransformer
  }

  internalLoaded(path: string): void {
    this.internalModules.add(path)
  }

  requestNotFound({ from, to, start }: ModuleRequest, error: unknown): void {
    const end = monotonicMicros()
    this.#failures.asked(error, { module: to, isResolved: false, importer: from, start, end })
  }

  loadFails(
    load: number,
    { path, importer }: { path: string; importer: string | null },
    error: unknown,
  ): void {
    const start = this.modules.startOf(load)
    this.#failures.add(error, { module: path, isResolved: true, importer, start, end: monotonicMicros() })
  }

  notResolved({ from, to, start }: ModuleRequest, error: unknown): void {
    const end = monotonicMicros()
    this.#failures.add(error, { module: to, isResolved: false, importer: from, start, end })
  }

  /** Times a transform, without loading the transformer. */
  transformBegins(path: string, kind: 'CommonJS' | 'ES module'): () => void {
    const [start, loadedBefore] = [monotonicMicros(), loadingClock.micros]
    return () => {
      const micros = microsWithoutLoading(start, loadedBefore)
      if (kind === 'ES module') this.modules.transformedModule(path, start, micros)
      else this.modules.transformed(path, micros)
    }
  }

  compiled(path: string, start: number, code: unknown): void {
    this.modules.compiled(path, monotonicMicros() - start)
    this.#keepCode?.(code)
  }

  transformerBegins(): (describe: () => TransformerCall) => void {
    const [start, loadedBefore] = [monotonicMicros(), loadingClock.micros]
    loadingClock.callBegins()
    return describe => {
      loadingClock.callEnds()
      const micros = microsWithoutLoading(start, loadedBefore)
      const claimed = loadingClock.claim()
      const { project, ...call } = describe()
      const { transformer, missed } = call
      const loadMicros = transformer === null ? 0 : claimed
      const isFirst = transformer !== null && isFirstCall(project, { transformer, missed })
      this.#transforms.add({ ...call, start, micros, isFirst, loadMicros })
      if (loadMicros > 0 && transformer !== null)
        this.modules.transformerLoaded(transformer, start, loadMicros)
    }
  }

  cacheMissed(miss: CacheMiss): void {
    this.#cacheKeys.missed(miss)
  }
}

function microsWithoutLoading(start: number, loadedBefore: number): number {
  return Math.max(0, monotonicMicros() - start - (loadingClock.micros - loadedBefore))
}
