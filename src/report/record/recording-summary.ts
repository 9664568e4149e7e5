// ResolvedRecording → what the report needs of it. The Profile has its samples.

import { type AllocatedBytes, allocatedBytes } from '../../attribution/allocations.js'
import { type CostlyModule, costliestModules } from '../../attribution/costliest-modules.js'
import { type FileTimes, fileTimes, type HookTimes, type TestTimes } from '../../attribution/file-times.js'
import { type Leak, leaksOf } from '../../attribution/leaks.js'
import { type OpenHandleSum, openHandlesOf } from '../../attribution/open-handles.js'
import { type TimeLimitSum, timeLimitsOf } from '../../attribution/time-limits.js'
import { ALL_TIME, type TimeSelection } from '../../attribution/timeline.js'
import { type LongestWaits, longestWaits, type WaitSum, waitSums } from '../../attribution/wait-sums.js'
import { at } from '../../profile/columns.js'
import type { Microseconds } from '../../profile/profile.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'
import type { ResourceKind } from '../../recording/wait-kinds.js'

export interface RecordingSummary {
  /** File name in the run's folder of recordings. */
  readonly name: string
  readonly header: ResolvedRecording['header']
  readonly times: Pick<FileTimes, 'whole' | 'phases'>
  readonly phaseStarts: ResolvedRecording['phases']
  readonly heap: ResolvedRecording['heap']
  /** Left out without the option `memory`. */
  readonly allocated?: AllocatedBytes & { readonly intervalBytes: number }
  readonly tests: readonly WithDefinition<TestTimes>[]
  readonly groups: FileTimes['groups']
  readonly hooks: readonly WithDefinition<HookTimes>[]
  readonly waits: readonly WaitSum[]
  readonly longest: LongestWaits
  readonly leaks: readonly Leak[]
  readonly openHandles: readonly OpenHandleSum[]
  readonly timeLimits: readonly TimeLimitSum[]
  /** The most expensive ones first. */
  readonly modules: readonly CostlyModule[]
  readonly waitGaps: WaitGaps
  /** Whether these could be recorded. */
  readonly known: Readonly<Record<'waits' | 'stacks' | 'contexts' | 'modules', boolean>>
}

/** The position at which the user's code defines a test or hook: absolute path, 1-based; `''` and 0 if unknown. */
export type WithDefinition<T> = T & { readonly file: string; readonly line: number; readonly column: number }

/** Waits that were not recorded because it would have slowed the tests. */
interface WaitGaps {
  /** Kinds of resources of which only some have a stack. */
  readonly thinned: readonly {
    readonly kind: ResourceKind
    readonly created: number
    readonly kept: number
  }[]
  readonly pausedMicros: Microseconds
}

/** `name`: see `RecordingSummary`. */
export function summarizeRecording(
  recording: ResolvedRecording,
  name: string,
  selection: TimeSelection = ALL_TIME,
): RecordingSummary {
  const { whole, phases, tests, groups, hooks } = fileTimes(recording, selection)
  const withDefinition = <T extends { site: number }>(entry: T): WithDefinition<T> => ({
    ...entry,
    ...definitionOf(entry.site, recording),
  })
  return {
    name,
    header: recording.header,
    times: { whole, phases },
    phaseStarts: recording.phases,
    heap: recording.heap,
    ...allocatedOf(recording, selection),
    tests: tests.map(withDefinition),
    groups,
    hooks: hooks.map(withDefinition),
    waits: waitSums(recording, selection),
    longest: longestWaits(recording),
    leaks: leaksOf(recording, selection),
    openHandles: openHandlesOf(recording, selection),
    timeLimits: timeLimitsOf(recording, { tests, hooks }, selection),
    modules: costliestModules(recording, selection),
    waitGaps: waitGapsOf(recording),
    known: {
      waits: recording.waits !== null,
      stacks: recording.waits?.resources.stack.every(stack => stack !== null) ?? true,
      contexts: recording.waits !== null && recording.waits.contexts !== null,
      modules: recording.modules !== null,
    },
  }
}

function allocatedOf(
  recording: ResolvedRecording,
  selection: TimeSelection,
): Pick<RecordingSummary, 'allocated'> {
  const bytes = allocatedBytes(recording, selection)
  const { intervalBytes = 0 } = recording.allocations ?? {}
  return bytes === undefined ? {} : { allocated: { ...bytes, intervalBytes } }
}

function waitGapsOf({ waits }: ResolvedRecording): WaitGaps {
  if (waits === null) return { thinned: [], pausedMicros: 0 }
  const { thinned, pauses } = waits
  return {
    thinned: thinned.kind.map((kind, row) => ({
      kind,
      created: at(thinned.created, row),
      kept: at(thinned.kept, row),
    })),
    pausedMicros: pauses.end.reduce((sum, end, row) => sum + end - at(pauses.start, row), 0),
  }
}

function definitionOf(site: number, { sites, frames }: ResolvedRecording) {
  if (site < 0) return { file: '', line: 0, column: 0 }
  const { file } = at(frames, at(sites.frame, site))
  return { file, line: at(sites.line, site), column: at(sites.column, site) }
}
