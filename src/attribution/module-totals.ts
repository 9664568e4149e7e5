// What importing each module cost, summed over all test files: feeding it many recordings is the merge.

import { increase } from '../profile/columns.js'
import type { Category, Microseconds, Phase } from '../profile/profile.js'
import type { TransformTotals } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { categoryOfModule, packageOf } from '../resolve/categories.js'
import { type ModuleTimes, moduleTimes } from './module-times.js'
import { ALL_TIME, type TimeSelection } from './time-selection.js'

/** One module in all test files; times as in `ModuleTimes`. */
export interface ModuleTotal {
  /** The module's, or the transformer's. */
  readonly path: string
  /** As in `ModuleTimes`. */
  readonly isTransformer: boolean
  readonly category: Category
  readonly package: string | undefined
  readonly loads: number
  readonly self: Microseconds
  readonly total: Microseconds
  readonly saved: Microseconds
  readonly resolve: Microseconds
  readonly transform: Microseconds
  readonly compile: Microseconds
  readonly mock: Microseconds
  /** Test files that loaded it. */
  readonly files: number
  /** Self time by the phase in which it was loaded. */
  readonly phases: ReadonlyMap<Phase, Microseconds>
  /** Modules that asked for it, by the number of test files in which they did. */
  readonly importers: ReadonlyMap<string, number>
  /** From the test file down to it, in the test file in which it cost most. */
  readonly chain: readonly string[]
}

/** With what adding it to another sum takes. */
export interface ModuleSum extends ModuleTotal {
  /** `total` in the test file that `chain` is of. */
  readonly dearest: Microseconds
}

type ModuleIdentity = Pick<ModuleTotal, 'path' | 'isTransformer'>

/** A transformer's path may be a module's, too, as where its own tests load it. */
function keyOf({ path, isTransformer }: ModuleIdentity): string {
  return isTransformer ? `transformer\0${path}` : path
}

class SummedModule implements ModuleSum {
  loads = 0
  self: Microseconds = 0
  total: Microseconds = 0
  saved: Microseconds = 0
  resolve: Microseconds = 0
  transform: Microseconds = 0
  compile: Microseconds = 0
  mock: Microseconds = 0
  files = 0
  readonly phases = new Map<Phase, Microseconds>()
  readonly importers = new Map<string, number>()
  chain: readonly string[] = []
  dearest: Microseconds = -1
  readonly path: string
  readonly isTransformer: boolean
  category: Category
  readonly package: string | undefined

  constructor({ path, isTransformer }: ModuleIdentity, category: Category) {
    this.path = path
    this.isTransformer = isTransformer
    this.category = category
    this.package = packageOf(path)
  }

  add(times: ModuleTimes): void {
    this.files++
    this.#addTimes(times)
    for (const phase of Object.keys(times.phases) as Phase[])
      increase(this.phases, phase, times.phases[phase] ?? 0)
    for (const importer of times.importers) increase(this.importers, importer, 1)
    this.#keepDearest(times.total, times)
  }

  join(sum: ModuleSum): void {
    this.files += sum.files
    this.#addTimes(sum)
    for (const [phase, self] of sum.phases) increase(this.phases, phase, self)
    for (const [importer, files] of sum.importers) increase(this.importers, importer, files)
    this.#keepDearest(sum.dearest, sum)
  }

  #addTimes(
    times: Pick<
      ModuleTotal,
      'loads' | 'self' | 'total' | 'saved' | 'resolve' | 'transform' | 'compile' | 'mock'
    >,
  ): void {
    this.loads += times.loads
    this.self += times.self
    this.total += times.total
    this.saved += times.saved
    this.resolve += times.resolve
    this.transform += times.transform
    this.compile += times.compile
    this.mock += times.mock
  }

  // Among equals the chain that comes first as a text: the order of the recordings must not matter.
  #keepDearest(total: Microseconds, of: { readonly chain: readonly string[] }): void {
    if (total < this.dearest) return
    const { chain } = of
    if (total === this.dearest && chain.join('\0') >= this.chain.join('\0')) return
    this.dearest = total
    this.chain = chain
  }
}

export class ModuleTotals {
  readonly #totals = new Map<string, SummedModule>()
  readonly #transforms = new Map<string, TransformTotals>()

  add(recording: ResolvedRecording, selection: TimeSelection = ALL_TIME): void {
    for (const times of moduleTimes(recording, selection)) this.#add(times, recording.header.testPath)
    // They are sums over the file: nothing tells which were made for some of its tests.
    if (selection !== ALL_TIME) return
    for (const totals of recording.transforms) this.#addTransforms(totals)
  }

  /** Adds what other recordings came to. */
  join({
    modules,
    transforms,
  }: {
    modules: readonly ModuleSum[]
    transforms: readonly TransformTotals[]
  }): void {
    for (const sum of modules) {
      const own = this.#totals.get(keyOf(sum)) ?? this.#begin(sum, sum.category)
      if (sum.category === 'test') own.category = 'test'
      own.join(sum)
    }
    for (const totals of transforms) this.#addTransforms(totals)
  }

  /** In no particular order. */
  get modules(): ModuleSum[] {
    return [...this.#totals.values()]
  }

  get transforms(): TransformTotals[] {
    return [...this.#transforms.values()]
  }

  #add(times: ModuleTimes, testPath: string): void {
    const { path, isTransformer } = times
    const category = isTransformer ? 'transform' : categoryOfModule(path, testPath)
    const sum = this.#totals.get(keyOf(times)) ?? this.#begin(times, category)
    if (category === 'test') sum.category = 'test'
    sum.add(times)
  }

  #begin(named: ModuleIdentity, category: Category): SummedModule {
    const sum = new SummedModule(named, category)
    this.#totals.set(keyOf(named), sum)
    return sum
  }

  #addTransforms({ transformer, extension, ...sums }: TransformTotals): void {
    const key = `${transformer ?? ''}\0${extension}`
    const known = this.#transforms.get(key)
    if (known === undefined) this.#transforms.set(key, { transformer, extension, ...sums })
    else {
      known.files += sums.files
      known.misses += sums.misses
      known.uncached += sums.uncached
      known.micros += sums.micros
      known.missMicros += sums.missMicros
      known.loadMicros += sums.loadMicros
      known.missLoadMicros += sums.missLoadMicros
    }
  }
}
