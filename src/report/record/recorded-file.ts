// ResolvedRecording → what the report needs of it beside its samples, which are in the Profile.

import { costliestModules } from '../../attribution/costliest-modules.js'
import { fileTimes } from '../../attribution/file-times.js'
import { leaksOf } from '../../attribution/leaks.js'
import { longestStretches } from '../../attribution/longest-stretches.js'
import { waitSums } from '../../attribution/wait-sums.js'
import { EVERYTHING, type Wanted } from '../../attribution/wanted.js'
import { at } from '../../profile/columns.js'
import type { ResolvedRecording } from '../../recording/resolved-recording.js'
import type { Placed, RecordedFile, WaitGaps } from './run-record.js'

/** `name`: the recording's file in the run's folder of recordings. */
export function recordedFile(
  recording: ResolvedRecording,
  name: string,
  wanted: Wanted = EVERYTHING,
): RecordedFile {
  const { whole, phases, tests, groups, hooks } = fileTimes(recording, wanted)
  const placed = <T extends { site: number }>(entry: T): Placed<T> => ({
    ...entry,
    ...definition(entry.site, recording),
  })
  return {
    name,
    header: recording.header,
    times: { whole, phases },
    phaseStarts: recording.phases,
    heap: recording.heap,
    tests: tests.map(placed),
    groups,
    hooks: hooks.map(placed),
    waits: waitSums(recording, wanted),
    longest: longestStretches(recording),
    leaks: leaksOf(recording, wanted),
    modules: costliestModules(recording, wanted),
    waitGaps: waitGaps(recording),
    known: {
      waits: recording.waits !== null,
      stacks: recording.waits?.resources.stack.every(stack => stack !== null) ?? true,
      contexts: recording.waits !== null && recording.waits.contexts !== null,
      modules: recording.modules !== null,
    },
  }
}

function waitGaps({ waits }: ResolvedRecording): WaitGaps {
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

function definition(site: number, { sites, frames }: ResolvedRecording) {
  if (site < 0) return { file: '', line: 0, column: 0 }
  const { file } = at(frames, at(sites.frame, site))
  return { file, line: at(sites.line, site), column: at(sites.column, site) }
}
