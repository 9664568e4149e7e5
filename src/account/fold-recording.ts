// ResolvedRecording → the one Profile, by way of its builder.

import type { ResolvedRecording } from '../import/resolved-recording.js'
import { at, increase } from '../profile/columns.js'
import type { FrameIndex, Microseconds, ScopeIndex, StackIndex } from '../profile/profile.js'
import { BLOCKED, NO_CALLER } from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import { blockingKinds } from './blocking.js'
import { IdleTime } from './idle-time.js'
import { sampleWeights } from './sample-weights.js'
import { cursor, type Segment, timeline } from './timeline.js'
import { EVERYTHING, type Wanted } from './wanted.js'

/**
 * A sample stands for the time until the next one, and belongs to whoever ran at its own moment: a stack that was
 * seen before a test began is never shown as that test's. Idle time is cut at such borders, and at those of what it
 * waited for, whose stack it is shown under; time in a synchronous call that waits is shown under its own.
 */
export function foldRecording(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  wanted: Wanted = EVERYTHING,
): void {
  const { node, time } = recording.samples
  const frames = recording.frames.map(frame => builder.frame(frame))
  const stacks = internStacks(builder, recording, frames)
  const scopeOf = scopeMaker(builder, recording)
  const segments = timeline(recording)
  const segmentAt = cursor(segments)
  const idle = new IdleTime(builder, recording, { frames, segments, scopeOf, wanted })
  const blocking = blockingKinds(recording)
  const blocked = builder.frame(BLOCKED)
  const selfTime = new Map<number, Microseconds>()
  const weights = sampleWeights(recording)
  let last: StackIndex | typeof NO_CALLER = NO_CALLER
  for (let sample = 0; sample < node.length; sample++) {
    const nodeIndex = at(node, sample)
    const frame = at(recording.nodes.frame, nodeIndex)
    const { category } = at(recording.frames, frame)
    const start = at(time, sample)
    const weight = at(weights, sample)
    if (category === 'idle') {
      last = NO_CALLER
      idle.add(start, start + weight)
      continue
    }
    // V8 gives collections no stack. As in DevTools, one belongs to what was seen right before it:
    // https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/cpu_profile/CPUProfileDataModel.ts
    const stack: StackIndex =
      category === 'gc' && last !== NO_CALLER ? builder.stack(at(frames, frame), last) : at(stacks, nodeIndex)
    if (category !== 'gc') last = category === 'program' ? NO_CALLER : stack
    const segment = segmentAt(start)
    if (!wanted.segment(segment)) {
      builder.addGap(start)
      continue
    }
    const scope = scopeOf(segment)
    if (blocking[nodeIndex] !== undefined) {
      builder.addSamples(builder.stack(blocked, stack), scope, { start, weight, count: 1 })
      continue
    }
    builder.addSamples(stack, scope, { start, weight, count: 1 })
    increase(selfTime, nodeIndex, weight)
  }
  const { projectId: project, testPath: file, worker, startedAtMs, wallMicros } = recording.header
  builder.endRecording({ project, file, worker, startedAtMs, wallMicros })
  foldLines(builder, recording, { frames, selfTime })
}

// V8's root is no function of anybody's: stacks begin below it.
function internStacks(
  builder: ProfileBuilder,
  { nodes }: ResolvedRecording,
  frames: readonly FrameIndex[],
): StackIndex[] {
  const stacks: StackIndex[] = []
  nodes.frame.forEach((frame, node) => {
    const caller = at(nodes.caller, node)
    const belowRoot = caller < 0 || at(nodes.caller, caller) < 0
    stacks.push(builder.stack(at(frames, frame), belowRoot ? NO_CALLER : at(stacks, caller)))
  })
  return stacks
}

/** The scope of a segment; without one, that of the file itself. */
function scopeMaker(
  builder: ProfileBuilder,
  { header }: ResolvedRecording,
): (segment: Segment | undefined) => ScopeIndex {
  const { projectId: project, worker, testPath: file } = header
  // Many samples lie in one segment.
  const known = new Map<Segment | undefined, ScopeIndex>()
  return segment => {
    const scope = known.get(segment)
    if (scope !== undefined) return scope
    const { phase = 'other', hook, owner } = segment ?? {}
    const { test, attempt = 0, group } = owner ?? {}
    const made = builder.scope({ project, file, worker, phase, hook, test, attempt, group })
    known.set(segment, made)
    return made
  }
}

// V8 counts samples by line for a function as a whole; its self time is shared out in that proportion.
function foldLines(
  builder: ProfileBuilder,
  recording: ResolvedRecording,
  { frames, selfTime }: { frames: readonly FrameIndex[]; selfTime: ReadonlyMap<number, Microseconds> },
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
      builder.addLine(at(frames, frame), at(line, tick), weight)
  })
}
