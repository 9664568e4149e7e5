// What is unknown in this run, and why: a missing value is not zero.

import { group, sum } from 'd3-array'
import type { Profile } from '../../profile/profile.js'
import { filesWithoutOrder, MOST_ORDERED_SAMPLES } from '../../profile/sequences.js'
import { takesSamples, type UnobservedPart } from '../../recording/enums.js'
import type { WaitReport } from '../account-reports.js'
import type { RecordingSummary } from '../record/recording-summary.js'
import type { FileRecord } from '../record/run-record.js'
import type { RunReport } from '../report.js'
import { count, duration, grouped, percent } from '../views/figures.js'

export function describeCoverage({ coverage }: Pick<RunReport, 'coverage'>): string[] {
  if (coverage === undefined) return []
  return [
    `Coverage was collected (${coverage}): times of modules, functions and tests include its cost, and are lower without \`--coverage\`.`,
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
  const unprofiled = recorded.filter(({ header }) => !takesSamples(header)).length
  const unordered = filesWithoutOrder(scopes, sequences)
  const limits = [
    some(({ known, times }) => !known.waits && times.whole.idle > 0) &&
      'What idle time waited for was not recorded. Set the option "waits" to true, or use Node 24 or later, where recording waits is cheap and on by default.',
    some(({ known }) => known.waits) &&
      waits.some(({ kind }) => kind === 'HTTP request') &&
      some(lacksRequests) &&
      'Before Node 22.12, a request over a pooled connection cannot be distinguished from the one that opened the connection.',
    some(({ known }) => !known.stacks) &&
      'A test file had more waits than can be resolved: its shortest waits are shown by kind only, without the line that started them.',
    unprofiled > 0 &&
      unprofiled < recorded.length &&
      `${count(unprofiled, 'test file')} ${unprofiled === 1 ? 'was' : 'were'} recorded without a profile (engine 'none'): functions, lines, packages, categories and flame graphs are those of the others.`,
    some(isUnobserved('idle time')) &&
      "Node's own CPU profiler was running (`--cpu-prof`), which stops the event loop's clock: waiting counts as other time. Leave it out, or record a profile.",
    some(isUnobserved('blocked time')) &&
      'Without a profile, this system does not distinguish time in synchronous calls that wait from time without a core: “no core” includes both.',
    some(isUnobserved('allocations')) &&
      'Allocations are unknown in some test files, because something else samples the heap of their process, such as `node --heap-prof`.',
    some(({ header, modules }) => !takesSamples(header) && modules.some(({ isSampled }) => isSampled)) &&
      'Without a profile, times of ES modules are those of their transforms, without resolving, compiling and running them.',
    some(({ known, groups }) => !known.contexts && groups.length > 0) &&
      'CPU time of concurrent tests is attributed to their group: separate times require Node 24 or later, with waits recorded.',
    some(({ known }) => !known.modules) &&
      'Imports are unknown: this version of Jest, or the project\'s own "runtime", loads modules in a way that could not be observed.',
    some(isUnobserved('transforms')) &&
      'Transforms are unknown: this version of Jest, or the project\'s own "runtime", calls transformers in a way that could not be observed.',
    some(isUnobserved('cache keys')) &&
      "Whether Jest's transform cache is ever warm is unknown: this version of Jest keeps cache keys in a way that could not be observed.",
    some(isUnobserved('source maps')) &&
      'Source maps are unknown: this version of Jest transforms files in an unknown way, so positions are those of the transformed code.',
    unordered > 0 &&
      `A run keeps at most ${count(MOST_ORDERED_SAMPLES, 'sample')} in chronological order, and this one has more: timelines show no samples for ${count(unordered, 'test file')}. ` +
        'Flame graphs and tables include all samples, and `jest-profiler export --file` writes a single file in chronological order if it is below that limit.',
    some(booksInlined) &&
      'Before Node 26, V8 attributes the time of inlined functions to their callers: a small function that is called often may have no self time.',
    unclocked > 0 &&
      `The thread's own clock could not be read in ${count(unclocked, 'test file')}: CPU time there includes time without a core. ` +
        'It can be read on Linux, and elsewhere from Node 22.19 on.',
    ...thinningLimit(recorded),
    ...pauseLimit(recorded),
  ]
  return limits.filter(limit => limit !== false)
}

function isUnobserved(part: UnobservedPart): (file: RecordingSummary) => boolean {
  return ({ header }) => header.unobserved?.includes(part) === true
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
  const thinned = recorded.filter(({ waitGaps }) => waitGaps.thinned.length > 0)
  if (thinned.length === 0) return []
  const kinds = group(
    thinned.flatMap(({ waitGaps }) => waitGaps.thinned),
    ({ kind }) => kind,
  )
  const shares = Array.from(kinds, ([kind, gaps]) => {
    const [kept, created] = [sum(gaps, gap => gap.kept), sum(gaps, gap => gap.created)]
    return `${kind} ${percent(kept, created)} (${grouped(kept)} of ${grouped(created)})`
  })
  return [
    `In ${count(thinned.length, 'file')} so many resources that tests may wait for were created that only a share of each kind was ` +
      `recorded with the line that started it, and represents the others: ${shares.join(', ')}.`,
  ]
}

function pauseLimit(recorded: readonly RecordingSummary[]): string[] {
  const paused = recorded.filter(({ waitGaps }) => waitGaps.pausedMicros > 0)
  if (paused.length === 0) return []
  const micros = sum(paused, ({ waitGaps }) => waitGaps.pausedMicros)
  return [
    `In ${count(paused.length, 'file')} recording waits was paused for ${duration(micros / 1000)} in total so as not to slow the ` +
      'tests: what was waited for in that time is unknown.',
  ]
}
