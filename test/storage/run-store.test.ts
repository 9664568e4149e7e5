import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RESOLVED_VERSION } from '../../src/recording/resolved-recording.js'
import { toSavedRun } from '../../src/report/record/saved-run.js'
import { createRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { anyRecordingsInTwoOrders } from '../support/any-recording.js'
import { resolvedFromText } from '../support/recording.js'
import { fileRecord, recordedFile, runRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function makeStore() {
  const folder = createRunFolder(temporaryFolder(), 'run')
  const pathOf = (name: string) => join(folder.recordings, name)
  return { store: new RunStore(folder), pathOf, recordings: folder.recordings }
}

function messageOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing was thrown')
}

describe('RunStore', () => {
  test('reads recordings back unchanged, even two of one file', () => {
    const { store } = makeStore()
    const recordings = [1, 2].map(startedAtMs => resolvedFromText('0\nA', { header: { startedAtMs } }))
    const names = recordings.map(recording => store.save(recording))
    expect(new Set(names).size).toBe(2)
    expect(names.map(name => store.read(name))).toEqual(recordings)
    expect(store.names()).toEqual(names.toSorted())
  })

  test('reads any recording back unchanged', () => {
    fc.assert(
      fc.property(anyRecordingsInTwoOrders, ([recordings]) => {
        const { store } = makeStore()
        for (const recording of recordings)
          expect(store.read(store.save(recording))).toEqual(JSON.parse(JSON.stringify(recording)))
      }),
      { numRuns: 50 },
    )
  })

  test('reads the run back unchanged, and replaces the record from its start', () => {
    const { store } = makeStore()
    const record = runRecord({ files: [recordedFile(resolvedFromText('0\nA'))] })
    store.saveRun(toSavedRun({ ...record, files: [], endedAtMs: null }))
    expect(store.readRun()).toMatchObject({ endedAtMs: null, files: [] })
    store.saveRun(toSavedRun(record))
    expect(store.readRun()).toEqual(JSON.parse(JSON.stringify(toSavedRun(record))))
    expect(store.readRun().files.map(({ path }) => path)).toEqual(record.files.map(({ path }) => path))
    // The file of the run itself is no recording.
    expect(store.names()).toEqual([])
  })

  test.each([
    [2, 'Read it with the release that wrote it, or record the run again.'],
    [99, 'Update jest-profiler.'],
  ])('refuses a recording of version %i, with both versions', (version, remedy) => {
    const { store, pathOf } = makeStore()
    writeFileSync(pathOf('x.recording.gz'), gzipSync(JSON.stringify({ version })))
    expect(() => store.read('x.recording.gz')).toThrow(
      `jest-profiler: ${pathOf('x.recording.gz')} has version ${version}, this release reads version ${RESOLVED_VERSION}. ${remedy}`,
    )
  })

  test('describes a truncated recording in one line', () => {
    const { store, pathOf } = makeStore()
    const name = store.save(resolvedFromText('0  1\nA  B'))
    const whole = readFileSync(pathOf(name))
    writeFileSync(pathOf(name), whole.subarray(0, whole.length / 2))
    expect(() => store.read(name)).toThrow(/^jest-profiler: .*recording\.gz is truncated\. [^\n]*$/)
  })

  test('refuses a file that is no recording as damaged', () => {
    const { store, pathOf } = makeStore()
    writeFileSync(pathOf('x.recording.gz'), 'what')
    expect(() => store.read('x.recording.gz')).toThrow(/is damaged \(incorrect header check\)/)
    writeFileSync(pathOf('x.recording.gz'), gzipSync('{"version":'))
    expect(() => store.read('x.recording.gz')).toThrow(/is damaged \(.*JSON.*\)/)
  })

  test.each(['../../elsewhere.recording.gz', '/etc/x.recording.gz', 'a\\b.recording.gz', 'run.gz'])(
    'refuses a run that names a recording %s as damaged',
    recording => {
      const { store } = makeStore()
      const record = runRecord({ files: [recordedFile(resolvedFromText('0\nA'))] })
      const saved = toSavedRun(record)
      store.saveRun({ ...saved, files: saved.files.map(file => ({ ...file, recording })) })
      expect(() => store.readRun()).toThrow(
        /^jest-profiler: .*run\.gz is damaged \(files\[0\]\.recording is ".*", not the name of a recording\)\. Copy/,
      )
    },
  )

  test('refuses a decompression bomb before it is decompressed', () => {
    const { store, pathOf } = makeStore()
    // 40 kB decompress to 40 MB.
    const bomb = gzipSync(`{"version":4,"paths":["${'x'.repeat(40_000_000)}"]}`)
    expect(bomb.length).toBeLessThan(50_000)
    writeFileSync(pathOf('x.recording.gz'), bomb)
    expect(() => store.read('x.recording.gz')).toThrow(
      /^jest-profiler: .* is damaged \(its decompressed size is implausible\)\. [^\n]*$/,
    )
  })

  test('refuses links and folders in place of recordings', () => {
    const { store, pathOf } = makeStore()
    const name = store.save(resolvedFromText('0\nA'))
    symlinkSync(name, pathOf('link.recording.gz'))
    mkdirSync(pathOf('folder.recording.gz'))
    for (const other of ['link.recording.gz', 'folder.recording.gz'])
      expect(() => store.read(other)).toThrow(/ is damaged \(it is not a regular file\)\. /)
  })

  test('shows text of a damaged file without control characters', () => {
    const { store, pathOf } = makeStore()
    writeFileSync(pathOf('x.recording.gz'), gzipSync('\u001b[31m\u009b1A\n'))
    const message = messageOf(() => store.read('x.recording.gz'))
    expect(message).toMatch(/ is damaged \(.*JSON.*\)/)
    expect(message).not.toMatch(/\p{Cc}/u)
  })

  test('refuses a run in which two files have the same recording', () => {
    const { store } = makeStore()
    const record = runRecord({
      files: ['/project/a.test.js', '/project/b.test.js'].map(path => fileRecord({ path })),
    })
    const saved = toSavedRun(record)
    store.saveRun({ ...saved, files: saved.files.map(file => ({ ...file, recording: 'a.recording.gz' })) })
    expect(() => store.readRun()).toThrow(
      /run\.gz is damaged \(files\[1\]\.recording is a\.recording\.gz, as that of another file\)/,
    )
  })

  test('refuses a run without run.gz', () => {
    const { store, recordings } = makeStore()
    expect(() => store.readRun()).toThrow(`jest-profiler: ${recordings} has no run.gz`)
  })
})
