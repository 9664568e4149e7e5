// Tries the candidates of a batch: which test files pass with each, and what it saves in these.

import { type Batch, type BatchMember, filesOfArm } from './batches.js'
import type { DoctorFacts, SuiteFile } from './candidate.js'
import type { AppliedChange } from './compose.js'
import type { Judged, Measuring, Round } from './measuring.js'
import { type ChangedResult, changedResults } from './results.js'
import { sampleOf } from './sample.js'
import { FEWEST_ROUNDS, MOST_ROUNDS } from './statistics.js'
import type { MeasuredRun } from './suite-runner.js'
import type { TrialResults } from './trial/trial-spec.js'
import { answerOf, namedFiles, type Tried, untried, weightOf } from './tried.js'

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

interface Member extends BatchMember {
  readonly sample: readonly SuiteFile[]
  failed: readonly ChangedResult[]
  /** Those of the sample that pass. */
  passing: readonly SuiteFile[]
  readonly rounds: Round[]
  judged: Judged | undefined
  note: string | null
}

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
    const open = this.#openArms.flat().map(member => this.#triedOf(member).answer.saved?.wallMs ?? 0)
    return Math.max(0, ...open)
  }

  get tried(): Tried[] {
    return this.#arms.flat().map(member => this.#triedOf(member))
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
    const { measuring, candidates } = this.#context
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
        for (const member of arm) {
          const { candidate, passing } = member
          member.rounds.push(round)
          const keys = new Set(keysOf(passing))
          const scale = weightOf(filesOf(member)) / Math.max(1, weightOf(passing))
          const counted = candidate.scope === 'files' ? { keys, scale } : null
          member.judged = measuring.judge(candidate.name, member.rounds, counted, candidates)
        }
      }
    }
  }

  get #openArms(): Member[][] {
    return this.#arms.map(arm => arm.filter(isUndecided)).filter(arm => arm.length > 0)
  }

  #onlyOf(keys: readonly string[]): readonly string[] | null {
    return keys.length === this.#context.facts.files.length ? null : keys
  }

  #triedOf(member: Member): Tried {
    const { candidate, failed, judged, passing, note } = member
    const { facts } = this.#context
    const forbiddenBy = namedFiles(failed, facts)
    if (judged !== undefined)
      return {
        candidate,
        answer: answerOf(
          candidate,
          { judged, files: filesOf(member), measured: passing, forbiddenBy },
          facts,
        ),
      }
    const answer = untried(candidate, note)
    return {
      candidate,
      answer: failed.length === 0 ? answer : { ...answer, verdict: 'forbidden', forbiddenBy },
    }
  }
}

function isUndecided({ passing, judged, rounds }: Member): boolean {
  if (passing.length === 0 || rounds.length >= MOST_ROUNDS) return false
  return judged === undefined || judged.decision === 'open'
}

/** The first run of each arm fills caches and tells which files pass; a round is a run of each, and one of the base. */
export function runsOf(arms: readonly unknown[], rounds: number): number {
  return arms.length + rounds * (arms.length + 1)
}

function keysOf(files: readonly SuiteFile[]): string[] {
  return [...new Set(files.map(({ key }) => key))]
}

/** Where more of a sample fail with a change, those outside of it get none. */
const MOST_FAILING = 0.2

/** Test files that get the change. Those outside of the sample are checked when all that gains runs together. */
function filesOf({ concerned, sample, passing, failed }: Member): readonly SuiteFile[] {
  if (failed.length > MOST_FAILING * sample.length) return passing
  const without = new Set(failed.map(({ key }) => key))
  return concerned.filter(({ key }) => !without.has(key))
}

function changeFor({ change }: BatchMember['candidate'], files: readonly SuiteFile[]): AppliedChange {
  return { change, files: new Set(files.map(({ key }) => key)) }
}

function failuresIn(run: MeasuredRun, base: TrialResults, files: readonly SuiteFile[]): ChangedResult[] {
  const keys = files.map(({ key }) => key)
  if (run.results !== undefined) return changedResults(base, run.results, new Set(keys))
  const lines = run.output.trim().split('\n')
  const reason = `Jest ended without results: ${lines.findLast(line => line.trim() !== '') ?? 'it took too long'}`
  return keys.map(key => {
    return { key, reason }
  })
}

function noTime(neededMs: number, leftMs: number): string {
  const seconds = (ms: number) => Math.ceil(Math.max(0, ms) / 1000)
  return `needs ${seconds(neededMs)} s, ${seconds(leftMs)} s were left: a higher --budget tries it, or --only`
}
