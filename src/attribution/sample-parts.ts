// Distributes CPU time, time without a core and blocked time over the samples of a recording.
//
// A sample represents the time until the next one, and the segment in which it was taken. In a segment of many intervals, this
// agrees with the thread's clock except for chance, so its samples share exactly the time that the clock gives. Short segments are
// hit by chance only, so all of them share their time together: otherwise a test without a sample would have no code, and the next
// test too much.

import { least, sum } from 'd3-array'
import { at, getOrMake } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { blockingKinds, standsStill } from './blocking.js'
import { perRecording } from './per-recording.js'
import { sampleTimes, sampleWeights } from './sample-times.js'
import { sampledPieces } from './sampled-pieces.js'
import { type Times, timelineTimes } from './segment-times.js'
import { ALL_TIME, type TimeSelection, timeline } from './timeline.js'

/** Whole microseconds. */
interface CpuAndReady {
  cpu: Microseconds
  ready: Microseconds
}

interface SampleParts {
  /** Columns by sample. Both are 0 for idle samples. */
  readonly cpu: readonly Microseconds[]
  readonly ready: readonly Microseconds[]
  readonly blocked: readonly Microseconds[]
  /** Whether more of the sample was blocked than CPU time in the whole run, so that it is counted there in every selection. */
  readonly isMostlyBlocked: readonly boolean[]
  /** Time that no sample represents: its segment and its start. Chronological. */
  readonly unseen: readonly (CpuAndReady & { segment: number; start: Microseconds })[]
}

/** In intervals: the samples of a segment this long represent that segment alone. */
const MANY = 5

/** The samples of each selected test share the time of that test, as its functions do in the report of the whole run. */
export function sampleParts(recording: ResolvedRecording, selection: TimeSelection = ALL_TIME): SampleParts {
  return selection === ALL_TIME ? partsOfAll(recording) : scaledParts(recording, selection)
}

const partsOfAll = perRecording((recording): SampleParts => {
  const seen = seenBySample(recording)
  const shares = sampleShares(recording, seen)
  let left = 0
  const columns = { cpu: [] as number[], ready: [] as number[], blocked: [] as number[] }
  seen.forEach((sample, index) => {
    const { cpu, ready } = shares.of(sample, index)
    columns.cpu.push(cpu)
    columns.ready.push(ready)
    const whole = Math.round(sample.blocked + left)
    left += sample.blocked - whole
    columns.blocked.push(whole)
  })
  const isMostlyBlocked = columns.blocked.map((blocked, sample) => blocked > at(columns.cpu, sample))
  return { ...columns, isMostlyBlocked, unseen: shares.unseen() }
})

/** Time of a test or another owner of segments, and the part that its samples account for so far. */
interface Owned {
  readonly took: CpuAndReady
  readonly sampled: CpuAndReady
  readonly left: CpuAndReady
}

function scaledParts(recording: ResolvedRecording, selection: TimeSelection): SampleParts {
  const all = partsOfAll(recording)
  const segments = timeline(recording)
  const owned = ownedParts(recording, selection, all)
  const scaled = segmentsOfSamples(recording).map((segment, sample) =>
    scale(owned[segment], { cpu: at(all.cpu, sample), ready: at(all.ready, sample) }),
  )
  const unseen = new Map(
    all.unseen.map(({ segment, start, ...parts }) => [
      segment,
      { segment, start, ...scale(owned[segment], parts) },
    ]),
  )
  // Owners whose time no sample accounts for: what took it is unknown.
  const known = new Set<Owned>()
  owned.forEach((owner, segment) => {
    if (owner === undefined || known.has(owner)) return
    known.add(owner)
    const entry = unseen.get(segment) ?? { segment, start: at(segments, segment).start, cpu: 0, ready: 0 }
    if (owner.sampled.cpu === 0) entry.cpu += Math.round(owner.took.cpu)
    if (owner.sampled.ready === 0) entry.ready += Math.round(owner.took.ready)
    if (entry.cpu + entry.ready > 0) unseen.set(segment, entry)
  })
  return {
    cpu: scaled.map(({ cpu }) => cpu),
    ready: scaled.map(({ ready }) => ready),
    blocked: all.blocked,
    isMostlyBlocked: all.isMostlyBlocked,
    unseen: [...unseen.values()].toSorted((a, b) => a.segment - b.segment),
  }
}

