// Adds a ResolvedRecording to the Profile by means of its builder. For a selection, only its frames and stacks are added.

import { at, increase } from '../profile/columns.js'
import {
  BLOCKED,
  type Microseconds,
  NO_CALLER,
  NOT_SAMPLED,
  READY,
  type ScopeIndex,
  type StackIndex,
  TIMES,
} from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import { spanCursor } from '../profile/time-spans.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { type IdleContext, idleTimeAdder } from './idle-time.js'
import { type Code, codeOf } from './recorded-code.js'
import { sampleParts } from './sample-parts.js'
import { periodicSamples, sampleTimes, sampleWeights } from './sample-times.js'
import { scopeMaker } from './scope-maker.js'
import { ALL_TIME, type Segment, type TimeSelection, timeline } from './timeline.js'

/**
 * A sample belongs to the test that ran at its timestamp: a stack that was seen before a test began is never attributed to that
 * test. Idle time is split at these boundaries and where one wait ends and another begins, and is shown below the stack that
 * started the wait. Time without a core and blocked time are shown below the sampled stack.
 */
export function foldRecording(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  selection: TimeSelection = ALL_TIME,
): void {
  // States of the thread are no stacks.
  if (recording.header.samplingIntervalMicros === null) return
  const { node } = recording.samples
  const { frameOf, stackOf } = codeOf(recording, builder)
  const scopeOf = scopeMaker(builder, recording)
  const segments = timeline(recording)
  const segmentAt = spanCursor(segments)
  const addIdle = idleTimeAdder(builder, recording, { frameOf, segments, scopeOf, selection })
  const selfTime = new Map<number, Microseconds>()
  const times = sampleTimes(recording)
  const weights = sampleWeights(recording)
  const parts = sampleParts(recording, selection)
  const periodic = periodicSamples(recording)
  foldUnsampled(builder, recording, { segments, scopeOf, selection })
  // Node of the stack seen last in the current segment; -1 if there was none.
  let last = -1
  let lastSegment: Segment | undefined
  for (let sample = 0; sample < node.length; sample++) {
    const nodeIndex = at(node, sample)
    const frame = at(recording.nodes.frame, nodeIndex)
    const { category } = at(recording.frames, frame)
    const start = at(times, sample)
    const count = at(periodic, sample) ? 1 : 0
    if (category === 'idle') {
      last = -1
      addIdle(start, start + at(weights, sample), count)
      continue
    }
    const segment = segmentAt(start)
    if (segment !== lastSegment) last = -1
    lastSegment = segment
    const above = last
    if (category !== 'gc') last = category === 'program' ? -1 : nodeIndex
    if (!selection.hasSegment(segment)) {
      builder.addGap(start)
      continue
    }
    const scope = scopeOf(segment)
    // V8 records garbage collections without a stack. As in DevTools, a collection belongs to the stack seen right before it,
    // within the same test, hook or phase:
    // https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/cpu_profile/CPUProfileDataModel.ts
    const stack =
      category === 'gc' && above >= 0 ? builder.stack(frameOf(frame), stackOf(above)) : stackOf(nodeIndex)
    const [cpu, ready, blocked] = [at(parts.cpu, sample), at(parts.ready, sample), at(parts.blocked, sample)]
    if (at(parts.isMostlyBlocked, sample)) {
      const blockedStack = builder.stack(builder.frame(BLOCKED), stack)
      builder.addSamples(blockedStack, scope, { value: TIMES.blocked, start, weight: blocked, count })
      if (cpu > 0) builder.addAmount(stack, scope, { weight: cpu })
    } else {
      builder.addSamples(stack, scope, { start, weight: cpu, count })
      if (blocked > 0) {
        const blockedStack = builder.stack(builder.frame(BLOCKED), stack)
        builder.addAmount(blockedStack, scope, { value: TIMES.blocked, weight: blocked })
      }
    }
    addReady(builder, { stack, scope, ready })
    increase(selfTime, nodeIndex, cpu)
  }
  const { projectId: project, testPath: file, worker, startedAtMs, wallMicros } = recording.header
  builder.endRecording({ project, file, worker, startedAtMs, wallMicros })
  foldLines(builder, recording, { frameOf, selfTime })
}

function addReady(
  builder: ProfileBuilder,
  { stack, scope, ready }: { stack: StackIndex; scope: ScopeIndex; ready: Microseconds },
): void {
  if (ready <= 0) return
  const value = TIMES.ready
  builder.addAmount(builder.stack(builder.frame(READY), stack), scope, { value, weight: ready })
}

// Time before the first sample, and in segments without any sample, counts as busy with an unknown stack.
function foldUnsampled(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  { segments, scopeOf, selection }: Omit<IdleContext, 'frameOf'>,
): void {
  const first = recording.samples.time[0] ?? recording.header.wallMicros
  for (const { segment: index, start, cpu, ready } of sampleParts(recording, selection).unseen) {
    const segment = at(segments, index)
    if (!selection.hasSegment(segment)) {
      if (start < first) builder.addGap(start)
      continue
    }
    const scope = scopeOf(segment)
    const stack = builder.stack(builder.frame(NOT_SAMPLED), NO_CALLER)
    if (start < first) builder.addSamples(stack, scope, { start, weight: cpu, count: 0 })
    else builder.addAmount(stack, scope, { weight: cpu })
    addReady(builder, { stack, scope, ready })
  }
}

// V8 counts samples per line for the whole function; the function's self time is distributed in proportion to them.
function foldLines(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  { frameOf, selfTime }: Pick<Code, 'frameOf'> & { selfTime: ReadonlyMap<number, Microseconds> },
): void {
  const { node, line, count } = recording.ticks
  const ticksOfNode = new Map<number, number>()
  node.forEach((nodeIndex, tick) => {
    increase(ticksOfNode, nodeIndex, at(count, tick))
  })
  node.forEach((nodeIndex, tick) => {
    const share = at(count, tick) / (ticksOfNode.get(nodeIndex) ?? 1)
    const weight = Math.round((selfTime.get(nodeIndex) ?? 0) * share)
    const frame = at(recording.nodes.frame, nodeIndex)
    if (weight > 0 && at(recording.frames, frame).file !== '')
      builder.addLine(frameOf(frame), at(line, tick), weight)
  })
}
