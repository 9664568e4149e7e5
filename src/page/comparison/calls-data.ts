// The calls of both sides as typed arrays.

import type { PageCalls } from '../../formats/html/comparison-page-data.js'
import type { Phase } from '../../profile/profile.js'
import { CodeData } from '../data/code-data.js'
import { chosenValues } from '../data/selection.js'

export interface CallSelection {
  readonly phase: Phase | undefined
  /** The name of a value, or ALL_TIME. */
  readonly value: string
}

export class CallsData extends CodeData {
  readonly runs: PageCalls['runs']
  readonly intervalMicros: number
  /** Frames that may be each other's and cannot be told. */
  readonly uncertain: ReadonlySet<number>
  /** Which lines functions were seen at is not kept. */
  readonly lines = { frame: [], line: [], weight: [] }
  readonly cuts: readonly string[]
  readonly phases: readonly Phase[]
  readonly #page: PageCalls

  constructor(page: PageCalls) {
    super(page)
    this.#page = page
    this.runs = page.runs
    this.intervalMicros = page.intervalMicros
    this.uncertain = new Set(page.uncertain)
    this.cuts = page.cuts
    const seen = new Set(page.scopes.phase)
    this.phases = page.phases.filter((_, phase) => seen.has(phase))
  }

  /** `run`: those of base first. `weight` in the unit of the value. */
  eachSample(
    { phase, value }: CallSelection,
    take: (sample: { stack: number; run: number; weight: number }) => void,
  ): void {
    const { scopes, phases } = this.#page
    for (const samples of chosenValues(this, value))
      samples.stack.forEach((stack, row) => {
        const scope = samples.scope[row] ?? -1
        if (phase !== undefined && phases[scopes.phase[scope] ?? -1] !== phase) return
        take({ stack, run: scopes.run[scope] ?? 0, weight: samples.weight[row] ?? 0 })
      })
  }
}