/** By segment; undefined if it is not selected. */
function ownedParts(
  recording: ResolvedRecording,
  selection: TimeSelection,
  all: SampleParts,
): readonly (Owned | undefined)[] {
  const times = timelineTimes(recording)
  const byOwner = new Map<string, Owned>()
  const owned = timeline(recording).map((segment, index) => {
    if (!selection.hasSegment(segment)) return undefined
    const { test, attempt, group } = segment.owner ?? {}
    const key = test === undefined ? `group ${group}` : `${test} ${attempt}`
    const owner = getOrMake(byOwner, key, () => ({
      took: { ...NOTHING },
      sampled: { ...NOTHING },
      left: { ...NOTHING },
    }))
    addTo(owner.took, at(times, index))
    return owner
  })
  segmentsOfSamples(recording).forEach((segment, sample) => {
    addTo(owned[segment]?.sampled, { cpu: at(all.cpu, sample), ready: at(all.ready, sample) })
  })
  for (const { segment, ...parts } of all.unseen) addTo(owned[segment]?.sampled, parts)
  return owned
}

const NOTHING: Readonly<CpuAndReady> = { cpu: 0, ready: 0 }

function addTo(sum: CpuAndReady | undefined, { cpu, ready = 0 }: Pick<Times, 'cpu' | 'ready'>): void {
  if (sum === undefined) return
  sum.cpu += cpu
  sum.ready += ready
}

function scale(owner: Owned | undefined, { cpu, ready }: CpuAndReady): Readonly<CpuAndReady> {
  if (owner === undefined) return NOTHING
  const { took, sampled } = owner
  return rounded(owner, {
    cpu: cpu === 0 ? 0 : (cpu * took.cpu) / sampled.cpu,
    ready: ready === 0 ? 0 : (ready * took.ready) / sampled.ready,
  })
}

interface SampleTime {
  /** Time of code other than garbage collections, as given by the timestamps of its samples. */
  busy: Microseconds
  /** Time that the thread's clock gives to the sample itself: of collections, and CPU time in calls that may block. */
  ownCpu: Microseconds
  ownReady: Microseconds
  blocked: Microseconds
}

function seenBySample(recording: ResolvedRecording): SampleTime[] {
  const { start, sample, state, ran } = sampledPieces(recording)
  const weights = sampleWeights(recording)
  const blocking = blockingKinds(recording)
  const seen = recording.samples.time.map((): SampleTime => ({ busy: 0, ownCpu: 0, ownReady: 0, blocked: 0 }))
  start.forEach((from, piece) => {
    const own = seen[at(sample, piece)]
    if (own === undefined) return
    const within = (start[piece + 1] ?? recording.header.wallMicros) - from
    const cpu = at(ran, piece) * within
    if (state[piece] === 'gc') {
      own.ownCpu += cpu
      own.ownReady += within - cpu
    } else if (state[piece] === 'blocked') {
      // A synchronous call may compute rather than wait, as a copy of a large file does.
      if (!standsStill(blocking[at(recording.samples.node, at(sample, piece))])) own.ownCpu += cpu
      own.blocked += within - cpu
    } else if (state[piece] === 'busy') own.busy = at(weights, at(sample, piece))
  })
  return seen
}

/** Segments whose samples share the segments' time. */
interface Group extends CpuAndReady {
  /** Sum of the shares of code whose time the clock does not give, and of the time that it does. */
  busy: Microseconds
  ownCpu: Microseconds
  ownReady: Microseconds
  /** Remainder from rounding so far. */
  left: CpuAndReady
}

