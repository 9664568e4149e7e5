// Times of a recording's phases, tests, groups and hooks: sums over the segments of its timeline.

import { group } from 'd3-array'
import { at } from '../profile/columns.js'
import { type Microseconds, PHASES, type Phase } from '../profile/profile.js'
import { hasRun } from '../recording/enums.js'
import type { HookDefinition, TestSpan } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { importsOfTests } from './module-loads.js'
import { addUpTimes, segmentTimes, type Times, timelineTimes } from './segment-times.js'
import {
  ALL_TIME,
  type ConcurrentGroup,
  concurrentGroups,
  type Segment,
  sharesThread,
  type TimeSelection,
  timeline,
} from './timeline.js'

export interface FileTimes {
  /** The file as a whole: the sum of its phases. */
  readonly whole: Times
  readonly phases: Readonly<Record<Phase, Times>>
  readonly tests: readonly TestTimes[]
  readonly groups: readonly (ConcurrentGroup & { times: Times })[]
  readonly hooks: readonly HookTimes[]
}

export interface TestTimes extends TestSpan {
  /**
   * Undefined if they are unknown: the test did not run, or shared the thread with others and cannot be separated from them. For a
   * concurrent test, `wall` is the time for which the thread worked for it.
   */
  readonly times: Times | undefined
  /** CPU time of the segments that certainly belong to the test; its functions share it. */
  readonly ownCpu: Microseconds
  /** Part of the test's time that was spent in hooks. */
  readonly hooks: Microseconds
  /** Part of the test's time in which modules were imported. */
  readonly imports: Microseconds
}

export interface HookTimes extends HookDefinition {
  readonly times: Times
  /** In chronological order. */
  readonly runs: readonly HookRun[]
}

interface HookRun {
  readonly start: Microseconds
  readonly end: Microseconds
  /** The test that it ran for: its position in the file and its attempt; undefined if it ran for none. */
  readonly test: { readonly index: number; readonly attempt: number } | undefined
}

export function fileTimes(recording: ResolvedRecording, selection: TimeSelection = ALL_TIME): FileTimes {
  const { tests, hooks, waits } = recording
  const all = timeline(recording)
  const segments = all.filter(selection.hasSegment)
  const times = timelineTimes(recording).filter((_, index) => selection.hasSegment(all[index]))
  const sumBy = <Key>(keyOf: (segment: Segment) => Key | undefined) => {
    const parts = group([...times.keys()], index => keyOf(at(segments, index)))
    return (key: Key) => addUpTimes((parts.get(key) ?? []).map(index => at(times, index)))
  }
  const ofPhase = sumBy(segment => segment.phase)
  const ofTest = sumBy(({ owner }) =>
    owner?.test === undefined ? undefined : key(owner.test, owner.attempt),
  )
  const ofGroup = sumBy(({ owner }) => owner?.group)
  const ofHook = sumBy(segment => segment.hook)
  const hooksOfTest = sumBy(({ hook, owner }) =>
    hook === undefined || owner?.test === undefined ? undefined : key(owner.test, owner.attempt),
  )
  const groups = concurrentGroups(tests)
  const imported = importsOfTests(recording)
  const areToldApart = waits !== null && waits.contexts !== null
  return {
    whole: addUpTimes(times),
    phases: Object.fromEntries(PHASES.map(phase => [phase, ofPhase(phase)])) as Record<Phase, Times>,
    tests: tests
      .filter(({ index }) => selection.hasTest(index))
      .map(test => {
        const isKnown = hasRun(test) && ((areToldApart && test.concurrent) || !sharesThread(test, groups))
        const own = key(test.index, test.attempt)
        const times = isKnown ? ofTest(own) : undefined
        // Idle time of a group belongs to all of its tests, not to the one that ran last.
        if (times !== undefined && test.concurrent) {
          const { start, end } = test
          times.wall -= times.idle
          times.idle = segmentTimes(recording, [{ start, end }])[0]?.idle ?? 0
          times.wall += times.idle
        }
        const imports = Math.min(imported.get(own) ?? 0, test.end - test.start)
        return { ...test, times, ownCpu: ofTest(own).cpu, hooks: hooksOfTest(own).wall, imports }
      }),
    groups: groups.map((group, index) => ({ ...group, times: ofGroup(index) })),
    hooks: hookRuns(recording, selection).map((runs, index) => ({
      ...at(hooks.definitions, index),
      times: ofHook(index),
      runs,
    })),
  }
}

/** One entry for each definition. */
function hookRuns({ hooks, tests }: ResolvedRecording, selection: TimeSelection): HookRun[][] {
  const { definition, start, end, test } = hooks.runs
  const runs: HookRun[][] = hooks.definitions.map(() => [])
  definition.forEach((index, run) => {
    const span = tests[at(test, run)]
    if (selection !== ALL_TIME && (span === undefined || !selection.hasTest(span.index))) return
    at(runs, index).push({
      start: at(start, run),
      end: at(end, run),
      test: span === undefined ? undefined : { index: span.index, attempt: span.attempt },
    })
  })
  return runs
}

function key(test: number, attempt: number): string {
  return `${test} ${attempt}`
}
