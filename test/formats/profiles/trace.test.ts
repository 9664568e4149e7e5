import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { toTrace } from '../../../src/formats/profiles/trace.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../../src/recording/resolved-recording.js'
import { anyRecordingsInTwoOrders } from '../../support/any-recording.js'
import { HOSTILE, hostileReport } from '../../support/drawn-reports.js'
import { readTrace } from '../../support/read-trace.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { RUN_START, reportOf } from '../../support/run-record.js'

function builtOf(recordings: readonly ResolvedRecording[]) {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  return builder.build()
}

const traceOf = (...recordings: ResolvedRecording[]) =>
  readTrace(toTrace(builtOf(recordings), reportOf(recordings)))

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const cart = resolvedFromText(
  `
    500        2000   6000  20000
    load[jest] total  idle  total
               add          gc
  `,
  {
    header: { wallMicros: 30_000, startedAtMs: RUN_START + 100 },
    phases: [
      { phase: 'environment', start: 0 },
      { phase: 'imports', start: 1000 },
      { phase: 'other', start: 1800 },
      { phase: 'teardown', start: 26_000 },
    ],
    tests: [
      span({ index: 0, name: ['cart', 'adds up'], start: 2000, end: 12_000 }),
      span({ index: 0, name: ['cart', 'adds up'], start: 12_000, end: 25_000, attempt: 2 }),
      span({ index: 1, name: ['later'], start: 25_000, end: 25_000, status: 'skipped' }),
    ],
    hooks: {
      definitions: [{ type: 'beforeEach', describe: ['cart'], site: -1 }],
      runs: { definition: [0, 0], start: [2000, 12_000], end: [3000, 12_500], test: [0, 1] },
    },
  },
)

const api = resolvedFromText('1000\nsend', {
  header: { wallMicros: 9000, testPath: '/project/b.test.js', startedAtMs: RUN_START + 100, worker: 2 },
  tests: [
    span({ index: 0, name: ['gets'], start: 1000, end: 6000, concurrent: true }),
    span({ index: 1, name: ['puts'], start: 2000, end: 8000, concurrent: true }),
  ],
})

