import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { foldRecording } from '../../../src/attribution/fold-recording.js'
import { toFirefox } from '../../../src/formats/profiles/firefox.js'
import { ProfileBuilder } from '../../../src/profile/profile-builder.js'
import type { ResolvedRecording } from '../../../src/recording/resolved-recording.js'
import { anyRecordingsInTwoOrders } from '../../support/any-recording.js'
import { HOSTILE, hostileReport } from '../../support/drawn-reports.js'
import { readFirefox } from '../../support/read-firefox.js'
import { resolvedFromText, span } from '../../support/recording.js'
import { RUN_START, reportOf } from '../../support/run-record.js'
import { withWaits } from '../../support/waits.js'

function builtOf(recordings: readonly ResolvedRecording[]) {
  const builder = new ProfileBuilder()
  for (const recording of recordings) foldRecording(builder, recording)
  return builder.build()
}

const firefoxOf = (...recordings: ResolvedRecording[]) =>
  readFirefox(toFirefox(builtOf(recordings), reportOf(recordings)))

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const cart = withWaits(
  resolvedFromText(
    `
    500        2000                   6000  20000
    load[jest] total                  idle  total
               add[dependency:lodash]
  `,
    {
      header: { wallMicros: 30_000, startedAtMs: RUN_START + 100 },
      phases: [
        { phase: 'environment', start: 0 },
        { phase: 'imports', start: 1000 },
        { phase: 'other', start: 1800 },
      ],
      tests: [
        span({ index: 0, name: ['cart', 'adds up'], start: 2000, end: 25_000 }),
        span({ index: 1, name: ['later'], start: 25_000, end: 25_000, status: 'skipped' }),
      ],
      hooks: {
        definitions: [{ type: 'beforeEach', describe: ['cart'], site: -1 }],
        runs: { definition: [0], start: [2000], end: [3000], test: [0] },
      },
    },
  ),
  { resources: [{ stack: ['sleep', 'total'] }], wakes: [[20_000, 0]] },
)

const api = resolvedFromText('1000\nsend', {
  header: { wallMicros: 9000, testPath: '/project/b.test.js', startedAtMs: RUN_START + 200 },
  tests: [
    span({ index: 0, name: ['gets'], start: 1000, end: 6000, concurrent: true }),
    span({ index: 1, name: ['puts'], start: 2000, end: 8000, concurrent: true, status: 'failed' }),
  ],
})

