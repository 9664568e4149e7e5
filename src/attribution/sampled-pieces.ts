// Splits a recording's time at its samples and at the readings of the thread's CPU clock. Each piece has the sampled state and the
// share of it that the thread ran. All times of the report are sums of pieces.

import { at, firstWhere } from '../profile/columns.js'
import type { Microseconds } from '../profile/profile.js'
import type { ThreadClock } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { blockingKinds } from './blocking.js'
import { perRecording } from './per-recording.js'
import { longestStep, ranBetween } from './thread-clock.js'

/** State in a sample; `gc` is a kind of `busy`. */
export type State = 'busy' | 'idle' | 'gc' | 'blocked'

/** Columns, in chronological order. A piece lasts until the next one, the last until the recording ends. */
interface Pieces {
  readonly start: readonly Microseconds[]
  /** The sample that determines its state; -1 before the first sample. */
  readonly sample: readonly number[]
  readonly state: readonly State[]
  /** Share of the piece that the thread ran, by its own clock. The rest was without a core if it was busy, else idle or blocked. */
  readonly ran: readonly number[]
  /** Step of the thread's clock; undefined without a clock, where only the samples are known. */
  readonly step: Microseconds | undefined
  readonly clockedUntil: Microseconds
}

const NO_SAMPLE = -1

export const sampledPieces = perRecording((recording): Pieces => {
  const clock = clockOf(recording)
  const { reading, ...cut } = cutPieces(recording, clock?.time ?? [])
  if (clock === undefined) {
    const ran = cut.state.map(state => (isBusy(state) ? 1 : 0))
    return { ...cut, ran, step: undefined, clockedUntil: 0 }
  }
  const step = longestStep(clock)
  const ran = sharesRun({ ...cut, reading }, { ...clock, step }, recording.header.wallMicros)
  return { ...cut, ran, step, clockedUntil: clock.time.at(-1) ?? 0 }
})

/** Returns the idle time, in whole microseconds, from the beginning of a recording to a timestamp. */
export const idleUntil = perRecording((recording): ((timestamp: Microseconds) => Microseconds) => {
  const { start, state, ran } = sampledPieces(recording)
  const idleIn = (piece: number, end: Microseconds) =>
    state[piece] === 'idle' ? (1 - at(ran, piece)) * (end - at(start, piece)) : 0
  const before: Microseconds[] = []
  let sum = 0
  start.forEach((_, piece) => {
    before.push(sum)
    sum += idleIn(piece, start[piece + 1] ?? recording.header.wallMicros)
  })
  return timestamp => {
    const piece = Math.max(0, firstWhere(start.length, row => at(start, row) > timestamp) - 1)
    return Math.round(at(before, piece) + idleIn(piece, timestamp))
  }
})

/** Readings within the recording; undefined if there are fewer than two. */
function clockOf({ clock, header }: ResolvedRecording): ThreadClock | undefined {
  if (clock === null || clock.time.length < 2) return undefined
  const time = clock.time.map(timestamp => Math.min(Math.max(timestamp, 0), header.wallMicros))
  return { ...clock, time }
}

function isBusy(state: State): boolean {
  return state === 'busy' || state === 'gc'
}

interface Cut extends Pick<Pieces, 'start' | 'sample' | 'state'> {
  /** Position of the last reading of the clock at or before the start of the piece; -1 if there is none. */
  readonly reading: readonly number[]
}

function cutPieces(recording: ResolvedRecording, readings: readonly Microseconds[]): Cut {
  const { samples } = recording
  const stateOf = stateFinder(recording)
  const cut = { start: [0], sample: [NO_SAMPLE], state: [stateOf(NO_SAMPLE)], reading: [-1] }
  const add = (start: Microseconds, sample: number, reading: number) => {
    cut.start.push(start)
    cut.sample.push(sample)
    cut.state.push(stateOf(sample))
    cut.reading.push(reading)
  }
  let [sample, reading] = [NO_SAMPLE, -1]
  const next = () => samples.time[sample + 1] ?? Number.POSITIVE_INFINITY
  for (const timestamp of readings) {
    while (next() < timestamp) add(next(), ++sample, reading)
    add(timestamp, sample, ++reading)
  }
  while (next() < Number.POSITIVE_INFINITY) add(next(), ++sample, reading)
  return cut
}

function stateFinder(recording: ResolvedRecording): (sample: number) => State {
  const { nodes, frames, samples } = recording
  const blocking = blockingKinds(recording)
  return sample => {
    // Before the first sample, the thread counts as busy.
    if (sample === NO_SAMPLE) return 'busy'
    const node = at(samples.node, sample)
    const { category } = at(frames, at(nodes.frame, node))
    if (category === 'idle' || category === 'gc') return category
    return blocking[node] === undefined ? 'busy' : 'blocked'
  }
}

interface StateTimes {
  busy: Microseconds
  idle: Microseconds
  blocked: Microseconds
}

/** For each piece the share that the thread ran. Outside of all readings it follows from the sampled state. */
function sharesRun(cut: Cut, clock: ThreadClock, end: Microseconds): number[] {
  const between = clock.time.slice(1).map((): StateTimes => ({ busy: 0, idle: 0, blocked: 0 }))
  cut.reading.forEach((reading, piece) => {
    const seen = between[reading]
    if (seen === undefined) return
    const state = at(cut.state, piece)
    seen[state === 'gc' ? 'busy' : state] += (cut.start[piece + 1] ?? end) - at(cut.start, piece)
  })
  const busy = between.map(seen => seen.busy)
  const shares = ranBetween(clock, busy).map((ran, row) => sharesOf(ran, at(between, row)))
  return cut.state.map((state, piece) => {
    const share = shares[at(cut.reading, piece)]
    if (share === undefined) return isBusy(state) ? 1 : 0
    return share[state === 'gc' ? 'busy' : state]
  })
}

/** Time that the thread ran beyond busy samples was seen as idle, because a sampler sees changes late; what is left, as blocked. */
function sharesOf(ran: Microseconds, { busy, idle, blocked }: StateTimes): StateTimes {
  if (ran <= busy) return { busy: busy > 0 ? ran / busy : 1, idle: 0, blocked: 0 }
  const unseen = Math.min(1, idle > 0 ? (ran - busy) / idle : 0)
  const rest = ran - busy - unseen * idle
  return { busy: 1, idle: unseen, blocked: blocked > 0 ? Math.min(1, rest / blocked) : 0 }
}