describe('toTrace', () => {
  test('nests phases, tests and hooks in their files', () => {
    const slices = traceOf(cart).slices.get(1) ?? []
    expect(
      slices.map(({ name, start, end, depth }) => `${'  '.repeat(depth)}${name} ${start}–${end}`),
    ).toEqual([
      'a.test.js 100000–130000',
      '  environment 100000–101000',
      '  imports 101000–101800',
      '  cart › adds up 102000–112000',
      '    beforeEach of cart 102000–103000',
      '  cart › adds up (attempt 2) 112000–125000',
      '    beforeEach of cart 112000–112500',
      '  teardown 126000–130000',
    ])
  })

  test('writes the position and time breakdown of tests', () => {
    const [first] =
      traceOf(cart)
        .slices.get(1)
        ?.filter(({ category }) => category === 'test') ?? []
    expect(first?.args).toEqual({
      ...{ file: 'a.test.js', position: 'a.test.js', index: 0, attempt: 1, status: 'passed' },
      ...{ cpuMs: 4, idleMs: 6, blockedMs: 0, gcMs: 0 },
    })
  })

  test('writes concurrent tests as asynchronous events because they overlap', () => {
    const { events, slices } = traceOf(api)
    expect(
      events
        .filter(({ cat, ph }) => cat === 'test' && ph !== 'X')
        .map(({ ph, name, ts, id }) => `${ph} ${id} ${name} ${ts}`),
    ).toEqual(['b 0x1 gets 101000', 'e 0x1 gets 106000', 'b 0x2 puts 102000', 'e 0x2 puts 108000'])
    expect(slices.get(2)?.map(({ name }) => name)).toEqual(['b.test.js'])
  })

  test('writes a heap counter per worker at the start and end of tests', () => {
    const heap = { time: [1000, 2500], usedBytes: [3_000_000, 4_000_000] }
    const { events } = traceOf({ ...cart, heap })
    const counters = events.filter(({ name }) => name === 'heap of worker 1')
    const start = counters[0]?.ts ?? Number.NaN
    expect(counters.map(({ ph, ts, args }) => [ph, ts - start, args.usedBytes])).toEqual([
      ['C', 0, 3_000_000],
      ['C', 1500, 4_000_000],
    ])
  })

  test('counts the running tests of all workers', () => {
    const counters = traceOf(cart, api).events.filter(({ name }) => name === 'running tests')
    expect(counters.map(({ ts, args }) => [ts, args.tests])).toEqual([
      [101_000, 1],
      [102_000, 3],
      [106_000, 2],
      [108_000, 1],
      [125_000, 0],
    ])
  })

  test('names the process and its threads', () => {
    const named = traceOf(cart, api).events.filter(({ name }) => /_name$/.test(name))
    expect(named.map(({ name, tid, args }) => [name, tid, args.name])).toEqual([
      ['process_name', 0, 'Jest'],
      ['thread_name', 1, 'Worker 1'],
      ['thread_name', 2, 'Worker 2'],
    ])
  })

  test('writes the samples of each worker, with idle time at the end of a file', () => {
    expect(traceOf(cart).samples.get(1)).toEqual([
      { stack: '(not sampled)', time: 100_000 },
      { stack: 'load', time: 100_500 },
      { stack: 'total > add', time: 102_000 },
      { stack: '(idle)', time: 106_000 },
      { stack: 'total > (garbage collector)', time: 120_000 },
      { stack: '(idle)', time: 130_000 },
    ])
  })

  test('writes a blocking call as busy', () => {
    const blocking = resolvedFromText('0\nrun\nspawnSync[node:child_process]')
    expect(
      traceOf(blocking)
        .samples.get(1)
        ?.map(({ stack }) => stack),
    ).toEqual(['run > spawnSync', '(idle)'])
  })

  test('splits many samples into chunks', () => {
    const recording = resolvedFromText('0\nA', { header: { wallMicros: 25_000 } })
    const samples = {
      node: Array.from({ length: 25_000 }, () => 1),
      time: Array.from({ length: 25_000 }, (_, row) => row),
    }
    const { events, samples: read } = traceOf({ ...recording, samples })
    expect(events.filter(({ name }) => name === 'ProfileChunk')).toHaveLength(3)
    expect(read.get(1)?.map(({ time }) => time)).toEqual([...samples.time, 25_000])
  })

  test('ends a slice with its enclosing slice', () => {
    const early = {
      ...cart,
      phases: [{ phase: 'tests', start: 0 } as const, { phase: 'other', start: 20_000 } as const],
    }
    const slices = traceOf(early).slices.get(1) ?? []
    expect(slices.map(({ name, end }) => `${name} ${end}`)).toContain('cart › adds up (attempt 2) 120000')
  })

  test('describes the run', () => {
    expect(traceOf(cart).otherData).toMatchObject({
      startedAt: new Date(RUN_START).toISOString(),
      jestVersion: '30.5.2',
      samplingIntervalMicros: 1000,
    })
  })

  test('has no threads for an empty profile', () => {
    const { events } = readTrace(toTrace(new ProfileBuilder().build(), reportOf([])))
    expect(events.map(({ name }) => name)).toEqual(['process_name'])
  })

  test('keeps names unchanged', () => {
    const { slices } = readTrace(toTrace(new ProfileBuilder().build(), hostileReport()))
    expect(slices.get(1)?.map(({ name }) => name)).toEqual([`${HOSTILE}.test.ts`, `${HOSTILE} › ${HOSTILE}`])
  })

  test('nests slices within their files for any recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const slices = traceOf(...recordings).slices.get(1) ?? []
        const files = slices.filter(({ category }) => category === 'file')
        expect(files).toHaveLength(recordings.length)
        expect(sum(files.map(({ start, end }) => end - start))).toBe(
          sum(recordings.map(({ header }) => header.wallMicros)),
        )
        for (const { depth, category, end, start } of slices) {
          expect(depth === 0).toBe(category === 'file')
          expect(end).toBeGreaterThan(start)
        }
      }),
    )
  })

  test('writes samples that last until the next one, with or without a core', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const profile = builtOf(recordings)
        const isIdle = (stack: number) => {
          const frame = profile.frames[profile.stacks.frame[stack] ?? -1]
          return frame?.category === 'idle' && frame.name !== '(blocked)'
        }
        const busy = sum(
          profile.sequences.flatMap(({ stack, start, wallMicros }) =>
            [...stack].map((index, row) =>
              isIdle(index) ? 0 : (start[row + 1] ?? wallMicros) - (start[row] ?? Number.NaN),
            ),
          ),
        )
        const samples = readTrace(toTrace(profile, reportOf(recordings))).samples.get(1) ?? []
        const lengths = samples.map(({ stack, time }, row) =>
          stack === '(idle)' ? 0 : (samples[row + 1]?.time ?? time) - time,
        )
        expect(sum(lengths)).toBe(busy)
      }),
    )
  })

  test('counts as many ends as starts of tests for any recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const counters = traceOf(...recordings).events.filter(({ ph }) => ph === 'C')
        expect(counters.every(({ args }) => Number(args.tests) >= 0)).toBe(true)
        expect(counters.at(-1)?.args.tests ?? 0).toBe(0)
      }),
    )
  })
})
