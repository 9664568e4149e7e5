// Modules that could not be loaded. Jest loads a module whose code threw again at each further `require`.

import { dirname, resolve } from 'node:path'
import type { FailedModule } from '../../recording/recording.js'

/** Limits of modules for each test file, importers for each module, and characters of a message. */
const MOST_MODULES = 50
const MOST_IMPORTERS = 5
const LONGEST_ERROR = 200

export interface FailedTry {
  /** Its path; if it could not be resolved, the requested name. */
  module: string
  isResolved: boolean
  /** Path of the module that required it; null: Jest itself. */
  importer: string | null
  start: number
  end: number
}

export class FailureLog {
  readonly #failed = new Map<string, FailedModule>()
  #last: (FailedTry & { error: unknown }) | undefined

  /**
   * Adds a failed attempt. An error that passes through several modules counts for the innermost alone. But if a module could not
   * be resolved, the module that requires it counts as failed, too: it has run, and will run again.
   */
  add(error: unknown, { module, isResolved, importer, start, end }: FailedTry): void {
    const cause = this.#causeOf(error, start)
    this.#last = { error, module, isResolved, importer, start, end }
    if (cause !== undefined && (cause.isResolved || !isResolved)) return
    const name = nameOf({ module, isResolved, importer })
    const failed = this.#failed.get(name) ?? this.#begin(name, isResolved, error)
    if (failed === undefined) return
    failed.tries++
    // The time of a failed search counts for the module that was not found.
    const searched = cause === undefined ? 0 : cause.end - cause.start
    failed.micros += Math.max(0, end - start - searched)
    if (importer === null || failed.importers.length === MOST_IMPORTERS) return
    if (!failed.importers.includes(importer)) failed.importers.push(importer)
  }

  /** Adds the rest of a failed request: after its first search Jest continues, for example for files with similar names. */
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

  /** Returns the last failure if it was of the same error and since `start`; otherwise undefined. */
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

/** Returns the first line of the message; user code may throw anything. */
function firstLine(error: unknown): string {
  try {
    const { message } = error as { message?: unknown }
    const [line = ''] = (typeof message === 'string' ? message : String(error)).trimStart().split('\n', 1)
    return line.slice(0, LONGEST_ERROR)
  } catch {
    return ''
  }
}
