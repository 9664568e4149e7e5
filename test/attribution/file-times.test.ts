import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { fileTimes } from '../../src/attribution/file-times.js'
import { periodicSamples } from '../../src/attribution/sample-times.js'
import { NO_TIME, type Times } from '../../src/attribution/segment-times.js'
import { PHASES } from '../../src/profile/profile.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { anyRecording } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { withWaits } from '../support/waits.js'

/** `wall/idle samples`. */
const brief = (times: Times | undefined) =>
  times === undefined ? 'unknown' : `${times.wall}/${times.idle} ${times.sampleCount}`

describe('fileTimes', () => {
  const recording = resolvedFromText(
    `
    0  1000  2000  3000  4000  6000  8000
    A  idle  B     idle  B     idle  C
  `,
    {
      header: { wallMicros: 9000 },
      phases: [
        { phase: 'environment', start: 0 },
        { phase: 'imports', start: 500 },
        { phase: 'other', start: 1500 },
        { phase: 'teardown', start: 8500 },
      ],
      tests: [
        span({ index: 0, start: 2000, end: 5000 }),
        span({ index: 1, start: 5000, end: 7000, status: 'failed' }),
        span({ index: 1, start: 7000, end: 7500, attempt: 2 }),
        span({ index: 2, start: 7500, end: 7500, status: 'skipped' }),
      ],
      hooks: {
        definitions: [
          { type: 'beforeAll', describe: [], site: -1 },
          { type: 'beforeEach', describe: ['outer'], site: -1 },
          { type: 'afterAll', describe: [], site: -1 },
        ],
        runs: {
          definition: [0, 1, 1, 1],
          start: [1600, 2000, 5000, 7000],
          end: [1900, 2500, 5100, 7100],
          test: [-1, 0, 1, 2],
        },
      },
    },
  )
  const times = fileTimes(recording)

  test('splits the whole into phases, including hooks and tests', () => {
    const { whole, phases } = times
    expect(brief(whole)).toBe('9000/4000 7')
    expect(Object.fromEntries(PHASES.map(phase => [phase, brief(phases[phase])]))).toEqual({
      environment: '500/0 1',
      setupFiles: '0/0 0',
      framework: '0/0 0',
      setupFilesAfterEnv: '0/0 0',
      imports: '1000/500 1',
      hooks: '1000/400 1',
      tests: '4800/2400 3',
      teardown: '500/0 0',
      other: '1200/700 1',
    })
  })

  test('gives each attempt its own time, including its hooks, and the share of the hooks', () => {
    expect(
      times.tests.map(entry => `${entry.index}.${entry.attempt} ${brief(entry.times)} ${entry.hooks}`),
    ).toEqual(['0.1 3000/1000 3 500', '1.1 2000/1000 1 100', '1.2 500/500 0 100', '2.1 unknown 0'])
  })

  test('gives each hook its number of runs and their total time', () => {
    expect(times.hooks.map(({ type, runs, times: own }) => `${type} ×${runs.length} ${brief(own)}`)).toEqual([
      'beforeAll ×1 300/300 0',
      'beforeEach ×3 700/100 1',
      'afterAll ×0 0/0 0',
    ])
  })
})

describe('fileTimes of concurrent tests', () => {
  const tests = [
    span({ index: 0, start: 1000, end: 5000, concurrent: true }),
    span({ index: 1, start: 1000, end: 8000, concurrent: true }),
    span({ index: 2, start: 8000, end: 9000 }),
  ]
  const text = `
    0  2000  4000  6000
    A  B     idle  A
  `

  test('gives times to the group, and none to its tests, when contexts were not recorded', () => {
    const { tests: own, groups } = fileTimes(resolvedFromText(text, { tests }))
    expect(own.map(entry => brief(entry.times))).toEqual(['unknown', 'unknown', '1000/0 0'])
    expect(groups.map(group => `${group.tests} ${brief(group.times)}`)).toEqual(['0,1 7000/2000 3'])
  })

  test('gives each test the time in which the thread worked for it, and the idle time in its window', () => {
    const recording = withWaits(resolvedFromText(text, { tests }), {
      resources: [],
      wakes: [],
      contexts: { time: [1000, 3000, 4000], test: [0, 1, 0] },
    })
    const { tests: own, groups } = fileTimes(recording)
    // Test 0 has 1000 to 3000; test 1 has 3000 to 4000.
    expect(own.slice(1).map(entry => brief(entry.times))).toEqual(['3000/2000 0', '1000/0 0'])
    expect(own[0]?.times?.idle).toBe(1000)
    expect(groups.map(group => `${group.tests} ${brief(group.times)}`)).toEqual(['0,1 7000/2000 3'])
  })

  test('gives a test no time after its end, even if the thread turned to no other test', () => {
    const recording = withWaits(resolvedFromText('0\nA', { tests }), {
      resources: [],
      wakes: [],
      contexts: { time: [1000], test: [0] },
    })
    expect(brief(fileTimes(recording).tests[0]?.times)).toBe('4000/0 0')
  })
})

describe('fileTimes of any recording', () => {
  const keys = ['wall', 'cpu', 'ready', 'blocked', 'idle', 'gc', 'sampleCount'] as const
  /** Sums of each time, rounded to a thousandth of a microsecond. */
  const added = (parts: readonly Times[]) =>
    keys.map(key => Math.round(parts.reduce((sum, times) => sum + (times[key] ?? 0), 0) * 1000) / 1000)

  const property = (check: (recording: ResolvedRecording) => void) =>
    fc.assert(fc.property(anyRecording, check))

  test('phases add up to the whole, which is as long as the recording', () => {
    property(recording => {
      const { whole, phases } = fileTimes(recording)
      expect(added(Object.values(phases))).toEqual(added([whole]))
      expect([whole.wall, whole.sampleCount]).toEqual([
        recording.header.wallMicros,
        periodicSamples(recording).filter(Boolean).length,
      ])
    })
  })

  test('hooks add up to the hooks phase', () => {
    property(recording => {
      const { hooks, phases } = fileTimes(recording)
      expect(added(hooks.map(({ times }) => times))).toEqual(added([phases.hooks]))
    })
  })

  test('a test that runs alone has its whole window as wall time', () => {
    property(recording => {
      for (const { concurrent, times, start, end } of fileTimes(recording).tests) {
        if (concurrent || times === undefined) continue
        expect(times.wall).toBe(end - start)
        expect(times.idle).toBeLessThanOrEqual(times.wall)
      }
    })
  })

  test('tests that run alone and groups add up to at most the time of the tests and hooks phases', () => {
    property(recording => {
      const { tests, groups, phases } = fileTimes(recording)
      const alone = tests.flatMap(({ concurrent, times }) => (concurrent ? [] : (times ?? [])))
      const [wall = 0] = added([...alone, ...groups.map(({ times }) => times)])
      expect(wall).toBeLessThanOrEqual(added([phases.tests, phases.hooks])[0] ?? 0)
    })
  })

  test('phases that did not occur have no time', () => {
    const { whole, phases } = fileTimes(resolvedFromText('0\nA', { header: { wallMicros: 1 } }))
    expect(whole).toEqual({ ...NO_TIME, wall: 1, cpu: 1, ready: undefined, sampleCount: 1, samplesTaken: 1 })
    expect(phases.tests).toEqual(NO_TIME)
  })
})
