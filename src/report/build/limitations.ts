// What is unknown in this run, and why: a missing value is not zero.

import type { Profile } from '../../profile/profile.js'
import { filesWithoutOrder, MOST_ORDERED_SAMPLES } from '../../profile/sequences.js'
import type { UnobservedPart } from '../../recording/enums.js'
import type { WaitReport } from '../account-reports.js'
import type { RecordingSummary } from '../record/recording-summary.js'
import type { FileRecord } from '../record/run-record.js'
import type { RunReport } from '../report.js'
import { count, duration, percent } from '../views/figures.js'

export function describeCoverage({ coverage }: Pick<RunReport, 'coverage'>): string[] {
  if (coverage === undefined) return []
  return [
    `Coverage was collected (${coverage}): what modules, functions and tests take includes it, and is less without \`--coverage\`.`,
  ]
}

/** One sentence each. */
export function describeLimitations(
  files: readonly FileRecord[],
  waits: readonly WaitReport[],
  { scopes, sequences }: Pick<Profile, 'scopes' | 'sequences'>,
): string[] {
  const recorded = files.flatMap(({ recording }) => recording ?? [])
  const some = (test: (file: RecordingSummary) => boolean) => recorded.some(test)
  const unclocked = recorded.filter(({ times }) => times.whole.ready === undefined).length
  const unordered = filesWithoutOrder(scopes, sequences)
  const limits: [isGiven: boolean, sentence: string][] = [
    [
      some(({ known, times }) => !known.waits && times.whole.idle > 0),
      'What idle time waited for was not recorded: set the option "waits" to true, or run on Node 24 or later, where that is the default because it costs little.',
    ],
    [
      some(({ known }) => known.waits) && waits.some(isPooled) && some(lacksRequests),
      'Before Node 22.12, a request over a pooled connection cannot be told from the one that opened the connection.',
    ],
    [
      some(({ known }) => !known.stacks),
      'A file waited for more than can be looked up: its shortest waits are shown by their kind alone, without the line that started them.',
    ],
    [
      some(({ known, groups }) => !known.contexts && groups.length > 0),
      'CPU time of concurrent tests is booked to their group: only from Node 24 on, and with waits recorded, can they be told apart.',
    ],
    [
      some(({ known }) => !known.modules),
      'Imports are unknown: this version of Jest, or the project\'s own "runtime", loads modules in a way that could not be observed.',
    ],
    [
      some(isUnobserved('transforms')),
      'Transforms are unknown: this version of Jest, or the project\'s own "runtime", calls transformers in a way that could not be observed.',
    ],
    [
      some(isUnobserved('cache keys')),
      "Whether Jest's transform cache is ever warm is unknown: this version of Jest keeps cache keys in a way that could not be observed.",
    ],
    [
      some(isUnobserved('source maps')),
      'Source maps are unknown: this version of Jest transforms files in a way that is not known, so positions are those of the code that ran.',
    ],
    [
      unordered > 0,
      `A run keeps ${count(MOST_ORDERED_SAMPLES, 'sample')} in the order of time, and this one has more: timelines show ${count(unordered, 'test file')} without any. ` +
        'Flame graphs and tables have them all, and `jest-profiler export --file` draws a file in time that has no more by itself.',
    ],
    [
      some(booksInlined),
      'Before Node 26 V8 books functions that it has inlined to their callers: a small function that is called often may have no time of its own.',
    ],
    [
      unclocked > 0,
      `Of ${count(unclocked, 'test file')} the thread's own clock could not be had: time without a core is part of CPU time there. ` +
        'Node has one from 22.19 on, and Linux for all versions.',
    ],
  ]
  const given = limits.filter(([isGiven]) => isGiven).map(([, sentence]) => sentence)
  return [...given, ...thinningLimit(recorded), ...pauseLimit(recorded)]
}

function isUnobserved(part: UnobservedPart): (file: RecordingSummary) => boolean {
  return ({ header }) => header.unobserved?.includes(part) === true
}

function isPooled({ kind }: WaitReport): boolean {
  return kind === 'HTTP request'
}

function booksInlined({ header, times }: RecordingSummary): boolean {
  const major = Number.parseInt(header.nodeVersion.replace('v', ''), 10)
  return major < 26 && times.whole.sampleCount > 0
}

// https://nodejs.org/api/diagnostics_channel.html#event-httpclientrequestcreated
function lacksRequests({ header }: RecordingSummary): boolean {
  const [major = 0, minor = 0] = header.nodeVersion.replace('v', '').split('.').map(Number)
  return major < 22 || (major === 22 && minor < 12)
}

function thinningLimit(recorded: readonly RecordingSummary[]): string[] {
  const kinds = new Map<string, { created: number; kept: number }>()
  const thinned = recorded.filter(({ waitGaps }) => waitGaps.thinned.length > 0)
  for (const { kind, created, kept } of thinned.flatMap(({ waitGaps }) => waitGaps.thinned)) {
    const sum = kinds.get(kind) ?? { created: 0, kept: 0 }
    kinds.set(kind, { created: sum.created + created, kept: sum.kept + kept })
  }
  if (kinds.size === 0) return []
  const shares = [...kinds].map(
    ([kind, { created, kept }]) =>
      `${kind} ${percent(kept, created)} (${kept.toLocaleString('en-US')} of ${created.toLocaleString('en-US')})`,
  )
  return [
    `In ${count(thinned.length, 'file')} so many things were started that might be waited for that only a share of each kind was ` +
      `recorded with the line that started it, and stands for the others: ${shares.join(', ')}.`,
  ]
}

function pauseLimit(recorded: readonly RecordingSummary[]): string[] {
  const paused = recorded.filter(({ waitGaps }) => waitGaps.pausedMicros > 0)
  if (paused.length === 0) return []
  const micros = paused.reduce((sum, { waitGaps }) => sum + waitGaps.pausedMicros, 0)
  return [
    `In ${count(paused.length, 'file')} recording waits was stopped for ${duration(micros / 1000)} in all, because it would have slowed the ` +
      'tests: what was waited for in that time is unknown.',
  ]
}
