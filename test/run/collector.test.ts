import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { RECORDING_VERSION } from '../../src/recording/enums.js'
import type { RecordingHeader } from '../../src/recording/recording.js'
import { writeRecording } from '../../src/recording/recording-file.js'
import { Collector } from '../../src/run/collector.js'
import { IncomingRecordings } from '../../src/storage/incoming-recordings.js'
import { createRunFolder } from '../../src/storage/run-folder.js'
import { RunStore } from '../../src/storage/run-store.js'
import { allSamples } from '../support/all-samples.js'
import { violationsOf } from '../support/check-profile.js'
import { rawRecording } from '../support/recording.js'
import { fileRecord } from '../support/run-record.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const path = '/project/a.test.js'
const own = { name: 'own', url: '/project/src/a.js', line: 3, column: 5 }

function collecting() {
  const folder = createRunFolder(temporaryFolder(), 'run')
  const store = new RunStore(folder)
  const incoming = new IncomingRecordings(folder)
  let written = 0
  const leave = (header: Partial<RecordingHeader>) =>
    writeRecording(folder.incoming, rawRecording([[own]], { header }), String(++written))
  const { recording: _recording, ...outcome } = fileRecord({ path })
  return { folder, store, leave, collector: new Collector({ incoming, store }, '/profiler/'), outcome }
}

describe('Collector', () => {
  test('counts only the last of several attempts at a file, and reports their number', () => {
    const { leave, collector, outcome, store } = collecting()
    for (const startedAtMs of [3000, 1000, 2000]) leave({ startedAtMs, wallMicros: startedAtMs })
    const file = collector.take({ ...outcome, projectId: 'project-id' })
    expect(file).toMatchObject({
      attempts: 3,
      problem: undefined,
      record: { recording: { header: { startedAtMs: 3000 } } },
    })
    const { profile } = collector.build()
    expect(violationsOf(profile)).toEqual([])
    expect(allSamples(profile).weight).toEqual([3000])
    expect(store.read(file.record.recording?.name ?? '').header.startedAtMs).toBe(3000)
  })

  test('keeps Jest’s result for a file without a recording', () => {
    const { collector, outcome } = collecting()
    const file = collector.take({ ...outcome, projectId: 'project-id', wallMs: 7 })
    expect(file).toEqual({
      record: { ...outcome, wallMs: 7, recording: undefined },
      attempts: 0,
      problem: undefined,
      unsaved: undefined,
    })
  })

  test('adds a recording that cannot be saved to the profile', () => {
    const { folder, leave, outcome } = collecting()
    leave({ wallMicros: 3000 })
    const intoFile = { ...folder, recordings: join(folder.directory, '.jest-profiler-run') }
    const unkeeping = new Collector(
      { incoming: new IncomingRecordings(folder), store: new RunStore(intoFile) },
      '/profiler/',
    )
    const file = unkeeping.take({ ...outcome, projectId: 'project-id' })
    expect(file).toMatchObject({ attempts: 1, unsaved: expect.stringMatching(/^ENOTDIR: /) })
    expect(allSamples(unkeeping.build().profile).weight).toEqual([3000])
  })

  test('reports why a worker could not record a file', () => {
    const { folder, collector, outcome } = collecting()
    const header = { projectId: 'project-id', testPath: path }
    writeRecording(folder.incoming, { version: RECORDING_VERSION, header, problem: 'no inspector' }, '1')
    expect(collector.take({ ...outcome, projectId: 'project-id' })).toMatchObject({
      attempts: 0,
      problem: 'no inspector',
    })
  })

  test('takes files without a result from Jest at the end, as unfinished', () => {
    const { leave, collector } = collecting()
    leave({ startedAtMs: 1000, wallMicros: 2500, end: 'process exit' })
    leave({ testPath: '/project/b.test.js', project: 'web' })
    const rest = collector.takeRest().toSorted((a, b) => (a.record.path < b.record.path ? -1 : 1))
    expect(rest.map(({ record }) => record)).toMatchObject([
      { path, project: '', status: 'unfinished', recording: { header: { wallMicros: 2500 } }, results: [] },
      { path: '/project/b.test.js', project: 'web', status: 'unfinished' },
    ])
    expect(collector.files).toHaveLength(2)
  })

  test('adds a recording that ended late to the file that Jest reported earlier', () => {
    const { leave, collector, outcome } = collecting()
    const file = collector.take({ ...outcome, projectId: 'project-id', status: 'failed' })
    leave({ wallMicros: 700, end: 'abandoned' })
    expect(collector.takeRest()).toEqual([])
    expect(collector.files).toEqual([file])
    expect(file).toMatchObject({
      attempts: 1,
      record: { status: 'failed', recording: { header: { wallMicros: 700 } } },
    })
    expect(allSamples(collector.build().profile).weight).toEqual([700])
  })
})
