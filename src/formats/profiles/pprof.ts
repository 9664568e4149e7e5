// pprof's gzipped protobuf, which `go tool pprof`, Grafana Pyroscope and many more open.
// https://github.com/google/pprof/blob/main/proto/profile.proto: times in nanoseconds, lines 1-based (0: unknown).

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
import { PprofWriter } from './pprof-writer.js'
import { scopeDescriber } from './scope-labels.js'

/** Bytes to compress at once. */
const PART = 4 * 1024 * 1024

const NANOS_PER_MICRO = 1000
const NANOS_PER_MILLI = 1_000_000

/** Fields of `Profile` that `PprofWriter` does not write. */
const FIELDS = {
  sampleType: 1,
  timeNanos: 9,
  durationNanos: 10,
  periodType: 11,
  period: 12,
  comment: 13,
  defaultSampleType: 14,
}

/**
 * A whole run. Each value of the profile is a sample type, and the last one is the number of samples. `cpu`, `ready`,
 * `blocked` and `wait` add up to the report's `cpuMs`, `readyMs`, `blockedMs` and `idleMs`. Paths are relative to the
 * display root, so that `-list` finds files in the project's folder. CPU time has the lines that V8 counted, see
 * `LineShares`. Callers have the lines of their functions, because V8 does not report the lines of calls.
 */
export function toPprof(profile: Profile, report: Report): Uint8Array {
  return Buffer.concat([...pprofParts(profile, report)])
}

/** The same in parts, because the profile of a large run has more than 100 MB. */
export function* pprofParts(profile: Profile, report: Report): Generator<Uint8Array> {
  const writer = new PprofWriter(profile, relativeTo(report.run.displayRoot))
  const file = new GzipParts()
  const handOver = () => {
    for (const fields of [writer.code, writer.strings, writer.samples]) {
      file.add(fields.bytes)
      fields.clear()
    }
  }
  writeHead(writer, profile, report)
  const labelsOf = labelPacker(profile, report, writer)
  for (const value of profile.values) {
    const addRow = rowAdder(writer, profile, { value, labelsOf })
    for (let row = 0; row < value.stack.length; row++) {
      addRow(row)
      if (writer.samples.length < PART) continue
      handOver()
      yield* file.take()
    }
  }
  handOver()
  yield* file.end()
}

function writeHead(writer: PprofWriter, { values }: Profile, { run, totals }: Report): void {
  const { code: fields } = writer
  const writeType = (field: number, name: string, unit: string) => {
    const strings = [writer.string(name), writer.string(unit)]
    fields.messageField(field, type => {
      for (const [index, string] of strings.entries()) type.numberField(index + 1, string)
    })
  }
  for (const { type } of values) writeType(FIELDS.sampleType, type.name, unitOf(type).name)
  writeType(FIELDS.sampleType, 'samples', 'count')
  // Nanoseconds since the epoch exceed the exact range of a double.
  fields.bigIntField(FIELDS.timeNanos, BigInt(Date.parse(run.startedAt)) * BigInt(NANOS_PER_MILLI))
  fields.numberField(FIELDS.durationNanos, Math.round(totals.wallMs * NANOS_PER_MILLI))
  writeType(FIELDS.periodType, TIMES.cpu.name, unitOf(TIMES.cpu).name)
  fields.numberField(FIELDS.period, (run.samplingIntervalMicros ?? 0) * NANOS_PER_MICRO)
  const comment = `jest-profiler run ${run.id}, Jest ${run.jestVersion}, Node ${run.nodeVersion}`
  fields.numberField(FIELDS.comment, writer.string(comment))
  // By default, readers show the last sample type.
  fields.numberField(FIELDS.defaultSampleType, writer.string(TIMES.cpu.name))
}

/** The unit in pprof, which conventionally has nanoseconds. `size`: how many of them are one of ours. */
function unitOf({ unit }: ValueType): { name: string; size: number } {
  return unit === 'microseconds' ? { name: 'nanoseconds', size: NANOS_PER_MICRO } : { name: unit, size: 1 }
}

function rowAdder(
  writer: PprofWriter,
  { stacks, lines, values: all }: Profile,
  { value, labelsOf }: { value: ValueSamples; labelsOf: (scope: ScopeIndex) => Uint8Array },
): (row: number) => void {
  const { size } = unitOf(value.type)
  const shares = value.type.name === TIMES.cpu.name ? new LineShares(lines) : undefined
  const valuesOf = (amount: number, count: number) => [
    ...all.map(other => (other === value ? amount : 0)),
    count,
  ]
  return row => {
    const stack = at(value.stack, row)
    const labels = labelsOf(at(value.scope, row))
    const whole = { weight: at(value.weight, row) * size, count: at(value.count, row) }
    const parts = shares?.deal(at(stacks.frame, stack), whole) ?? [{ row: undefined, ...whole }]
    for (const { row: line, weight, count } of parts)
      writer.addSample(stack, { line, values: valuesOf(weight, count), labels })
  }
}

/** Packs the labels of a scope once, because its rows follow each other. */
function labelPacker({ scopes }: Profile, report: Report, writer: PprofWriter) {
  const describe = scopeDescriber(report)
  let last: ScopeIndex | undefined
  let packed: Uint8Array = new Uint8Array()
  return (scope: ScopeIndex): Uint8Array => {
    if (scope === last) return packed
    last = scope
    const { file, project, worker, phase, test = '', hook = '' } = describe(at(scopes, scope))
    const labels = { file, test, phase, hook, worker: `${worker}`, project }
    packed = writer.labels(Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')))
    return packed
  }
}
