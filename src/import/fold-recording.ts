// ResolvedRecording → the one Profile, by way of its builder.

import { at, increase } from '../profile/columns.js'
import type { FrameIndex, Microseconds, ScopeIndex, StackIndex } from '../profile/profile.js'
import { NO_CALLER } from '../profile/profile.js'
import type { ProfileBuilder } from '../profile/profile-builder.js'
import type { ResolvedRecording } from './resolved-recording.js'
import { concurrentGroups, type Segment, testTimeline } from './test-timeline.js'

/**
 * A sample stands for the time until the next one, and belongs to whoever ran at its own moment: a stack that was
 * seen before a test began is never shown as that test's.
 */
export function foldRecording(builder: ProfileBuilder, recording: ResolvedRecording): void {
  const { node, time } = recording.samples
  const frames = recording.frames.map(frame => builder.frame(frame))
  const stacks = internStacks(builder, recording, frames)
  const scopeAt = scopeFinder(builder, recording)
  const selfTime = new Map<number, Microseconds>()
  const weights = sampleWeights(recording)
  let last: StackIndex | typeof NO_CALLER = NO_CALLER
  for (let sample = 0; sample < node.length; sample++) {
    const nodeIndex = at(node, sample)
    const frame = at(recording.nodes.frame, nodeIndex)
    const { category } = at(recording.frames, frame)
    // V8 gives collections no stack. As in DevTools, one belongs to what was seen right before it:
    // https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/models/cpu_profile/CPUProfileDataModel.ts
    const stack: StackIndex =
      category === 'gc' && last !== NO_CALLER ? builder.stack(at(frames, frame), last) : at(stacks, nodeIndex)
    if (category !== 'gc') last = category === 'idle' || category === 'program' ? NO_CALLER : stack
    const weight = at(weights, sample)
    builder.addSamples(stack, scopeAt(at(time, sample)), weight, 1)
    increase(selfTime, nodeIndex, weight)
  }
  foldLines(builder, recording, { frames, selfTime })
}

/** Microseconds that each sample stands for. */
export function sampleWeights({ header, samples: { time } }: ResolvedRecording): Microseconds[] {
  return time.map((moment, sample) => Math.max(0, (time[sample + 1] ?? header.wallMicros) - moment))
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

/** Finds the scope of a moment; moments have to be asked for in ascending order. */
function scopeFinder(
  builder: ProfileBuilder,
  { header, tests }: ResolvedRecording,
): (moment: Microseconds) => ScopeIndex {
  const { projectId: project, worker, testPath: file } = header
  const segments = testTimeline(tests, concurrentGroups(tests))
  const common = { project, file, worker, test: undefined, attempt: 0, group: undefined }
  const outside = builder.scope(common)
  const scopeOf = ({ owner }: Segment) => builder.scope({ ...common, ...owner })
  let next = 0
  return moment => {
    for (
      let segment = segments[next];
      segment !== undefined && segment.end <= moment;
      segment = segments[next]
    )
      next++
    const current = segments[next]
    return current !== undefined && current.start <= moment ? scopeOf(current) : outside
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
