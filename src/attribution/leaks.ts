// Leaked callbacks, by what created them: started by an ended test, run during a later test that did not wait for them.

import { at, getOrMake, lowerBound } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import type { ResourceKind } from '../recording/wait-kinds.js'
import { sampleWeights } from './sample-times.js'
import { ALL_TIME, type TimeSelection } from './timeline.js'
import { waitPieces } from './wait-pieces.js'
import { type Call, callAt } from './wait-sums.js'

export interface Leak {
  readonly kind: ResourceKind
  /** Innermost frame first; empty if the stack was not read. */
  readonly stack: readonly Call[]
  /** Positions of tests in the file. */
  readonly test: number
  readonly during: number[]
  count: number
  cpu: Microseconds
}

export function leaksOf(recording: ResolvedRecording, selection: TimeSelection = ALL_TIME): Leak[] {
  const { waits, tests } = recording
  if (waits === null) return []
  const { resources, leaks } = waits
  const awaited = new Set(waitPieces(recording).map(({ resource, wokenAt }) => `${resource} ${wokenAt}`))
  const known = new Map<number, Leak>()
  leaks.resource.forEach((resource, row) => {
    const calls = at(resources.stack, resource)
    const creator = tests[at(resources.test, resource)]
    const during = tests[at(leaks.during, row)]
    if (calls?.length === 0 || creator === undefined || during === undefined) return
    if (!selection.hasTest(creator.index)) return
    if (awaited.has(`${resource} ${at(leaks.time, row)}`)) return
    const kind = at(resources.kind, resource)
    const leak = getOrMake(known, resource, () => {
      const stack = (calls ?? []).map(site => callAt(site, recording))
      return { kind, stack, test: creator.index, during: [], count: 0, cpu: 0 }
    })
    if (!leak.during.includes(during.index)) leak.during.push(during.index)
    leak.count += at(leaks.count, row)
    leak.cpu += at(leaks.micros, row) + setOffBy(row, recording)
  })
  return [...known.values()]
}

/** CPU time of code that continues after a callback, such as an async function: until the thread is idle or switches to another test. */
function setOffBy(row: number, recording: ResolvedRecording): Microseconds {
  const { waits, samples, nodes, frames } = recording
  if (waits === null || waits.contexts === null) return 0
  const { leaks, contexts } = waits
  const woken = at(leaks.time, row)
  const turned = contexts.time[lowerBound(contexts.time, woken + 1)] ?? Number.POSITIVE_INFINITY
  const until = Math.min(turned, leaks.time[row + 1] ?? Number.POSITIVE_INFINITY)
  const weights = sampleWeights(recording)
  let sum = 0
  for (
    let sample = lowerBound(samples.time, woken + at(leaks.micros, row));
    sample < samples.time.length && at(samples.time, sample) < until;
    sample++
  ) {
    const frame = at(nodes.frame, at(samples.node, sample))
    if (at(frames, frame).category === 'idle') break
    sum += at(weights, sample)
  }
  return sum
}
