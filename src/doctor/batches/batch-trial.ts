// Tries the candidates of a batch: which test files pass with each, and what it saves in these.

import type { DoctorFacts } from '../candidate.js'
import type { Measuring } from '../rounds/measuring.js'
import { FEWEST_ROUNDS } from '../rounds/statistics.js'
import type { TrialResults } from '../trial/trial-spec.js'
import type { Tried } from '../tried.js'
import { type Batch, type BatchMember, filesOfArm } from './batches.js'
import {
  changeFor,
  countedOf,
  failuresIn,
  filesOf,
  isOpen,
  isUndecided,
  keysOf,
  type Member,
  triedOf,
} from './member.js'
import { sampleOf } from './sample.js'

export interface TrialContext {
  readonly facts: DoctorFacts
  readonly measuring: Measuring
  /** Results of the plain suite: of the files that have the same ones each time. */
  readonly base: TrialResults
  /** How many candidates the session has. */
  readonly candidates: number
}

/** Rounds of a candidate whose gain is neither large nor none. */
const TYPICAL_ROUNDS = 3
/** The test files of a candidate run at least this long, so that noise does not hide what it saves. */
const LEAST_RUN_MS = 2000

export class BatchTrial {
  readonly #arms: readonly (readonly Member[])[]
  readonly #context: TrialContext
  #rounds = 0

  /** `shareMs`: time for this batch, by which samples are chosen. */
  constructor(batch: Batch, { shareMs, ...context }: TrialContext & { readonly shareMs: number }) {
    const { workers } = context.facts.report.schedule
    this.#context = context
    const runMs = Math.max(LEAST_RUN_MS, shareMs / runsOf(batch, TYPICAL_ROUNDS)) * workers.length
    const all = filesOfArm(batch.flat())
    // The same files for all candidates that concern most of them.
    const common = new Set(sampleOf(all, runMs))
    const sampled = ({ candidate, concerned }: BatchMember, members: number) => {
      if (candidate.scope === 'suite') return concerned
      if (2 * concerned.length < all.length) return sampleOf(concerned, runMs / members)
      return concerned.filter(file => common.has(file))
    }
    this.#arms = batch.map(arm =>
      arm.map(member => {
        const sample = sampled(member, arm.length)
        return { ...member, sample, failed: [], passing: sample, rounds: [], judged: undefined, note: null }
      }),
    )
  }

  get isOpen(): boolean {
    return this.#openArms.length > 0
  }

  /** What the undecided candidates seem to save. */
  get likelyMs(): number {
    const open = this.#openArms
      .flat()
      .map(member => triedOf(member, this.#context.facts).answer.saved?.wallMs ?? 0)
    return Math.max(0, ...open)
  }

  get tried(): Tried[] {
    return this.#arms.flat().map(member => triedOf(member, this.#context.facts))
  }

  /** Runs each changed side once, and then rounds. The batch is left out if it needs more than `leftMs`. */
  async begin(leftMs: number, untilMs: number): Promise<void> {
    const { measuring, base } = this.#context
    const keys = keysOf(this.#arms.flat().flatMap(({ sample }) => sample))
    const neededMs = runsOf(this.#arms, FEWEST_ROUNDS) * measuring.expectedMs(keys)
    if (neededMs > leftMs) {
      for (const member of this.#arms.flat()) {
        member.passing = []
        member.note = noTime(neededMs, leftMs)
      }
      return
    }
    for (const arm of this.#arms) {
      const first = await measuring.run({
        changes: arm.map(({ candidate, concerned }) => changeFor(candidate, concerned)),
        only: this.#onlyOf(keys),
      })
      for (const member of arm) {
        member.failed = failuresIn(first, base, member.sample)
        const failed = new Set(member.failed.map(({ key }) => key))
        const isForbidden = member.candidate.scope !== 'files' && failed.size > 0
        member.passing = isForbidden ? [] : member.sample.filter(({ key }) => !failed.has(key))
      }
    }
    await this.advance(untilMs)
  }

  /** Adds rounds until they decide all candidates, or until a time of `performance.now()`. */
  async advance(untilMs: number): Promise<void> {
    const { measuring } = this.#context
    // As long as the one before took.
    let roundMs = 0
    for (let open = this.#openArms; open.length > 0; open = this.#openArms) {
      const isEnough = open.flat().every(({ rounds }) => rounds.length >= FEWEST_ROUNDS)
      if (isEnough && performance.now() + roundMs > untilMs) return
      const startedMs = performance.now()
      // The same files for all arms and the base, because the first file of a worker takes longer than others.
      const only = this.#onlyOf(keysOf(open.flat().flatMap(({ passing }) => passing)))
      const sides = open.map(arm => {
        return { changes: arm.map(member => changeFor(member.candidate, filesOf(member))), only }
      })
      const rounds = await measuring.round(sides, only, this.#rounds++)
      roundMs = performance.now() - startedMs
      for (const [index, arm] of open.entries()) {
        const round = rounds[index]
        if (round === undefined) continue
        for (const member of arm) member.rounds.push(round)
      }
      this.judge()
    }
  }

  /** What the rounds so far say of what is undecided: more than before, where other trials have shown the noise meanwhile. */
  judge(): void {
    const { measuring, candidates } = this.#context
    for (const member of this.#arms.flat().filter(isUndecided))
      if (member.rounds.length > 0)
        member.judged = measuring.judge(member.candidate.name, member.rounds, countedOf(member), candidates)
  }

  get #openArms(): Member[][] {
    return this.#arms.map(arm => arm.filter(isOpen)).filter(arm => arm.length > 0)
  }

  #onlyOf(keys: readonly string[]): readonly string[] | null {
    return keys.length === this.#context.facts.files.length ? null : keys
  }
}

/** The first run of each arm fills caches and tells which files pass; a round is a run of each, and one of the base. */
export function runsOf(arms: readonly unknown[], rounds: number): number {
  return arms.length + rounds * (arms.length + 1)
}

function noTime(neededMs: number, leftMs: number): string {
  const seconds = (ms: number) => Math.ceil(Math.max(0, ms) / 1000)
  return `needs ${seconds(neededMs)} s, ${seconds(leftMs)} s were left: a higher --budget tries it, or --only`
}