describe('toFirefox', () => {
  test('has a track per worker, with samples relative to the start of the run', () => {
    const other = { ...api, header: { ...api.header, worker: 2 } }
    const { threads } = firefoxOf(cart, other)
    expect(threads.map(({ name }) => name)).toEqual(['Worker 1', 'Worker 2'])
    expect(threads[1]?.samples.map(({ stack, time, weight }) => [stack, time, weight])).toEqual([
      ['(not sampled)', 200, 1],
      ['send', 201, 8],
      [null, 209, 0],
    ])
  })

  test('leaves the time between two files of a worker empty', () => {
    const [worker] = firefoxOf(cart, api).threads
    expect(worker?.samples.map(({ stack, time }) => `${time} ${stack}`)).toEqual([
      '100 (not sampled)',
      '100.5 load',
      '102 total > add',
      '106 total > sleep > (waiting)',
      '120 total',
      '130 null',
      '200 (not sampled)',
      '201 send',
      '209 null',
    ])
  })

  test('gives idle samples the Idle category and no CPU time', () => {
    const [worker] = firefoxOf(cart).threads
    expect(worker?.samples.map(({ category, cpuMicros }) => [category, cpuMicros])).toEqual([
      ['Program', 0],
      ['Jest', 500],
      ['Dependency', 1500],
      ['Idle', 4000],
      ['Source', 0],
      [null, 10_000],
    ])
  })

  test('gives a blocking call the Blocked category and no CPU time', () => {
    const recording = resolvedFromText(`
      0                             5000
      run                           run
      spawnSync[node:child_process]
    `)
    const [worker] = firefoxOf(recording).threads
    expect(worker?.samples.map(({ stack, category, cpuMicros }) => [stack, category, cpuMicros])).toEqual([
      ['run > spawnSync > (blocked)', 'Blocked', 0],
      ['run', 'Source', 0],
      [null, null, 5000],
    ])
    expect(worker?.markers.filter(({ name }) => name === 'Wait').map(({ data }) => data)).toMatchObject([
      { what: '(blocked)', origin: 'spawnSync', position: 'node:child_process:1:1' },
    ])
  })

  test('marks files, phases, tests, hooks and waits', () => {
    const [worker] = firefoxOf(cart).threads
    const labels = worker?.markers.map(({ name, data, start, end }) => {
      const { path, phase, test: title, hook, origin } = data
      return `${start}–${end} ${name} ${path ?? phase ?? title ?? hook ?? origin}`
    })
    expect(labels).toEqual([
      '100–130 Test file a.test.js',
      '100–101 Phase environment',
      '101–101.8 Phase imports',
      '101.8–130 Phase other',
      '102–125 Test cart › adds up',
      '102–103 Hook beforeEach of cart',
      '106–120 Wait sleep',
    ])
  })

  test('gives a wait the stack of the call that started it', () => {
    const { threads, shared } = firefoxOf(cart)
    const wait = threads[0]?.markers.find(({ name }) => name === 'Wait')
    const { stack } = (wait?.data.cause ?? {}) as { stack?: number }
    const frame = shared.stackTable.frame[stack ?? -1] ?? -1
    expect(shared.stringArray[shared.funcTable.name[frame] ?? -1]).toBe('sleep')
    expect(wait?.data).toMatchObject({ what: '(waiting)', position: 'src/sleep.js:1:1' })
  })

  test('omits a wait shorter than the sampling interval', () => {
    const short = resolvedFromText('0  1000  1900\nA  idle  A')
    expect(firefoxOf(short).threads[0]?.markers.filter(({ name }) => name === 'Wait')).toEqual([])
  })

  test('marks concurrent tests with overlapping spans', () => {
    const tests = firefoxOf(api).threads[0]?.markers.filter(({ name }) => name === 'Test')
    expect(tests?.map(({ start, end, data }) => [start, end, data.concurrent, data.color])).toEqual([
      [201, 206, 'yes', 'green'],
      [202, 208, 'yes', 'red'],
    ])
  })

  test('writes relative paths, and packages as resources that can be folded', () => {
    const { shared } = firefoxOf(cart)
    const text = (index: number) => shared.stringArray[index]
    expect(shared.sources.filename.map(text)).toContain('src/total.js')
    expect(shared.resourceTable.name.map(text)).toEqual(['lodash'])
  })

  test('has only the stacks that its tracks use', () => {
    const profile = builtOf([cart, api])
    const { shared } = readFirefox(
      toFirefox({ ...profile, sequences: profile.sequences.slice(1) }, reportOf([cart, api])),
    )
    // The stacks of `send` and of the time before it.
    expect(shared.stackTable.length).toBe(2)
    expect(shared.stringArray).not.toContain('total')
  })

  test('moves a file that seems to start before the previous one has ended to that file’s end', () => {
    const early = { ...api, header: { ...api.header, startedAtMs: RUN_START + 129 } }
    const [worker] = firefoxOf(cart, early).threads
    const files = worker?.markers.filter(({ name }) => name === 'Test file')
    expect(files?.map(({ start, end }) => [start, end])).toEqual([
      [100, 130],
      [130, 139],
    ])
  })

  test('describes the run', () => {
    expect(firefoxOf(cart).meta).toMatchObject({
      product: 'jest-profiler',
      interval: 1,
      startTime: RUN_START,
      profilingEndTime: 130,
      logicalCPUs: 2,
      preprocessedProfileVersion: 61,
      initialVisibleThreads: [0],
    })
  })

  test('has an empty track for an empty profile, because viewers reject a profile without tracks', () => {
    const { threads } = readFirefox(toFirefox(new ProfileBuilder().build(), reportOf([])))
    expect(threads).toEqual([{ name: 'Worker 1', samples: [], markers: [] }])
  })

  test('keeps names unchanged', () => {
    const [worker] = readFirefox(toFirefox(new ProfileBuilder().build(), hostileReport())).threads
    expect(worker?.markers.map(({ data }) => data.path ?? data.test)).toEqual([
      `${HOSTILE}.test.ts`,
      `${HOSTILE} › ${HOSTILE}`,
    ])
  })

  test('keeps samples in order, with weights that add up to the time of the recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const profile = builtOf(recordings)
        const { threads } = readFirefox(toFirefox(profile, reportOf(recordings)))
        const samples = threads.flatMap(thread => thread.samples)
        expect(sum(samples.map(({ weight }) => weight))).toBeCloseTo(
          sum(recordings.map(({ header }) => header.wallMicros)) / 1000,
          6,
        )
        for (const thread of threads) {
          const times = thread.samples.map(({ time }) => time)
          expect(times).toEqual(times.toSorted((a, b) => a - b))
        }
        const running = samples.filter(({ category }) => category !== 'Idle' && category !== 'Blocked')
        expect(sum(samples.map(({ cpuMicros }) => cpuMicros))).toBeCloseTo(
          sum(running.map(({ weight }) => weight)) * 1000,
          3,
        )
      }),
    )
  })

  test('keeps markers within those of their files', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        for (const { markers } of firefoxOf(...recordings).threads) {
          const files = markers.filter(({ name }) => name === 'Test file')
          for (const { start, end } of markers) {
            expect(start).toBeLessThan(end)
            expect(files.some(file => file.start <= start && end <= file.end)).toBe(true)
          }
        }
      }),
    )
  })

  test('is the same for any order of recordings', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([one, other]) => {
        expect(firefoxOf(...other).threads).toEqual(firefoxOf(...one).threads)
      }),
    )
  })
})
