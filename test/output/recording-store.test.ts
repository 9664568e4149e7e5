import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { RECORDING_VERSION, type RecordingHeader } from '../../src/collect/recording.js'
import { recordingKey, writeRecording } from '../../src/collect/recording-file.js'
import { RecordingStore } from '../../src/output/recording-store.js'
import { createRunFolder } from '../../src/output/run-folder.js'
import { UserError } from '../../src/user-error.js'
import { rawRecording, resolvedFromText } from '../support/recording.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function storeIn(outputDir = temporaryFolder()) {
  const folder = createRunFolder(outputDir, 'run')
  const leave = (unique: string, header: Partial<RecordingHeader> = {}) =>
    writeRecording(folder.incoming, rawRecording([], { header }), unique)
  return { folder, leave, store: new RecordingStore(folder) }
}

const a = '/project/a.test.js'
const b = '/project/b.test.js'

describe('RecordingStore', () => {
  test('takes what workers left of one file of one project, the latest attempt last, and only once', () => {
    const { store, leave } = storeIn()
    leave('9-0-1', { testPath: a, startedAtMs: 200 })
    leave('8-0-1', { testPath: a, startedAtMs: 300 })
    leave('7-0-1', { testPath: a, startedAtMs: 100 })
    leave('7-0-2', { testPath: b })
    leave('7-0-3', { testPath: a, projectId: 'other' })
    const starts = store
      .take('project-id', a)
      .map(taken => ('problem' in taken ? taken.problem : taken.header.startedAtMs))
    expect(starts).toEqual([100, 200, 300])
    expect(store.take('project-id', a)).toEqual([])
    expect(store.takeRest()).toHaveLength(2)
    expect(store.takeRest()).toEqual([])
  })

  test('takes the problem that a worker left in place of a recording', () => {
    const { store, folder } = storeIn()
    const header = { projectId: 'p', testPath: a }
    const problem = { version: RECORDING_VERSION, header, problem: 'no inspector' } as const
    writeRecording(folder.incoming, problem, '1')
    expect(store.take('p', a)).toEqual([problem])
  })

  test('does not touch what is not whole yet', () => {
    const { store, folder } = storeIn()
    writeFileSync(join(folder.incoming, `${recordingKey('p', a)}-1.recording.77.tmp`), '{"version":')
    expect(store.takeRest()).toEqual([])
    expect(readdirSync(folder.incoming)).toHaveLength(1)
  })

  test('a kept recording reads back as it was, also when it is one of two of a file', () => {
    const { store } = storeIn()
    const recordings = [1, 2].map(startedAtMs => resolvedFromText('0\nA', { header: { startedAtMs } }))
    const names = recordings.map(recording => store.keep(recording))
    expect(new Set(names).size).toBe(2)
    expect(names.map(name => store.read(name))).toEqual(recordings)
  })

  test('close takes away what came in, and keeps what is kept', () => {
    const { store, folder, leave } = storeIn()
    leave('1')
    const name = store.keep(resolvedFromText('0\nA'))
    store.close()
    expect(existsSync(folder.incoming)).toBe(false)
    expect(store.read(name).header.testPath).toBe(a)
  })

  test('a recording of another release is refused with both versions', () => {
    const { store, folder } = storeIn()
    writeFileSync(join(folder.recordings, 'x.recording.gz'), gzipSync('{"version":99}'))
    expect(() => store.read('x.recording.gz')).toThrow(
      new UserError(
        'jest-profiler: recording x.recording.gz has version 99, this release reads version 3. ' +
          'Use one version of jest-profiler in all projects of a run.',
      ),
    )
  })

  // One such file must not cost the run its report.
  test('a damaged recording keeps no other from being taken', () => {
    const { store, folder, leave } = storeIn()
    leave('1', { testPath: b })
    writeFileSync(join(folder.incoming, `${recordingKey('p', a)}-1.recording`), '{"version":')
    const taken = store.takeRest()
    expect(taken.filter(entry => entry.header?.testPath === b && !('problem' in entry))).toHaveLength(1)
  })
})
