import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ResolvedRecording } from '../../src/import/resolved-recording.js'
import { KeptRun } from '../../src/output/kept-run.js'
import { makeRunFolder } from '../../src/output/run-folder.js'
import { buildReport } from '../../src/report/build-report.js'
import type { Report } from '../../src/report/report.js'
import { RunBuilder } from '../../src/report/run-builder.js'
import type { RunRecord } from '../../src/report/run-record.js'
import { toSavedRun } from '../../src/report/saved-run.js'
import { loadRun } from '../../src/saved-runs/load-run.js'
import { mergeRuns } from '../../src/saved-runs/merge-runs.js'
import { rebaseRecording } from '../../src/saved-runs/rebase.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { recordedFile, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

let runs = 0

/** The folder of a run of these recordings. */
function saved(
  recordings: readonly ResolvedRecording[],
  run: Partial<RunRecord['run']> = {},
  given: Partial<RunRecord> = {},
): string {
  const folder = makeRunFolder(join(temporaryFolder(), `run-${++runs}`), `run-${runs}`)
  const kept = new KeptRun(folder)
  const builder = new RunBuilder()
  const files = recordings.map(recording =>
    recordedFile(recording, { recording: builder.add(recording, kept.keep(recording)) }),
  )
  const record = runRecord({ files, ...given })
  kept.keepRun(toSavedRun({ ...record, run: { ...record.run, id: `run-${runs}`, ...run } }))
  return folder.directory
}

function merged(...directories: string[]): { report: Report; notes: readonly string[] } {
  const folder = makeRunFolder(join(temporaryFolder(), 'all'), 'all')
  const notes = mergeRuns(directories, folder)
  return { report: reported(folder.directory), notes }
}

function reported(directory: string): Report {
  const { profile, record } = loadRun(directory)
  return buildReport(profile, record)
}

/** All but what says where the figures come from: machines number their workers as they like. */
function figures({ run: _run, schedule: _schedule, files, ...report }: Report) {
  return { ...report, files: files.map(({ worker: _worker, recording: _name, ...file }) => file) }
}

const onePerFile = anyRecordingsInTwoOrders.map(([recordings]) => recordings)

const inFile = (name: string, rootDir = '/project') =>
  resolvedFromText('0  1000  2000\nA  B     C', {
    tests: [span({ index: 0, name: [name], start: 500, end: 2500 })],
    header: { testPath: `${rootDir}/${name}.test.js`, wallMicros: 3000 },
  })

