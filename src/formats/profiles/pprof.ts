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
import {
  type Profile,
  type ScopeIndex,
  TIMES,
  type ValueSamples,
  type ValueType,
} from '../../profile/profile.js'
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

const NANOS_PER_MICRO = 1000
const NANOS_PER_MILLI = 1_000_000

/**
 * A whole run. Each value of the profile is a sample type, and the last one is the number of samples. `cpu`, `ready`,
 * `blocked` and `wait` add up to the report's `cpuMs`, `readyMs`, `blockedMs` and `idleMs`.
 *
 * Files below the display root are relative to it, so that `-list` finds them in the project's folder, wherever that is. A
 * caller stands at its function's own line, because V8 does not report the line of a call; CPU time stands at the lines
 * that V8 counted, see `LineShares`.
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
  for (const [position, value] of profile.values.entries()) {
    const addRow = rowAdder(samples, profile, { value, position })
    for (let row = 0; row < value.stack.length; row++) {
      addRow(row)
      if (row % ROWS !== ROWS - 1) continue
      file.add(encoded(code.take()))
      file.add(strings.take())
      yield* file.take()
    }
  }
  samples.end()
  const types = profile.values.map(({ type: { name, unit } }) => ({
    type: strings.dedup(name),
    unit: strings.dedup(unit === 'microseconds' ? 'nanoseconds' : unit),
  }))
  const cpu = at(types, 0)
  const { run, totals } = report
  const comment = `jest-profiler run ${run.id}, Jest ${run.jestVersion}, Node ${run.nodeVersion}`
  const rest = encoded({
    ...code.take(),
    sampleType: [...types, { type: strings.dedup('samples'), unit: strings.dedup('count') }],
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

/** `position`: that of the value among all of the profile. */
function rowAdder(
  samples: PprofSamples,
  { stacks, lines, values: all }: Profile,
  { value, position }: { value: ValueSamples; position: number },
): (row: number) => void {
  const factor = unitsOf(value.type)
  const shares = value.type.name === TIMES.cpu.name ? new LineShares(lines) : undefined
  const valuesOf = (amount: number, count: number) => [
    ...all.map((_, index) => (index === position ? amount : 0)),
    count,
  ]
  return row => {
    const [stack, scope] = [at(value.stack, row), at(value.scope, row)]
    const whole = { weight: at(value.weight, row) * factor, count: at(value.count, row) }
    const parts = shares?.deal(at(stacks.frame, stack), whole) ?? [{ row: undefined, ...whole }]
    for (const { row: line, weight, count } of parts)
      samples.add(stack, scope, { row: line, values: valuesOf(weight, count) })
  }
}

/** How many of pprof's units one of ours is: it has no microseconds by convention, but nanoseconds. */
function unitsOf({ unit }: ValueType): number {
  return unit === 'microseconds' ? NANOS_PER_MICRO : 1
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
