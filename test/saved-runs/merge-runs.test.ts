import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { buildCommandReport } from '../../src/report/build/schedule.js'
import { RunBuilder } from '../../src/report/record/run-builder.js'
import type { RunRecord } from '../../src/report/record/run-record.js'
import { toSavedRun } from '../../src/report/record/saved-run.js'
import type { Report } from '../../src/report/report.js'
import { loadRun } from '../../src/saved-runs/load-run.js'
import { mergeRuns } from '../../src/saved-runs/merge-runs.js'
import { rebaseRecording } from '../../src/saved-runs/rebase.js'
import { makeRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { resolvedFromText, span } from '../support/recording.js'
import { recordedFile, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

let runs = 0

/** The folder of a saved run with these recordings. */
function saved(
  recordings: readonly ResolvedRecording[],
  run: Partial<RunRecord['run']> = {},
  given: Partial<RunRecord> = {},
): string {
  const folder = makeRunFolder(join(temporaryFolder(), `run-${++runs}`), `run-${runs}`)
  const store = new RunStore(folder)
  const builder = new RunBuilder()
  const files = recordings.map(recording =>
    recordedFile(recording, { recording: builder.add(recording, store.save(recording)) }),
  )
  const record = runRecord({ files, ...given })
  store.saveRun(toSavedRun({ ...record, run: { ...record.run, id: `run-${runs}`, ...run } }))
  return folder.directory
}

async function merged(...directories: string[]): Promise<{ report: Report; notes: readonly string[] }> {
  const folder = makeRunFolder(join(temporaryFolder(), 'all'), 'all')
  const notes = mergeRuns(directories, folder)
  return { report: await reported(folder.directory), notes }
}

async function reported(directory: string): Promise<Report> {
  const { profile, record } = await loadRun(directory)
  return buildReport(profile, record)
}

/**
 * The report without the parts that differ between machines: the numbers of workers, and the time between files, because
 * consecutive files of one worker may be in two shards.
 */
function figures({ run: _run, schedule: _schedule, files, totals, phases, ...report }: Report) {
  const { betweenFilesMs: _betweenFilesMs, ...totalsOfFiles } = totals
  const { betweenFiles: _betweenFiles, ...phasesOfFiles } = phases
  const filesAnywhere = files.map(({ worker: _worker, recording: _name, ...file }) => file)
  return { ...report, totals: totalsOfFiles, phases: phasesOfFiles, files: filesAnywhere }
}

const onePerFile = anyRecordingsInTwoOrders.map(([recordings]) => recordings)

const inFile = (name: string, rootDir = '/project') =>
  resolvedFromText('0  1000  2000\nA  B     C', {
    tests: [span({ index: 0, name: [name], start: 500, end: 2500 })],
    header: { testPath: `${rootDir}/${name}.test.js`, wallMicros: 3000 },
  })

describe('mergeRuns of shards', () => {
  test('needs them no more afterwards', async () => {
    const shards = ['a', 'b'].map((name, index) => saved([inFile(name)], { shard: `${index + 1}/2` }))
    const folder = makeRunFolder(join(temporaryFolder(), 'all'), 'all')
    mergeRuns(shards, folder)
    for (const shard of shards) rmSync(shard, { recursive: true })
    expect((await reported(folder.directory)).files.map(({ path }) => path).toSorted()).toEqual([
      'a.test.js',
      'b.test.js',
    ])
  })

  test('gives the same values as the unsplit run, in any order of shards', async () => {
    await fc.assert(
      fc.asyncProperty(
        onePerFile,
        fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
        async (recordings, choice) => {
          const parts: ResolvedRecording[][] = [[], [], []]
          for (const [index, recording] of recordings.entries())
            parts[choice[index % 3] ?? 0]?.push(recording)
          const shards = parts.map((part, index) => saved(part, { shard: `${index + 1}/3` }))
          const whole = figures(await reported(saved(recordings)))
          expect(figures((await merged(...shards)).report)).toEqual(whole)
          expect(figures((await merged(...shards.toReversed())).report)).toEqual(whole)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('keeps machines apart: workers get separate numbers, and all machines start together', async () => {
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
    const { report, notes } = await merged(...shards)
    expect(report.files.map(({ path, worker }) => [path, worker])).toEqual([
      ['a.test.js', 1],
      ['b.test.js', 3],
    ])
    expect(new Set(report.files.map(({ startedAtMs }) => startedAtMs)).size).toBe(1)
    expect(report.totals.wallMs).toBe(1000)
    expect(report.run.workers).toBe(4)
    expect(report.run.mergedFrom).toMatchObject(
      ['1/2', '2/2'].map(shard => ({ shard, wallMs: 1000, cpuCount: 2, workers: 2 })),
    )
    expect(report.schedule.workers.map(({ machine }) => machine)).toEqual([0, 1])
    expect(report.run).not.toHaveProperty('shard')
    expect(notes).toEqual([])
  })

  test('notes different numbers of cores', async () => {
    const { report, notes } = await merged(
      saved([inFile('a')], { shard: '1/2' }),
      saved([inFile('b')], { shard: '2/2', cpuCount: 8 }),
    )
    expect(notes).toEqual(['The shards ran on different numbers of cores: 2, 8.'])
    expect(report.run.mergedFrom?.map(({ cpuCount }) => cpuCount)).toEqual([2, 8])
  })

  test('keeps all machines when shards are merged in two steps', async () => {
    const [one, two, three] = ['a', 'b', 'c'].map((name, index) =>
      saved([inFile(name)], { shard: `${index + 1}/3`, id: name, workers: 2 }),
    )
    if (one === undefined || two === undefined || three === undefined) throw new Error('no shards')
    const half = makeRunFolder(join(temporaryFolder(), 'half'), 'half')
    mergeRuns([one, two], half)
    const { report, notes } = await merged(half.directory, three)
    expect(report.run.mergedFrom?.map(({ shard }) => shard)).toEqual(['1/3', '2/3', '3/3'])
    expect(report.schedule.workers.map(({ worker, machine }) => [worker, machine])).toEqual([
      [1, 0],
      [3, 1],
      [5, 2],
    ])
    expect([report.missing, notes]).toEqual([[], []])
  })

  test('moves paths of other machines to the folders of the first', async () => {
    const there = saved([inFile('b', '/builds/project')], {
      ...{ shard: '2/2', rootDir: '/builds/project', displayRoot: '/builds/project' },
    })
    const { report } = await merged(saved([inFile('a')], { shard: '1/2' }), there)
    expect(report.run.rootDir).toBe('/project')
    expect(report.files.map(({ path }) => path)).toEqual(['a.test.js', 'b.test.js'])
  })

  test('moves every path of a recording', async () => {
    const recording = inFile('a')
    const text = JSON.stringify(rebaseRecording(recording, path => path.replace('/project', '/elsewhere')))
    expect(text).toContain('/elsewhere/a.test.js')
    expect(text).not.toContain('/project')
  })

  test('lists missing shards, with a remedy', async () => {
    const { report, notes } = await merged(
      saved([inFile('a')], { shard: '1/3' }),
      saved([inFile('c')], { shard: '3/3' }),
    )
    expect(report.missing.map(({ file }) => file)).toEqual(['shard 2/3'])
    expect(notes).toEqual([
      'shard 2/3 is not among the merged runs, so its test files are missing. Look for its job and its artifact, and merge again.',
    ])
  })

  test('uses the later of two runs of one shard', async () => {
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
      const { report, notes } = await merged(...order)
      expect(report.run.mergedFrom?.map(({ id }) => id)).toEqual(['late'])
      expect(report.totals.testFiles).toBe(1)
      expect(notes).toEqual(['Shard 1/1 ran twice: late is used, early is older and not included.'])
    }
  })

  test('uses a run that is given twice once', async () => {
    const run = saved([inFile('a')], { id: 'same' })
    expect((await merged(run, run)).notes).toEqual(['Run same was given twice and is used once.'])
  })

  test('notes different versions of Node', async () => {
    const { report, notes } = await merged(
      saved([inFile('a')], { shard: '1/2', nodeVersion: 'v22.0.0' }),
      saved([inFile('b')], { shard: '2/2', nodeVersion: 'v24.0.0' }),
    )
    expect(notes).toEqual(['The shards ran on different versions of Node: v22.0.0, v24.0.0.'])
    expect(report.limits).toEqual(expect.arrayContaining([...notes]))
  })

  test('leaves out the command’s time, which is that of one machine', async () => {
    const files = [recordedFile(inFile('a'))]
    const { startedAtMs } = runRecord()
    const command: RunRecord['command'] = {
      ...{ startedAtMs: startedAtMs - 900, endedAtMs: startedAtMs + 1000, fileMapMs: 100, findTestsMs: 10 },
      ...{ globalSetupMs: 700, coverageMs: null, reporters: [], profilerMs: 5, globalTeardownMs: null },
      exitMs: null,
    }
    const shard = saved([inFile('a')], {}, { command })
    const known = (await reported(shard)).command
    expect(known).toEqual(buildCommandReport(command, files))
    expect(known?.startUp).toMatchObject({ globalSetupMs: 700 })
    expect((await merged(shard, saved([inFile('b')], {}, { command }))).report.command).toBeNull()
  })

  test('accepts a merged run as input', async () => {
    const folder = makeRunFolder(join(temporaryFolder(), 'two'), 'two')
    mergeRuns([saved([inFile('a')]), saved([inFile('b')])], folder)
    const { report } = await merged(folder.directory, saved([inFile('c')]))
    expect(report.files.map(({ path }) => path).toSorted()).toEqual(['a.test.js', 'b.test.js', 'c.test.js'])
    expect(new Set(report.files.map(({ worker }) => worker)).size).toBe(3)
  })
})

describe('mergeRuns of runs that are no shards', () => {
  test('refuses runs of two projects, and names both', async () => {
    const [one, other] = [saved([inFile('a')], { suite: 'shop' }), saved([inFile('b')], { suite: 'bank' })]
    await expect(merged(one, other)).rejects.toThrow(
      `jest-profiler: merge takes shards of one project, got "shop" (${one}) and "bank" (${other}). Leave one of them out.`,
    )
  })

  test('refuses runs with a common test file, and suggests diff', async () => {
    await expect(merged(saved([inFile('a')]), saved([inFile('a')]))).rejects.toThrow(
      /^jest-profiler: merge takes shards, got two runs with one test file, \/project\/a\.test\.js: .* Compare them with `jest-profiler diff`/,
    )
  })
})
