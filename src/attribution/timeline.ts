// The phase, hook, test and group at each time of a recording. Segments cover it in order without overlap: times are sums over them.

import { at, firstWhere } from '../profile/columns.js'
import type { Microseconds, Phase } from '../profile/profile.js'
import {
  clampTo,
  commonSpan,
  overlapping,
  spanCursor,
  subtract,
  type TimeSpan,
} from '../profile/time-spans.js'
import type { PhaseStart, TestSpan } from '../recording/recording.js'
import type { ResolvedRecording } from '../recording/resolved-recording.js'
import { perRecording } from './per-recording.js'

export interface Segment extends TimeSpan {
  readonly phase: Phase
  /** Position of the hook's definition. */
  readonly hook: number | undefined
  readonly owner: Owner | undefined
}

export const timeline = perRecording(({ header, tests, phases, hooks, waits }): readonly Segment[] => {
  const whole = { start: 0, end: header.wallMicros }
  const phaseSpans = phaseSegments(phases, whole.end)
  const owned = ownedSegments(tests, concurrentGroups(tests), waits?.contexts ?? undefined)
  const hookSpans = hookSegments(hooks.runs)
  const ends = [...phaseSpans, ...owned, ...hookSpans].flatMap(({ start, end }) => [start, end])
  const boundaries = [...new Set([0, whole.end, ...ends.map(time => clampTo(whole, time))])]
  const inOrder = boundaries.toSorted((a, b) => a - b)
  const [phaseAt, ownedAt, hookAt] = [spanCursor(phaseSpans), spanCursor(owned), spanCursor(hookSpans)]
  return inOrder.slice(0, -1).map((start, index) => {
    const owner = ownedAt(start)?.owner
    const hook = hookAt(start)?.definition
    const base = phaseAt(start)?.phase ?? 'other'
    const phase = hook !== undefined ? 'hooks' : owner !== undefined ? 'tests' : base
    return { start, end: at(inOrder, index + 1), phase, hook, owner }
  })
})

function phaseSegments(phases: readonly PhaseStart[], end: Microseconds): (TimeSpan & { phase: Phase })[] {
  return phases.map(({ phase, start }, index) => ({ phase, start, end: phases[index + 1]?.start ?? end }))
}

function hookSegments({ definition, start, end }: ResolvedRecording['hooks']['runs']) {
  return definition
    .map((index, run) => ({ definition: index, start: at(start, run), end: at(end, run) }))
    .toSorted((a, b) => a.start - b.start)
}

export interface ConcurrentGroup {
  start: Microseconds
  end: Microseconds
  /** Positions of the tests in the file, ascending. */
  tests: number[]
}

/** The test that the thread worked for, with its group if it is concurrent; a group alone if it is unknown which of its tests. */
export interface Owner {
  /** Position of the test in its file. */
  test: number | undefined
  /** 0 if the test is unknown. */
  attempt: number
  group: number | undefined
}

interface OwnedSegment extends TimeSpan {
  readonly owner: Owner
}

/** Columns: from `time` on, the thread worked for the test at that position in `tests`; -1 for none. */
interface Contexts {
  readonly time: readonly Microseconds[]
  readonly test: readonly number[]
}

/** Returns groups of tests that ran concurrently: they share the thread, and time alone does not show which of them used it. */
export function concurrentGroups(tests: readonly TestSpan[]): ConcurrentGroup[] {
  const groups: ConcurrentGroup[] = []
  const concurrent = tests.filter(test => test.concurrent && test.end > test.start)
  for (const { start, end, index } of concurrent.toSorted((a, b) => a.start - b.start || a.index - b.index)) {
    const last = groups.at(-1)
    if (last !== undefined && start < last.end) {
      last.end = Math.max(last.end, end)
      last.tests.push(index)
    } else groups.push({ start, end, tests: [index] })
  }
  for (const test of tests) {
    if (test.concurrent) continue
    for (const group of overlapping(test, groups)) group.tests.push(test.index)
  }
  for (const group of groups) group.tests = [...new Set(group.tests)].toSorted((a, b) => a - b)
  return groups
}

/** Whether a test shared its thread with concurrent tests, so that the thread's CPU time is not only its own. */
export function sharesThread(test: TestSpan, groups: readonly ConcurrentGroup[]): boolean {
  return test.concurrent || overlapping(test, groups).length > 0
}

/** In order and without overlap. `contexts` identify the tests of a group. */
export function ownedSegments(
  tests: readonly TestSpan[],
  groups: readonly ConcurrentGroup[],
  contexts?: Contexts,
): OwnedSegment[] {
  const grouped = groups.flatMap((span, group): OwnedSegment[] => {
    const unknown: Owner = { test: undefined, attempt: 0, group }
    if (contexts === undefined) return [{ start: span.start, end: span.end, owner: unknown }]
    return turnsIn(span, contexts).flatMap(({ test: position, ...turn }) => {
      const test = tests[position]
      // A turn may outlast its test, if the thread switches to no other.
      const own = test && commonSpan(turn, test)
      if (test === undefined || own === undefined) return [{ ...turn, owner: unknown }]
      const others = subtract(turn, [own]).map(part => ({ ...part, owner: unknown }))
      return [{ ...own, owner: { test: test.index, attempt: test.attempt, group } }, ...others]
    })
  })
  const alone = tests
    .filter(test => !test.concurrent && test.end > test.start)
    .flatMap(test => {
      const owner: Owner = { test: test.index, attempt: test.attempt, group: undefined }
      return subtract(test, groups).map(part => ({ ...part, owner }))
    })
  return [...grouped, ...alone].toSorted((a, b) => a.start - b.start)
}

/** The parts of a span in which the thread worked for one test each. */
function turnsIn(span: TimeSpan, { time, test }: Contexts): (TimeSpan & { test: number })[] {
  const first = firstWhere(time.length, turn => at(time, turn) > span.start) - 1
  const turns: (TimeSpan & { test: number })[] = []
  for (let turn = first; turn < time.length; turn++) {
    const start = time[turn] ?? span.start
    if (start >= span.end) break
    const part = commonSpan(span, { start, end: time[turn + 1] ?? span.end })
    if (part !== undefined) turns.push({ ...part, test: test[turn] ?? -1 })
  }
  return turns
}

export interface TimeSelection {
  /** Whether a segment of the timeline is selected; undefined: time outside of all segments. */
  readonly hasSegment: (segment: Pick<Segment, 'owner'> | undefined) => boolean
  /** Whether the test at this position in its file is selected. */
  readonly hasTest: (index: number) => boolean
}

export const ALL_TIME: TimeSelection = { hasSegment: () => true, hasTest: () => true }

/** Selects the time of tests, by position in the file, including time of their concurrent groups whose test is unknown. */
export function timeOfTests(
  { tests }: Pick<ResolvedRecording, 'tests'>,
  indexes: ReadonlySet<number>,
): TimeSelection {
  const groups = concurrentGroups(tests).map(group => group.tests.some(index => indexes.has(index)))
  return {
    hasTest: index => indexes.has(index),
    hasSegment: segment => {
      const owner = segment?.owner
      if (owner === undefined) return false
      if (owner.test !== undefined) return indexes.has(owner.test)
      return owner.group !== undefined && groups[owner.group] === true
    },
  }
}
