// pprof's gzipped protobuf, which `go tool pprof`, Grafana Pyroscope and many more open.
// https://github.com/google/pprof/blob/main/proto/profile.proto: times in nanoseconds, lines 1-based (0: unknown).

import {
  emptyTableToken,
  Profile as PprofProfile,
  type ProfileInput,
  Sample,
  StringTable,
} from 'pprof-format'
import { at } from '../../profile/columns.js'
import type { Profile, ScopeIndex } from '../../profile/profile.js'
import { relativeTo } from '../../report/build-report.js'
import type { Report } from '../../report/report.js'
import { GzipParts } from '../gzip-parts.js'
import { LineShares } from './line-shares.js'
import { PprofCode } from './pprof-code.js'
import { PprofSamples } from './pprof-samples.js'
import { PprofStrings } from './pprof-strings.js'
import { type ScopeLabels, scopeDescriber } from './scope-labels.js'

/** Samples after which what has been compressed is handed over. */
const ROWS = 10_000

const NANOS_PER_MICRO = 1000
const NANOS_PER_MILLI = 1_000_000

/**
 * A whole run. Of each sample: `cpu`, for how long code ran; `samples`; and `wait`, for how long nothing did, be it idle
 * or in a synchronous call that waits. So `cpu` is the report's `cpuMs` without `blockedMs`, and `wait` its `idleMs`
 * with `blockedMs`, but for the time before each recording's first sample, of which there is no stack.
 *
 * Files below `rootDir` are relative to it, so that `-list` finds them in the project's folder, wherever that is. A
 * caller stands at its function's own line, for V8 does not tell the line of a call; self time stands at the lines that
 * V8 counted, see `LineShares`.
 */
export function toPprof(profile: Profile, report: Report): Uint8Array {
  return Buffer.concat([...pprofParts(profile, report)])
}

/** The same, in parts as they are made: that of a large run has more than 100 MB. */
export function* pprofParts(profile: Profile, report: Report): Generator<Uint8Array> {
  const strings = new PprofStrings()
  const code = new PprofCode(profile, strings, relativeTo(report.run.rootDir))
  const file = new GzipParts()
  const samples = new PprofSamples(profile, { code, labelsOf: labelPacker(profile, report, strings), file })
  const addRows = rowAdder(samples, profile)
  const rows = profile.samples.stack.length
  for (let row = 0; row < rows; row += ROWS) {
    addRows(row, Math.min(row + ROWS, rows))
    file.add(encoded(code.take()))
    file.add(strings.take())
    yield* file.take()
  }
  samples.end()
  const nanoseconds = strings.dedup('nanoseconds')
  const cpu = { type: strings.dedup('cpu'), unit: nanoseconds }
  const { run, totals } = report
  const comment = `jest-profiler run ${run.id}, Jest ${run.jestVersion}, Node ${run.nodeVersion}`
  const rest = encoded({
    sampleType: [
      cpu,
      { type: strings.dedup('samples'), unit: strings.dedup('count') },
      { type: strings.dedup('wait'), unit: nanoseconds },
    ],
    defaultSampleType: cpu.type,
    mapping: [code.mapping],
    // Nanoseconds since the epoch are more than a double can hold.
    timeNanos: BigInt(Date.parse(run.startedAt)) * BigInt(NANOS_PER_MILLI),
    durationNanos: Math.round(totals.wallMs * NANOS_PER_MILLI),
    periodType: cpu,
    period: run.samplingIntervalMicros * NANOS_PER_MICRO,
    comment: [strings.dedup(comment)],
  })
  file.add(rest)
  file.add(strings.take())
  yield* file.end()
}

/** Some fields of a profile, without its strings: of messages behind each other a reader makes one. */
function encoded(fields: Omit<ProfileInput, 'stringTable'>): Uint8Array {
  return new PprofProfile({ ...fields, stringTable: new StringTable(emptyTableToken) }).encode()
}

/** From a row of the profile's samples up to another, in their order. */
function rowAdder(
  samples: PprofSamples,
  { frames, stacks, samples: rows, lines }: Profile,
): (from: number, to: number) => void {
  const shares = new LineShares(lines)
  return (from, to) => {
    for (let row = from; row < to; row++) {
      const stack = at(rows.stack, row)
      const scope = at(rows.scope, row)
      const weight = at(rows.weight, row)
      const count = at(rows.count, row)
      const frame = at(stacks.frame, stack)
      if (at(frames, frame).category === 'idle') {
        samples.add(stack, scope, { row: undefined, cpu: 0, count, wait: weight * NANOS_PER_MICRO })
        continue
      }
      for (const part of shares.deal(frame, { weight: weight * NANOS_PER_MICRO, count }))
        samples.add(stack, scope, { row: part.row, cpu: part.weight, count: part.count, wait: 0 })
    }
  }
}

/** Rows of one scope stand together: its labels are packed once. */
function labelPacker(
  profile: Profile,
  report: Report,
  strings: PprofStrings,
): (scope: ScopeIndex) => Uint8Array {
  const describe = scopeDescriber(report)
  let last: ScopeIndex | undefined
  let packed: Uint8Array = new Uint8Array()
  return scope => {
    if (scope === last) return packed
    last = scope
    packed = new Sample({ label: labelsOf(describe(at(profile.scopes, scope)), strings) }).encode()
    return packed
  }
}

function labelsOf(
  { file, project, worker, phase, test = '', hook = '' }: ScopeLabels,
  strings: PprofStrings,
): { key: number; str: number }[] {
  return Object.entries({ file, test, phase, hook, worker: `${worker}`, project })
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ key: strings.dedup(key), str: strings.dedup(value) }))
}
