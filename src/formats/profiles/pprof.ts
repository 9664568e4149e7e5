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
import { BLOCKED, type Frame, type Profile, READY, type ScopeIndex } from '../../profile/profile.js'
import { relativeTo } from '../../report/relative-path.js'
import type { Report } from '../../report/report.js'
import { GzipParts } from '../gzip-parts.js'
import { LineShares } from './line-shares.js'
import { PprofCode } from './pprof-code.js'
import { PprofSamples } from './pprof-samples.js'
import { PprofStrings } from './pprof-strings.js'
import { type ScopeLabels, scopeDescriber } from './scope-labels.js'

/** Samples after which what has been compressed is handed over. */
const ROWS = 10_000

/** Sample types; the first one is what readers show if not told otherwise. */
const TIMES = ['cpu', 'ready', 'blocked', 'wait'] as const

const NANOS_PER_MICRO = 1000
const NANOS_PER_MILLI = 1_000_000

/**
 * A whole run. Of each sample, besides `samples`: `cpu`, `ready`, `blocked` and `wait`, which add up to the report's
 * `cpuMs`, `readyMs`, `blockedMs` and `idleMs`.
 *
 * Files below the display root are relative to it, so that `-list` finds them in the project's folder, wherever that is. A
 * caller stands at its function's own line, for V8 does not tell the line of a call; self time stands at the lines that
 * V8 counted, see `LineShares`.
 */
export function toPprof(profile: Profile, report: Report): Uint8Array {
  return Buffer.concat([...pprofParts(profile, report)])
}

/** The same, in parts as they are made: that of a large run has more than 100 MB. */
export function* pprofParts(profile: Profile, report: Report): Generator<Uint8Array> {
  const strings = new PprofStrings()
  const code = new PprofCode(profile, strings, relativeTo(report.run.displayRoot))
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
  const times = TIMES.map(name => ({ type: strings.dedup(name), unit: nanoseconds }))
  const cpu = at(times, 0)
  const { run, totals } = report
  const comment = `jest-profiler run ${run.id}, Jest ${run.jestVersion}, Node ${run.nodeVersion}`
  const rest = encoded({
    sampleType: [...times, { type: strings.dedup('samples'), unit: strings.dedup('count') }],
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

function timeOf({ name, category }: Frame): (typeof TIMES)[number] {
  if (category !== 'idle') return 'cpu'
  if (name === READY.name) return 'ready'
  return name === BLOCKED.name ? 'blocked' : 'wait'
}

function valuesOf(
  time: (typeof TIMES)[number],
  { nanos, count }: { nanos: number; count: number },
): number[] {
  return [...TIMES.map(name => (name === time ? nanos : 0)), count]
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
      const nanos = weight * NANOS_PER_MICRO
      const time = timeOf(at(frames, frame))
      if (time !== 'cpu') {
        samples.add(stack, scope, { row: undefined, values: valuesOf(time, { nanos, count }) })
        continue
      }
      for (const part of shares.deal(frame, { weight: nanos, count }))
        samples.add(stack, scope, {
          row: part.row,
          values: valuesOf(time, { nanos: part.weight, count: part.count }),
        })
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
