// Who is told of what Jest's runtime does.

import type { CacheKeyLog } from './cache-key-log.js'
import type { FailureLog } from './failure-log.js'
import type { ModuleLog } from './module-log.js'
import type { TransformLog } from './transform-log.js'

export interface RuntimeObserver {
  readonly modules: ModuleLog
  readonly transforms: TransformLog
  readonly failures: FailureLog
  readonly cacheKeys: CacheKeyLog
  /** What transforms its modules: Jest's own ScriptTransformer. */
  scriptTransformer: object | undefined
  /** Jest itself asks for a module: a set-up file or the test file. */
  entryBegins(path: string): void
  entryEnds(path: string): void
}

// Module state: Jest's classes, which are wrapped once, live as long as the process, a recording as long as a test file.
export let observer: RuntimeObserver | undefined

/** Undefined: nobody is told. */
export function setObserver(next: RuntimeObserver | undefined): void {
  observer = next
}
