// Modules that could not be loaded. Jest forgets a module whose code threw: every further `require` resolves, transforms and
// runs it again.

import { dirname, resolve } from 'node:path'
import type { FailedModule } from '../../recording/recording.js'

/** Most modules of a test file, importers of each, and characters of a message: enough to name the cause. */
const MOST_MODULES = 50
const MOST_IMPORTERS = 5
const LONGEST_ERROR = 200

export interface FailedTry {
  /** Its path; where it could not be resolved, what was asked for. */
  module: string
  isResolved: boolean
  /** Path of the module that asked for it; null: Jest itself did. */
  importer: string | null
  start: number
  end: number
}

export class FailureLog {
  readonly #failed = new Map<string, FailedModule>()
  #last: (FailedTry & { error: unknown }) | undefined

  /**
   * An error that one module throws because another one has thrown it is noted for the latter alone. A module that needs what cannot
   * be resolved fails by itself: it has run until then, and will run again.
   */
  add(error: unknown, { module, isResolved, importer, start, end }: FailedTry): void {
    const cause = this.#causeOf(error, start)
    this.#last = { error, module, isResolved, importer, start, end }
    if (cause !== undefined && (cause.isResolved || !isResolved)) return
    const name = nameOf({ module, isResolved, importer })
    const failed = this.#failed.get(name) ?? this.#begin(name, isResolved, error)
    if (failed === undefined) return
    failed.tries++
    // The time of the search is noted for the module that was searched for.
    const searched = cause === undefined ? 0 : cause.end - cause.start
    failed.micros += Math.max(0, end - start - searched)
    if (importer === null || failed.importers.length === MOST_IMPORTERS) return
    if (!failed.importers.includes(importer)) failed.importers.push(importer)
  }

  /** A request as a whole has found nothing: after a first search Jest goes on, also for files with similar names. */
  asked(error: unknown, request: FailedTry): void {
    const cause = this.#causeOf(error, request.start)
    if (cause === undefined) this.add(error, request)
    else if (!cause.isResolved && cause.module === request.module && cause.importer === request.importer) {
      const failed = this.#failed.get(nameOf(request))
      if (failed !== undefined)
        failed.micros += Math.max(0, request.end - request.start - (cause.end - cause.start))
      this.#last = { ...request, error }
    }
  }

  modules(): FailedModule[] {
    return [...this.#failed.values()]
  }

  /** The failure that the same error was noted for since `start`; undefined when there is none. */
  #causeOf(error: unknown, start: number): FailedTry | undefined {
    const last = this.#last
    return last !== undefined && last.error === error && last.end >= start ? last : undefined
  }

  #begin(module: string, isResolved: boolean, error: unknown): FailedModule | undefined {
    if (this.#failed.size === MOST_MODULES) return undefined
    const failed = { module, isResolved, tries: 0, micros: 0, importers: [], error: firstLine(error) }
    this.#failed.set(module, failed)
    return failed
  }
}

function nameOf({ module, isResolved, importer }: Omit<FailedTry, 'start' | 'end'>): string {
  const isRelative = !isResolved && module.startsWith('.') && importer !== null
  return isRelative ? resolve(dirname(importer), module) : module
}

/** The error comes from a test's own code, which may throw anything. */
function firstLine(error: unknown): string {
  try {
    const { message } = error as { message?: unknown }
    const [line = ''] = (typeof message === 'string' ? message : String(error)).trimStart().split('\n', 1)
    return line.slice(0, LONGEST_ERROR)
  } catch {
    return ''
  }
}
