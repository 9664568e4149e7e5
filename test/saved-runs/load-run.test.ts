import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { writeRecording } from '../../src/recording/recording-file.js'
import type { ResolvedRecording } from '../../src/recording/resolved-recording.js'
import { buildReport } from '../../src/report/build/build-report.js'
import type { FileReport } from '../../src/report/file-report.js'
import { RunBuilder } from '../../src/report/record/run-builder.js'
import { type SavedRun, toSavedRun } from '../../src/report/record/saved-run.js'
import type { Report } from '../../src/report/report.js'
import { loadRun } from '../../src/saved-runs/load-run.js'
import type { SelectionQuery } from '../../src/saved-runs/selection.js'
import { createRunFolder, openRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { rawRecording, resolvedFromText, span } from '../support/recording.js'
import { recordedFile, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A run folder as the reporter saves it, and the report of the run. */
function savedRun(
  recordings: readonly ResolvedRecording[],
  mergeMicros = 0,
): { directory: string; report: Report } {
  const folder = createRunFolder(temporaryFolder(), 'run')
  const store = new RunStore(folder)
  const builder = new RunBuilder()
  const files = recordings.map(recording =>
    recordedFile(recording, { recording: builder.add(recording, store.save(recording)) }),
  )
  const { profile, modules, transforms } = builder.build()
  const record = runRecord({ files, modules, transforms, mergeMicros })
  store.saveRun(toSavedRun(record))
  return { directory: folder.directory, report: buildReport(profile, record) }
}

async function reload(directory: string, selection: SelectionQuery = {}): Promise<Report> {
  const { profile, record } = await loadRun(directory, { selection })
  return buildReport(profile, record)
}

const onePerFile = anyRecordingsInTwoOrders.map(([recordings]) => recordings)

const withTests = (names: readonly string[], testPath = '/project/a.test.js') => {
  const tests = names.map((name, index) =>
    span({ index, name: ['suite', name], start: 1000 * (index + 1), end: 1000 * (index + 2) }),
  )
  return resolvedFromText('0  1000  1500  2000  2600  3000  3500\nA  B     idle  C     D     E     F', {
    tests,
    header: { testPath, wallMicros: 4000 },
  })
}

const TRANSFORMED = {
  files: 2,
  misses: 1,
  micros: 300,
  missMicros: 200,
  loadMicros: 0,
  missLoadMicros: 0,
  uncached: 0,
}

const names = ({ files }: Report) => files.flatMap(({ tests }) => tests.map(({ fullName }) => fullName))

describe('loadRun', () => {
  test('gives the same report as at the end of the run', async () => {
    await fc.assert(
      fc.asyncProperty(onePerFile, async recordings => {
        const { directory, report } = savedRun(recordings)
        expect(await reload(directory)).toEqual(report)
      }),
      { numRuns: 50 },
    )
  })

  test('gives the same file report for one file as for the whole run', async () => {
    await fc.assert(
      fc.asyncProperty(onePerFile, async recordings => {
        const { directory, report } = savedRun(recordings)
        for (const file of report.files) {
          const { files, totals } = await reload(directory, { file: file.path })
          expect(files).toEqual([file])
          expect(totals.sampleCount).toBe(file.sampleCount)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('gives the same test report for one test as for the whole run, and no other tests', async () => {
    await fc.assert(
      fc.asyncProperty(onePerFile, async recordings => {
        const { directory, report } = savedRun(recordings)
        for (const file of report.files) {
          for (const { id, index } of file.tests) {
            const selected = (await reload(directory, { test: id })).files
            expect(selected.map(({ path }) => path)).toEqual([file.path])
            expectAlike(ofTest(selected, index), ofTest([file], index))
            expect(selected.flatMap(({ tests }) => tests.map(entry => entry.index))).toEqual(
              file.tests.filter(entry => entry.index === index).map(entry => entry.index),
            )
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  test('gives the functions, waits and totals of a selected test', async () => {
    const { directory } = savedRun([withTests(['one', 'two', 'three'])])
    const { totals, hotspots, waits } = await reload(directory, { test: 'suite two' })
    expect(hotspots.map(row => [row.function, row.selfMs])).toEqual([
      ['C', 0.6],
      ['D', 0.4],
    ])
    expect(totals).toMatchObject({ tests: 1, fileWallMs: 1, cpuMs: 1, idleMs: 0, sampleCount: 1 })
    expect(waits).toEqual([])
    expect((await reload(directory, { test: 'suite one' })).totals).toMatchObject({ cpuMs: 0.5, idleMs: 0.5 })
  })

  test('gives the overhead and transforms of the selected files only', async () => {
    const costing = (path: string, overheadMicros: number) => {
      const drawn = withTests(['one', 'two'], `/project/${path}`)
      const transforms = [{ transformer: null, extension: '.js', ...TRANSFORMED }]
      return { ...drawn, transforms, header: { ...drawn.header, overheadMicros } }
    }
    const { directory } = savedRun([costing('a.test.js', 3000), costing('b.test.js', 9000)], 50_000)
    const [whole, part] = [await reload(directory), await reload(directory, { file: 'a.test.js' })]
    // 62 and 3 ms are measured. For a few samples, V8's part is estimated.
    expect(whole.totals.overheadMs).toBeGreaterThan(62)
    expect(part.totals.overheadMs).toBeGreaterThan(3)
    const ratio = whole.totals.overheadMs / part.totals.overheadMs
    expect(ratio).toBeGreaterThan(62 / 5.5)
    expect(ratio).toBeLessThan(67 / 3)
    expect((await reload(directory, { file: 'a.test.js' })).transforms).toMatchObject([{ files: 2 }])
    expect((await reload(directory, { file: 'a.test.js', test: 'one' })).transforms).toEqual([])
  })

  test('names the selection in the report', async () => {
    const { directory } = savedRun([withTests(['one'])])
    expect((await reload(directory, { file: 'a.test.js' })).run.selection).toEqual({ file: 'a.test.js' })
    expect((await reload(directory)).run).not.toHaveProperty('selection')
  })

  test('gives the finished files of a run that was cut off, and says so', async () => {
    const folder = createRunFolder(temporaryFolder(), 'run')
    const store = new RunStore(folder)
    store.saveRun(toSavedRun({ ...runRecord(), endedAtMs: null }))
    store.save(withTests(['one', 'two']))
    const cutOff = withTests(['three'], '/project/b.test.js')
    store.save({ ...cutOff, header: { ...cutOff.header, end: 'process exit' } })
    const failing = withTests(['four'], '/project/c.test.js')
    store.save({ ...failing, tests: failing.tests.map(row => ({ ...row, status: 'failed' })) })
    const report = await reload(folder.directory)
    expect(report.files.map(({ path, status }) => `${path} ${status}`).toSorted()).toEqual([
      'a.test.js passed',
      'b.test.js unfinished',
      'c.test.js failed',
    ])
    expect(report.missing.map(({ reason }) => reason)).toEqual([
      'the run was interrupted, or is still running',
    ])
    expect(names(await reload(folder.directory, { test: 'two' }))).toEqual(['suite two'])
  })

  /** A run that was cut off after one of its files, with the note of a process in another. */
  function cutOffRun({ interruption }: Pick<SavedRun, 'interruption'> = {}): string {
    const folder = createRunFolder(temporaryFolder(), 'run')
    const store = new RunStore(folder)
    store.save(withTests(['one']))
    const record = runRecord()
    store.saveRun(toSavedRun({ ...record, endedAtMs: null, ...(interruption && { interruption }) }))
    const noted = { projectId: 'p', doing: 'test', sinceMs: record.startedAtMs, name: ['hangs'] }
    const note = (process: number, testPath: string) =>
      writeFileSync(
        join(folder.incoming, `activity-${process}-0.activity`),
        JSON.stringify({ ...noted, testPath }),
      )
    note(1, '/project/hangs.test.js')
    // Its process died with it.
    note(2, '/project/a.test.js')
    return folder.directory
  }

  test('names what was running in a run that was cut off without a note of it', async () => {
    const directory = cutOffRun()
    expect((await reload(directory)).missing).toEqual([
      expect.objectContaining({
        file: 'hangs.test.js',
        reason: expect.stringMatching(/^interrupted after .* s in test “hangs”$/),
      }),
      expect.objectContaining({ file: '', reason: 'the run was interrupted, or is still running' }),
    ])
    expect((await reload(directory, { file: 'a.test.js' })).missing.map(({ file }) => file)).toEqual([''])
  })

  test('has what was saved of a file that was running, marks it, and can select it', async () => {
    const directory = cutOffRun()
    const { incoming } = openRunFolder(directory)
    const testPath = '/project/hangs.test.js'
    const partial = (wallMicros: number) =>
      rawRecording([], {
        tests: [span({ index: 0, name: ['hangs'], start: 0, end: wallMicros, status: 'unfinished' })],
        header: { testPath, wallMicros, end: 'interrupted' },
      })
    writeRecording(incoming, partial(2000), 'earlier')
    writeRecording(incoming, partial(4000), 'later')
    const read = async (selection: SelectionQuery) => {
      const { files, missing } = await reload(directory, selection)
      return {
        files: files.map(({ path, status, wallMs }) => `${path} ${status} ${wallMs}`),
        missing: missing.map(({ file }) => file),
      }
    }
    const expected = { files: ['hangs.test.js interrupted 4'], missing: ['hangs.test.js', ''] }
    expect(await read({ file: 'hangs.test.js' })).toEqual(expected)
    // What was saved is not saved again.
    expect(await read({ test: 'hangs' })).toEqual(expected)
    expect((await read({})).files.toSorted()).toEqual(['a.test.js passed 4', 'hangs.test.js interrupted 4'])
  })

  test('names what was saved of a running file, but cannot be read', async () => {
    const directory = cutOffRun()
    writeFileSync(join(openRunFolder(directory).incoming, 'cut.partial'), '{"version":')
    const { missing } = await reload(directory)
    expect(missing.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^the recording cannot be read: /),
    )
  })

  test('tells the signal and the time of an interruption', async () => {
    const { startedAtMs } = runRecord()
    const directory = cutOffRun({ interruption: { signal: 'SIGTERM', atMs: startedAtMs + 3210 } })
    expect((await reload(directory)).missing.map(({ reason }) => reason)).toEqual([
      'the run was interrupted by SIGTERM after 3.21 s',
    ])
  })
})

/**
 * Allows for rounding: a test's samples have whole microseconds, which for the whole run are scaled to the test's own time
 * afterwards. A function with no more time than the rounding may be left out.
 */
function expectAlike(selected: ReturnType<typeof ofTest>, whole: ReturnType<typeof ofTest>): void {
  const withoutHotspots = (tests: typeof selected) => tests.map(({ hotspots: _, ...entry }) => entry)
  expect(withoutHotspots(selected)).toEqual(withoutHotspots(whole))
  for (const [position, { hotspots }] of whole.entries()) {
    const own = selected[position]?.hotspots ?? []
    for (const name of new Set([...hotspots, ...own].map(row => row.function))) {
      const [a, b] = [hotspots, own].map(rows => rows.find(row => row.function === name))
      expect(Math.abs((a?.selfMs ?? 0) - (b?.selfMs ?? 0))).toBeLessThanOrEqual(0.005)
      if (a === undefined || b === undefined) continue
      const { selfMs: _self, totalMs, ...row } = a
      expect(b).toMatchObject(row)
      expect(Math.abs(totalMs - b.totalMs)).toBeLessThanOrEqual(0.005)
    }
  }
}

function ofTest(files: readonly FileReport[], index: number) {
  return files.flatMap(({ tests }) =>
    // The time of concurrent tests belongs to their group, of which a selection is only a part.
    tests
      .filter(entry => entry.index === index && !entry.concurrent)
      .map(({ cpuMs, idleMs, gcMs, blockedMs, hotspots, sampleCount, wallMs }) => ({
        ...{ cpuMs, idleMs, gcMs, blockedMs, hotspots, sampleCount, wallMs },
      })),
  )
}
