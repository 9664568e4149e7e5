// Import cost of each module, summed over all test files.

import { getOrMake, increase } from '../profile/columns.js'
import type { Category, Microseconds, Phase } from '../profile/profile.js'
import type { TransformTotals } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { categoryOfModule, packageOf } from '../resolve/categories.js'
import { ModuleCost, type ModuleTimes, moduleTimes } from './module-times.js'
import { ALL_TIME, type TimeSelection } from './timeline.js'

export interface ModuleTotal extends Readonly<ModuleCost> {
  /** Path of the module or transformer. */
  readonly path: string
  /** As in `ModuleTimes`. */
  readonly isTransformer: boolean
  readonly category: Category
  readonly package: string | undefined
  readonly files: number
  /** Self time by the phase in which it was loaded. */
  readonly phases: ReadonlyMap<Phase, Microseconds>
  /** Modules that asked for it → number of test files in which they did. */
  readonly importers: ReadonlyMap<string, number>
  /** Path from the test file to the module, in the test file in which its total is highest. */
  readonly chain: readonly string[]
}

/** A total together with what merging it requires. */
export interface ModuleSum extends ModuleTotal {
  /** `total` in the test file that `chain` comes from. */
  readonly highestTotal: Microseconds
}

type ModuleIdentity = Pick<ModuleTotal, 'path' | 'isTransformer'>

/** A transformer's path may also be a module's, e.g. when its own tests load it. */
function keyOf({ path, isTransformer }: ModuleIdentity): string {
  return isTransformer ? `transformer\0${path}` : path
}

class SummedModule extends ModuleCost implements ModuleSum {
  files = 0
  readonly phases = new Map<Phase, Microseconds>()
  readonly importers = new Map<string, number>()
  chain: readonly string[] = []
  highestTotal: Microseconds = -1
  readonly path: string
  readonly isTransformer: boolean
  category: Category
  readonly package: string | undefined

  constructor({ path, isTransformer }: ModuleIdentity, category: Category) {
    super()
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
    this.#keepHighestTotal(times.total, times)
  }

  join(sum: ModuleSum): void {
    this.files += sum.files
    this.#addTimes(sum)
    for (const [phase, self] of sum.phases) increase(this.phases, phase, self)
    for (const [importer, files] of sum.importers) increase(this.importers, importer, files)
    this.#keepHighestTotal(sum.highestTotal, sum)
  }

  // Spelled out: a loop over names takes about twenty times as long, and a large run has millions of these.
  #addTimes(times: Readonly<ModuleCost>): void {
    this.loads += times.loads
    this.self += times.self
    this.total += times.total
    this.saved += times.saved
    this.resolve += times.resolve
    this.transform += times.transform
    this.compile += times.compile
    this.mock += times.mock
    this.isSampled ||= times.isSampled
  }

  // Ties are broken alphabetically, so that the order of the recordings does not matter.
  #keepHighestTotal(total: Microseconds, of: Pick<ModuleTotal, 'chain'>): void {
    if (total < this.highestTotal) return
    const { chain } = of
    if (total === this.highestTotal && chain.join('\0') >= this.chain.join('\0')) return
    this.highestTotal = total
    this.chain = chain
  }
}

export class ModuleTotals {
  readonly #totals = new Map<string, SummedModule>()
  readonly #transforms = new Map<string, TransformTotals>()

  add(recording: ResolvedRecording, selection: TimeSelection = ALL_TIME): void {
    const { testPath } = recording.header
    for (const times of moduleTimes(recording, selection)) {
      const { path, isTransformer } = times
      const isTest = path === testPath && !isTransformer
      this.#sumOf(times, isTest, () => (isTransformer ? 'transform' : categoryOfModule(path, testPath))).add(
        times,
      )
    }
    // Transforms are summed per file: it is unknown which of them its tests caused.
    if (selection !== ALL_TIME) return
    for (const totals of recording.transforms) this.#addTransforms(totals)
  }

  /** Adds the sums of other recordings. */
  join(modules: readonly ModuleSum[], transforms: readonly TransformTotals[]): void {
    for (const sum of modules) this.#sumOf(sum, sum.category === 'test', () => sum.category).join(sum)
    for (const totals of transforms) this.#addTransforms(totals)
  }

  /** In no particular order. */
  get modules(): ModuleSum[] {
    return [...this.#totals.values()]
  }

  get transforms(): TransformTotals[] {
    return [...this.#transforms.values()]
  }

  #sumOf(named: ModuleIdentity, isTest: boolean, categoryOf: () => Category): SummedModule {
    const sum = getOrMake(this.#totals, keyOf(named), () => new SummedModule(named, categoryOf()))
    if (isTest) sum.category = 'test'
    return sum
  }

  #addTransforms({ transformer, extension, ...sums }: TransformTotals): void {
    const key = `${transformer ?? ''}\0${extension}`
    const known = this.#transforms.get(key)
    if (known === undefined) this.#transforms.set(key, { transformer, extension, ...sums })
    else for (const name of Object.keys(sums) as (keyof typeof sums)[]) known[name] += sums[name]
  }
}
