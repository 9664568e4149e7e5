// Modules that could not be loaded. Jest forgets a module whose code threw, so that every further require resolves,
// transforms and runs it again.

import { dirname, resolve } from 'node:path'
import type { FailedModule } from '../recording.js'

/** Modules of one test file, importers of each, and characters of a message: enough to name the cause. */
const MOST_MODULES = 50
const MOST_IMPORTERS = 5
const LONGEST_ERROR = 200

export interface FailedTry {
  /** Its path, or what was asked for. */
  module: string
  isResolved: boolean
  /** Path of the module that asked for it; null: Jest itself. */
  importer: string | null
  start: number
  end: number
}

export class FailureLog {
  readonly #failed = new Map<string, FailedModule>()
  #last: { error: unknown; isResolved: boolean; start: number; end: number } | undefined

  /**
   * What a module throws because another one has thrown it is only noted for the latter. One that needs what cannot be resolved
   * fails by itself: it has run until then, and will run again.
   */
  add(error: unknown, { module, isResolved, importer, start, end }: FailedTry): void {
    const last = this.#last
    const cause = last !== undefined && last.error === error && last.end >= start ? last : undefined
    this.#last = { error, isResolved, start, end }
    if (cause !== undefined && (cause.isResolved || !isResolved)) return
    const isRelative = !isResolved && module.startsWith('.') && importer !== null
    const name = isRelative ? resolve(dirname(importer), module) : module
    const failed = this.#failed.get(name) ?? this.#begin(name, isResolved, error)
    if (failed === undefined) return
    failed.tries++
    // The search is noted for what was searched for.
    const searched = cause === undefined ? 0 : cause.end - cause.start
    failed.micros += Math.max(0, end - start - searched)
    if (importer === null || failed.importers.length === MOST_IMPORTERS) return
    if (!failed.importers.includes(importer)) failed.importers.push(importer)
  }

  modules(): FailedModule[] {
    return [...this.#failed.values()]
  }

  #begin(module: string, isResolved: boolean, error: unknown): FailedModule | undefined {
    if (this.#failed.size === MOST_MODULES) return undefined
    const failed = { module, isResolved, tries: 0, micros: 0, importers: [], error: firstLine(error) }
    this.#failed.set(module, failed)
    return failed
  }
}

/** It comes from a test's own code, which may throw anything. */
function firstLine(error: unknown): string {
  try {
    const { message } = error as { message?: unknown }
    const [line = ''] = (typeof message === 'string' ? message : String(error)).trimStart().split('\n', 1)
    return line.slice(0, LONGEST_ERROR)
  } catch {
    return ''
  }
}
