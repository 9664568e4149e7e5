// Modules that could not be loaded, summed over all test files.

import { compareText } from '../profile/order.js'
import type { FailedModule } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'

export interface FailedModuleSum extends FailedModule {
  files: number
}

const MOST_IMPORTERS = 5

export class FailedModules {
  readonly #sums = new Map<string, FailedModuleSum>()

  add({ failedModules }: Pick<ResolvedRecording, 'failedModules'>): void {
    this.join(failedModules.map(failed => ({ ...failed, files: 1 })))
  }

  /** Adds the sums of other recordings. */
  join(sums: readonly FailedModuleSum[]): void {
    for (const sum of sums) {
      const known = this.#sums.get(sum.module)
      this.#sums.set(sum.module, known === undefined ? sum : added(known, sum))
    }
  }

  /** In no particular order. */
  get sums(): FailedModuleSum[] {
    return [...this.#sums.values()]
  }
}

/** Keeps the importers and the message that come first alphabetically, so that the order of the recordings does not matter. */
function added(one: FailedModuleSum, other: FailedModuleSum): FailedModuleSum {
  const importers = new Set([...one.importers, ...other.importers])
  return {
    module: one.module,
    isResolved: one.isResolved || other.isResolved,
    tries: one.tries + other.tries,
    micros: one.micros + other.micros,
    importers: [...importers].toSorted(compareText).slice(0, MOST_IMPORTERS),
    error: compareText(one.error, other.error) <= 0 ? one.error : other.error,
    files: one.files + other.files,
  }
}