function sampleShares(recording: ResolvedRecording, seen: readonly SampleTime[]) {
  const times = timelineTimes(recording)
  const segments = segmentsOfSamples(recording)
  const before = timeBeforeSamples(recording)
  const groups = groupsOf(times, recording.header.samplingIntervalMicros ?? 0)
  before.forEach((busy, segment) => {
    at(groups, segment).busy += busy
  })
  seen.forEach(({ busy, ownCpu, ownReady }, sample) => {
    const group = groups[at(segments, sample)]
    if (group === undefined) return
    group.busy += busy
    group.ownCpu += ownCpu
    group.ownReady += ownReady
  })
  return {
    of({ busy, ownCpu, ownReady }: SampleTime, sample: number): Readonly<CpuAndReady> {
      const group = groups[at(segments, sample)]
      if (group === undefined) return NOTHING
      return busy > 0 ? codePart(group, busy) : ownPart(group, { cpu: ownCpu, ready: ownReady })
    },
    unseen: (): SampleParts['unseen'] =>
      timeline(recording).flatMap(({ start }, segment) => {
        const group = at(groups, segment)
        const { cpu, ready = 0 } = at(times, segment)
        const isUnseen = group.busy + group.ownCpu + group.ownReady === 0
        const busyBefore = at(before, segment)
        const parts = isUnseen ? rounded(group, { cpu, ready }) : codePart(group, busyBefore)
        return busyBefore > 0 || parts.cpu + parts.ready > 0 ? [{ segment, start, ...parts }] : []
      }),
  }
}

function segmentsOfSamples(recording: ResolvedRecording): number[] {
  const segments = timeline(recording)
  let segment = 0
  return sampleTimes(recording).map(timestamp => {
    while (segment < segments.length - 1 && at(segments, segment).end <= timestamp) segment++
    return segment
  })
}

/** For each segment, how much of it had passed at the first sample. */
function timeBeforeSamples(recording: ResolvedRecording): Microseconds[] {
  const first = recording.samples.time[0] ?? recording.header.wallMicros
  return timeline(recording).map(({ start, end }) => Math.max(0, Math.min(end, first) - start))
}

function groupsOf(times: readonly Times[], interval: Microseconds): Group[] {
  const many = MANY * interval
  const busyOf = ({ cpu, ready = 0 }: Times) => cpu + ready
  const isLong = (entry: Times) => busyOf(entry) >= many
  const short = times.filter(entry => !isLong(entry))
  const shortest = least(times.filter(isLong), busyOf)
  const areFew = sum(short, busyOf) < many
  const together = emptyGroup()
  return times.map(entry => {
    const group = isLong(entry) && !(areFew && entry === shortest) ? emptyGroup() : together
    addTo(group, entry)
    return group
  })
}

function emptyGroup(): Group {
  return { ...NOTHING, busy: 0, ownCpu: 0, ownReady: 0, left: { ...NOTHING } }
}

/** Whether collections and synchronous calls get the time that they themselves took, and other code gets the rest. */
function isClocksOwn({ cpu, ready, busy, ownCpu, ownReady }: Group): boolean {
  return busy > 0 && cpu >= ownCpu && ready >= ownReady
}

function codePart(group: Group, busy: Microseconds): Readonly<CpuAndReady> {
  if (busy === 0) return NOTHING
  const isOwn = isClocksOwn(group)
  const share = busy / (isOwn ? group.busy : group.busy + group.ownCpu + group.ownReady)
  const [ownCpu, ownReady] = isOwn ? [group.ownCpu, group.ownReady] : [0, 0]
  return rounded(group, { cpu: (group.cpu - ownCpu) * share, ready: (group.ready - ownReady) * share })
}

function ownPart(group: Group, own: CpuAndReady): Readonly<CpuAndReady> {
  const took = own.cpu + own.ready
  if (took === 0) return NOTHING
  if (isClocksOwn(group)) return rounded(group, own)
  const share = took / (group.busy + group.ownCpu + group.ownReady)
  return rounded(group, { cpu: group.cpu * share, ready: group.ready * share })
}

/** Rounds such that the whole microseconds add up to the total. */
function rounded({ left }: { readonly left: CpuAndReady }, { cpu, ready }: CpuAndReady): CpuAndReady {
  const whole = { cpu: Math.round(cpu + left.cpu), ready: Math.round(ready + left.ready) }
  left.cpu += cpu - whole.cpu
  left.ready += ready - whole.ready
  return whole
}
