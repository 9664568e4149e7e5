import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { toPprof } from '../../../src/formats/profiles/pprof.js'
import { scopeLabels } from '../../../src/formats/profiles/scope-labels.js'
import { at } from '../../../src/profile/columns.js'
import { NO_CALLER, type Profile, type StackIndex } from '../../../src/profile/profile.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../../src/recording/resolved-recording.js'
import { allSamples } from '../../support/all-samples.js'
import { anyRecordingsInTwoOrders } from '../../support/any-recording.js'
import { readPprof } from '../../support/read-pprof.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { reportOf } from '../../support/run-record.js'

const MS = 1000

function pprofOf(...recordings: ResolvedRecording[]) {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  const profile = builder.build()
  const report = reportOf(recordings)
  return { built: profile, report, ...readPprof(toPprof(profile, report)) }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const sumOf = (samples: ReturnType<typeof pprofOf>['samples'], type: string) =>
  sum(samples.map(({ values }) => values[type] ?? 0))

const CART = resolvedFromText(
  `
  0         100000    200000    300000  400000
  checkout  checkout  checkout  idle    checkout
            total     total             readSync[node:fs]
`,
  {
    header: { wallMicros: 500 * MS, project: 'unit', samplingIntervalMicros: 100 * MS },
    tests: [
      span({ index: 0, name: ['cart', 'adds up'], start: 100 * MS, end: 300 * MS }),
      span({ index: 1, name: ['waits'], start: 300 * MS, end: 500 * MS }),
    ],
    hooks: {
      definitions: [{ type: 'beforeEach', describe: ['cart'], site: -1 }],
      runs: { definition: [0], start: [100 * MS], end: [150 * MS], test: [0] },
    },
    // Node 2 is `total`, called by `checkout`.
    ticks: { node: [2, 2], line: [7, 9], count: [1, 1] },
  },
)

test('toPprof separates CPU time, time without a core, blocked time, idle time and sample counts', () => {
  const { samples, report } = pprofOf(CART)
  expect(samples.map(({ stack, values }) => [stack, ...Object.values(values)])).toEqual([
    ['checkout', 100_000_000, 0, 0, 0, 1],
    ['checkout > total', 100_000_000, 0, 0, 0, 1],
    ['checkout > total', 100_000_000, 0, 0, 0, 1],
    ['checkout > readSync > (blocked)', 0, 0, 100_000_000, 0, 1],
    ['(idle)', 0, 0, 0, 100_000_000, 1],
  ])
  const { cpuMs, idleMs, blockedMs, sampleCount } = report.totals
  expect(sumOf(samples, 'cpu')).toBe(cpuMs * 1_000_000)
  expect(sumOf(samples, 'blocked')).toBe(blockedMs * 1_000_000)
  expect(sumOf(samples, 'wait')).toBe(idleMs * 1_000_000)
  expect(sumOf(samples, 'samples')).toBe(sampleCount)
})

test('toPprof puts time without a core below the sampled stack, with a sample type of its own', () => {
  const clock = { step: 0, time: [0, 500 * MS], cpu: [0, 210 * MS] }
  const { samples, report } = pprofOf({ ...CART, clock })
  // The thread ran for 210 of the 300 ms in which code was seen, and so did each part of it.
  const { cpuMs, readyMs } = report.totals
  expect([cpuMs, readyMs]).toEqual([210, 90])
  expect(sumOf(samples, 'cpu')).toBe(210_000_000)
  expect(sumOf(samples, 'ready')).toBe(90_000_000)
  const ready = samples.filter(({ values }) => (values.ready ?? 0) > 0)
  expect(ready.map(({ stack, values }) => [stack, ...Object.values(values)])).toEqual([
    ['checkout > (no core)', 0, 30_000_000, 0, 0, 0],
    ['checkout > total > (no core)', 0, 30_000_000, 0, 0, 0],
    ['checkout > total > (no core)', 0, 30_000_000, 0, 0, 0],
  ])
})

test('toPprof labels samples with file, worker, project, phase, test and hook, and omits empty labels', () => {
  const { samples } = pprofOf(CART)
  const common = { file: 'a.test.js', worker: '1', project: 'unit' }
  expect(samples.map(({ labels }) => labels)).toEqual([
    { ...common, phase: 'other' },
    { ...common, phase: 'hooks', test: 'cart › adds up', hook: 'beforeEach of cart' },
    { ...common, phase: 'tests', test: 'cart › adds up' },
    { ...common, phase: 'tests', test: 'waits' },
    { ...common, phase: 'tests', test: 'waits' },
  ])
})

test('toPprof describes the sample types, start, duration, interval and versions', () => {
  const { profile, text } = readPprof(toPprof(new ProfileBuilder().build(), reportOf([])))
  const typeOf = (type: { type: number | bigint; unit: number | bigint } | undefined) =>
    `${text(type?.type ?? 0)}/${text(type?.unit ?? 0)}`
  expect(profile.sampleType.map(typeOf)).toEqual([
    ...['cpu/nanoseconds', 'ready/nanoseconds', 'blocked/nanoseconds', 'wait/nanoseconds'],
    'samples/count',
  ])
  expect([typeOf(profile.periodType), profile.period]).toEqual(['cpu/nanoseconds', 1_000_000])
  expect(text(profile.defaultSampleType)).toBe('cpu')
  expect([profile.timeNanos, profile.durationNanos]).toEqual([1_700_000_000_000_000_000n, 1_000_000_000n])
  expect(profile.comment.map(text)).toEqual([
    'jest-profiler run 2026-01-31T09-30-00-000Z-1a2b, Jest 30.5.2, Node v22.0.0',
  ])
  expect([profile.sample, profile.function, profile.location]).toEqual([[], [], []])
})

describe('A pprof function', () => {
  const framesOf = (text: string, change: object) => {
    const drawn = resolvedFromText(text)
    const frames = drawn.frames.map(frame => (frame.name === 'A' ? { ...frame, ...change } : frame))
    return pprofOf({ ...drawn, frames })
  }

  test.each([
    ['of the project has a relative path', { file: '/project/src/a b.ts', line: 7 }, 'A', 'src/a b.ts:7'],
    ['outside the project has an absolute path', { file: '/elsewhere/a.ts' }, 'A', '/elsewhere/a.ts:1'],
    ['of Node has its module as path', { file: 'node:fs', line: 3 }, 'A', 'node:fs:3'],
    [
      'without a name is named by its position',
      { name: '(anonymous)', line: 7 },
      '(anonymous) src/A.js:7',
      'src/A.js:7',
    ],
    [
      'without a position has only a name',
      { name: '(garbage collector)', file: '', line: 0 },
      '(garbage collector)',
      ':0',
    ],
  ])('%s', (_what, change, stack, where) => {
    expect(framesOf('0\nA', change).samples).toMatchObject([{ stack, where }])
  })

  test('has a system name different from its name, because pprof would strip C++ template brackets', () => {
    const { profile, text } = framesOf('0\nA', { name: '<instance_members_initializer>', line: 7 })
    expect(profile.function.map(({ name, systemName }) => [text(name), text(systemName)])).toEqual([
      ['<instance_members_initializer>', '<instance_members_initializer> (src/A.js:7:1)'],
    ])
  })

  test('is written once for any number of stacks', () => {
    const { profile } = pprofOf(resolvedFromText('0  1000  2000\nA  A     B\n   B     A'))
    expect([profile.function.length, profile.location.length]).toEqual([2, 2])
  })
})

describe('Lines in pprof', () => {
  const burning = (count: number) => {
    const times = Array.from({ length: count }, (_, sample) => String(sample * 1000).padEnd(8)).join('')
    return resolvedFromText(`${times}\n${'A       '.repeat(count)}`, {
      header: { wallMicros: count * 1000 + 3 },
      ticks: { node: [1, 1, 1], line: [1, 4, 6], count: [5, 4, 1] },
    })
  }

  test('share the self time of a stack by V8’s line ticks, in whole samples', () => {
    const { samples, profile } = pprofOf(burning(10))
    expect(samples.map(({ where, values }) => [where, values.samples])).toEqual([
      ['src/A.js:1', 5],
      ['src/A.js:4', 4],
      ['src/A.js:6', 1],
    ])
    expect(sumOf(samples, 'cpu')).toBe(sum(profile.sample.map(({ value }) => Number(value[0]))))
    expect(sumOf(samples, 'cpu')).toBe(10_003_000)
  })

  test('share single samples of many stacks by the function’s line ticks', () => {
    const one = resolvedFromText('0\nA', {
      header: { wallMicros: 1000 },
      ticks: { node: [1], line: [1], count: [1] },
    })
    const recordings = Array.from({ length: 20 }, (_, file) => ({
      ...one,
      header: { ...one.header, testPath: `/project/${file}.test.js` },
      ticks: { ...one.ticks, line: [file % 4 === 0 ? 9 : 5] },
    }))
    const { samples } = pprofOf(...recordings)
    const on = (where: string) => samples.filter(sample => sample.where === where).length
    expect([samples.length, on('src/A.js:9'), on('src/A.js:5')]).toEqual([20, 5, 15])
  })

  test('of callers are in their own functions', () => {
    const { profile } = pprofOf(CART)
    const lines = profile.sample.map(({ locationId }) =>
      locationId.map(id => profile.location.find(location => location.id === id)?.line[0]?.line),
    )
    expect(lines).toEqual([[1], [7, 1], [9, 1], [0, 1, 1], [0]])
  })
})

test('toPprof keeps integers above 32 bits exact', () => {
  const days = 30 * 24 * 3600 * 1_000_000
  const { samples } = pprofOf(resolvedFromText('0\nA', { header: { wallMicros: days + 1 } }))
  expect(sumOf(samples, 'cpu')).toBe((days + 1) * 1000)
})

test.each([
  ['line breaks', 'a\nb\r\nc', 'a\nb\r\nc'],
  ['NUL', 'a\0b', 'a\0b'],
  ['a lone surrogate, which UTF-8 does not have', 'a\ud800b', 'a\ufffdb'],
  ['control sequences', '\u001b[31mred', '\u001b[31mred'],
  ['100,000 characters', 'x'.repeat(100_000), 'x'.repeat(100_000)],
  ['a property of every object', '__proto__', '__proto__'],
])('toPprof preserves names with %s', (_what, name, read) => {
  const drawn = resolvedFromText('0\nA', { tests: [span({ index: 0, name: [name], start: 0, end: 10_000 })] })
  const { samples } = pprofOf({ ...drawn, frames: drawn.frames.map(frame => ({ ...frame, name })) })
  expect(samples).toMatchObject([{ stack: read, labels: { test: read } }])
})

test('toPprof keeps the time and samples of each stack and scope for any recordings', () => {
  const booked = (entries: { key: string; time: number; count: number }[]) => {
    const sums = new Map<string, { time: number; count: number }>()
    for (const { key, time, count } of entries) {
      const known = sums.get(key)
      sums.set(key, { time: time + (known?.time ?? 0), count: count + (known?.count ?? 0) })
    }
    return sums
  }
  const keyOf = (stack: string, labels: object) =>
    `${stack} ${Object.entries(labels)
      .filter(([, value]) => value)
      .map(([key, value]) => `${key}=${value}`)
      .toSorted()}`
  fc.assert(
    fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
      const { built, report, samples } = pprofOf(...recordings)
      const labels = scopeLabels(built, report)
      const all = allSamples(built)
      const rows = all.stack.map((stack, row) => ({
        key: keyOf(stackName(built, stack), at(labels, at(all.scope, row))),
        time: 1000 * at(all.weight, row),
        count: at(all.count, row),
      }))
      const read = samples.map(({ stack, values, labels }) => ({
        key: keyOf(stack, labels),
        time: (values.cpu ?? 0) + (values.ready ?? 0) + (values.blocked ?? 0) + (values.wait ?? 0),
        count: values.samples ?? 0,
      }))
      expect(booked(read)).toEqual(booked(rows))
    }),
  )
})