describe('shards of one suite', () => {
  test('give the figures of the run that was not split, in whatever order they come', () => {
    fc.assert(
      fc.property(onePerFile, fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }), (recordings, choice) => {
        const parts: ResolvedRecording[][] = [[], [], []]
        for (const [index, recording] of recordings.entries()) parts[choice[index % 3] ?? 0]?.push(recording)
        const shards = parts.map((part, index) => saved(part, { shard: `${index + 1}/3` }))
        const whole = figures(reported(saved(recordings)))
        expect(figures(merged(...shards).report)).toEqual(whole)
        expect(figures(merged(...shards.toReversed()).report)).toEqual(whole)
      }),
      { numRuns: 30 },
    )
  })

  test('keep their machines apart: workers have numbers of their own, and all start at once', () => {
    const shards = ['a', 'b'].map((name, index) => {
      const recording = inFile(name)
      const later = {
        ...recording,
        header: { ...recording.header, startedAtMs: recording.header.startedAtMs + index * 60_000 },
      }
      const { startedAtMs, endedAtMs } = runRecord()
      const moved = { startedAtMs: startedAtMs + index * 60_000, endedAtMs: endedAtMs + index * 60_000 }
      return saved([later], { shard: `${index + 1}/2`, workers: 2 }, moved)
    })
    const { report, notes } = merged(...shards)
    expect(report.files.map(({ path, worker }) => [path, worker])).toEqual([
      ['a.test.js', 1],
      ['b.test.js', 3],
    ])
    expect(new Set(report.files.map(({ startedAtMs }) => startedAtMs)).size).toBe(1)
    expect(report.totals.wallMs).toBe(1000)
    expect(report.run.workers).toBe(4)
    expect(report.run.mergedFrom?.map(({ shard }) => shard)).toEqual(['1/2', '2/2'])
    expect(report.run).not.toHaveProperty('shard')
    expect(notes).toEqual([])
  })

  test('from machines with other folders come together in the first one’s', () => {
    const there = saved([inFile('b', '/builds/project')], {
      ...{ shard: '2/2', rootDir: '/builds/project' },
    })
    const { report } = merged(saved([inFile('a')], { shard: '1/2' }), there)
    expect(report.run.rootDir).toBe('/project')
    expect(report.files.map(({ path }) => path)).toEqual(['a.test.js', 'b.test.js'])
  })

  test('paths are moved wherever a recording has any', () => {
    const recording = inFile('a')
    const text = JSON.stringify(rebaseRecording(recording, path => path.replace('/project', '/elsewhere')))
    expect(text).toContain('/elsewhere/a.test.js')
    expect(text).not.toContain('/project')
  })

  test('that are missing are listed, with what to do', () => {
    const { report, notes } = merged(
      saved([inFile('a')], { shard: '1/3' }),
      saved([inFile('c')], { shard: '3/3' }),
    )
    expect(report.missing.map(({ file }) => file)).toEqual(['shard 2/3'])
    expect(notes).toEqual([
      'shard 2/3 is not among the merged runs, so that its test files are missing. Look for its job and its artifact, and merge again.',
    ])
  })

  test('that were run twice count once, the later run', () => {
    const first = saved([inFile('a')], { shard: '1/1', id: 'early' })
    const again = saved(
      [inFile('a')],
      { shard: '1/1', id: 'late' },
      { startedAtMs: 1_800_000_000_000, endedAtMs: 1_800_000_001_000 },
    )
    for (const order of [
      [first, again],
      [again, first],
    ]) {
      const { report, notes } = merged(...order)
      expect(report.run.mergedFrom?.map(({ id }) => id)).toEqual(['late'])
      expect(report.totals.testFiles).toBe(1)
      expect(notes).toEqual(['Shard 1/1 was run twice: late counts, early is older and left out.'])
    }
  })

  test('given twice count once', () => {
    const run = saved([inFile('a')], { id: 'same' })
    expect(merged(run, run).notes).toEqual(['Run same was given twice, and counts once.'])
  })

  test('of different versions are merged, and it is said', () => {
    const { report, notes } = merged(
      saved([inFile('a')], { shard: '1/2', nodeVersion: 'v22.0.0' }),
      saved([inFile('b')], { shard: '2/2', nodeVersion: 'v24.0.0' }),
    )
    expect(notes).toEqual(['The shards ran on different versions of Node: v22.0.0, v24.0.0.'])
    expect(report.limits).toEqual(expect.arrayContaining([...notes]))
  })

  test('a merged run can be merged again', () => {
    const folder = makeRunFolder(join(temporaryFolder(), 'two'), 'two')
    mergeRuns([saved([inFile('a')]), saved([inFile('b')])], folder)
    const { report } = merged(folder.directory, saved([inFile('c')]))
    expect(report.files.map(({ path }) => path).toSorted()).toEqual(['a.test.js', 'b.test.js', 'c.test.js'])
    expect(new Set(report.files.map(({ worker }) => worker)).size).toBe(3)
  })
})

describe('runs that make up no suite', () => {
  test('of two projects are refused, with both', () => {
    const [one, other] = [saved([inFile('a')], { suite: 'shop' }), saved([inFile('b')], { suite: 'bank' })]
    expect(() => merged(one, other)).toThrow(
      `jest-profiler: merge takes shards of one project, got "shop" (${one}) and "bank" (${other}). Leave one of them out.`,
    )
  })

  test('with a test file in common are several measurements, and no shards', () => {
    expect(() => merged(saved([inFile('a')]), saved([inFile('a')]))).toThrow(
      /^jest-profiler: merge takes shards, got two runs with one test file, \/project\/a\.test\.js: .* Compare them with `jest-profiler diff`/,
    )
  })
})
