// Tries all candidates, batch by batch, in the time that there is.

import type { Base } from '../base.js'
import type { Candidate, DoctorFacts } from '../candidate.js'
import type { Measuring } from '../rounds/measuring.js'
import { FEWEST_ROUNDS } from '../rounds/statistics.js'
import { uninterrupted } from '../runs/suite-runner.js'
import type { Tried } from '../tried.js'
import { BatchTrial, runsOf } from './batch-trial.js'
import { batchesOf } from './batches.js'

export interface TryAllInput {
  readonly facts: DoctorFacts
  readonly measuring: Measuring
  readonly base: Base
  readonly endMs: number
  readonly announce: (text: string) => void
}

/**
 * The most promising first, each batch in its share of what is left beside the confirmation of all that pays; then more rounds for
 * what they left open.
 */
export async function tryAll(candidates: readonly Candidate[], input: TryAllInput): Promise<Tried[]> {
  const { facts, measuring, base, endMs, announce } = input
  // The first run of all that gains may fail, and be repeated without some files.
  const untilMs = endMs - (runsOf([0], FEWEST_ROUNDS) + 1) * base.wallMs
  const steady = new Set(base.results.files.map(({ key }) => key))
  const batches = batchesOf(candidates, facts, steady)
  const trials: BatchTrial[] = []
  let left = candidates.length
  for (const [index, batch] of batches.entries()) {
    const leftMs = untilMs - performance.now()
    const members = batch.flat()
    const shareMs = (leftMs * members.length) / left
    const titles = members.map(({ candidate }) => candidate.title).join('; ')
    announce(`${index + 1} of ${batches.length}: ${titles}`)
    left -= members.length
    const context = { facts, measuring, base: base.results, candidates: candidates.length, shareMs }
    const trial = new BatchTrial(batch, context)
    trials.push(trial)
    await uninterrupted(() => trial.begin(leftMs, performance.now() + shareMs))
  }
  for (const trial of trials) trial.judge()
  for (const trial of trials.toSorted((a, b) => b.likelyMs - a.likelyMs)) {
    if (!trial.isOpen || performance.now() > untilMs) continue
    announce('more rounds for what is undecided')
    await uninterrupted(() => trial.advance(untilMs))
  }
  for (const trial of trials) trial.judge()
  return trials.flatMap(trial => trial.tried)
}