function stackName(profile: Profile, stack: StackIndex): string {
  const { frames, stacks } = profile
  const { name } = at(frames, at(stacks.frame, stack))
  const caller = at(stacks.caller, stack)
  return caller === NO_CALLER ? name : `${stackName(profile, caller)} > ${name}`
}

test('toPprof writes the same bytes for the same profile', () => {
  const builder = new ProfileBuilder()
  foldRecording(builder, CART)
  const [profile, report] = [builder.build(), reportOf([CART])]
  expect(toPprof(profile, report)).toEqual(toPprof(profile, report))
})

test('toPprof writes one profile for more samples than one chunk holds', () => {
  const names = Array.from({ length: 25_000 }, (_, index) => `function${index}`)
  const builder = new ProfileBuilder()
  const recorded = { project: '', file: '/suite/a.test.js', worker: 1 }
  const scope = builder.scope({
    ...recorded,
    ...{ phase: 'imports', hook: undefined, test: undefined, attempt: 0, group: undefined },
  })
  names.forEach((name, index) => {
    const place = { file: '/suite/a.js', line: index + 1, column: 1 }
    const frame = builder.frame({ name, ...place, category: 'source', package: undefined, generated: false })
    builder.addSamples(builder.stack(frame, NO_CALLER), scope, { start: index, weight: 1, count: 1 })
  })
  builder.endRecording({ ...recorded, startedAtMs: 0, wallMicros: names.length })
  const { samples, profile } = readPprof(toPprof(builder.build(), reportOf([CART])))
  expect(samples.map(({ stack }) => stack)).toEqual(names)
  expect(sumOf(samples, 'cpu')).toBe(1000 * names.length)
  expect(profile.function).toHaveLength(names.length)
  expect(new Set(profile.stringTable.strings).size).toBe(profile.stringTable.strings.length)
})
