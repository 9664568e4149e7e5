// What importing each module cost, summed over all test files: feeding it many recordings is the merge.

import type { TransformTotals } from '../collect/recording.js'
import type { Category, Microseconds, Phase } from '../profile/profile.js'
import { categoryOfModule, packageOf } from './categories.js'
import { type ModuleTimes, moduleTimes } from './module-times.js'
import type { ResolvedRecording } from './resolved-recording.js'

export interface ModuleTotal extends Omit<ModuleTimes, 'importers' | 'chain' | 'phases'> {
  category: Category
  package: string | undefined
  /** Test files that loaded it. */
  files: number
  phases: Map<Phase, Microseconds>
  /** Modules that asked for it, by the number of test files in which they did. */
  importers: Map<string, number>
  /** The chain in the test file in which it cost most, from the test file down to it. */
  chain: string[]
}

export class ModuleTotals {
  readonly #totals = new Map<string, ModuleTotal>()
  readonly #dearest = new Map<string, Microseconds>()
  readonly #transforms = new Map<string, TransformTotals>()
  #unobserved = 0

  add(recording: ResolvedRecording): void {
    if (recording.modules === null) this.#unobserved++
    for (const times of moduleTimes(recording)) this.#add(times, recording.header.testPath)
    for (const totals of recording.transforms) this.#addTransforms(totals)
  }

  /** In no particular order. */
  get modules(): ModuleTotal[] {
    return [...this.#totals.values()]
  }

  get transforms(): TransformTotals[] {
    return [...this.#transforms.values()]
  }

  /** Recordings of a Jest whose runtime could not be observed: their modules are not known. */
  get unobserved(): number {
    return this.#unobserved
  }

  #add(times: ModuleTimes, testPath: string): void {
    const { path, importers, chain, phases, ...sums } = times
    let total = this.#totals.get(path)
    if (total === undefined) {
      const category = categoryOfModule(path, testPath)
      const zero = { loads: 0, self: 0, total: 0, saved: 0, resolve: 0, transform: 0, compile: 0 }
      total = {
        ...{ path, category, package: packageOf(path), ...zero, files: 0 },
        ...{ phases: new Map(), importers: new Map(), chain },
      }
      this.#totals.set(path, total)
    }
    for (const key of Object.keys(sums) as (keyof Omit<typeof sums, 'path'>)[]) total[key] += sums[key]
    total.files++
    for (const [phase, self] of Object.entries(phases) as [Phase, Microseconds][])
      total.phases.set(phase, (total.phases.get(phase) ?? 0) + self)
    for (const importer of importers) total.importers.set(importer, (total.importers.get(importer) ?? 0) + 1)
    this.#keepDearest(total, times)
  }

  // Of equals the chain that comes first as a text: the order of the recordings must not matter.
  #keepDearest(total: ModuleTotal, { path, total: cost, chain }: ModuleTimes): void {
    const dearest = this.#dearest.get(path) ?? -1
    const comesFirst = chain.join('\0') < total.chain.join('\0')
    if (cost < dearest || (cost === dearest && !comesFirst)) return
    this.#dearest.set(path, cost)
    total.chain = chain
  }

  #addTransforms({ transformer, extension, ...sums }: TransformTotals): void {
    const key = `${transformer ?? ''}\0${extension}`
    const known = this.#transforms.get(key)
    if (known === undefined) this.#transforms.set(key, { transformer, extension, ...sums })
    else {
      known.files += sums.files
      known.misses += sums.misses
      known.micros += sums.micros
      known.missMicros += sums.missMicros
    }
  }
}
