import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { RECORDING_VERSION } from '../../src/recording/enums.js'
import type { RecordingHeader } from '../../src/recording/recording.js'
import { recordingKey, writeRecording } from '../../src/recording/recording-file.js'
import { IncomingRecordings } from '../../src/storage/incoming-recordings.js'
import { createRunFolder, removeIncoming } from '../../src/storage/run-folder.js'
import { rawRecording } from '../support/recording.js'
import { temporaryFolder } from '../support/temporary-folder.js'

function storeIn(outputDir = temporaryFolder()) {
  const folder = createRunFolder(outputDir, 'run')
  const leave = (unique: string, header: Partial<RecordingHeader> = {}) =>
    writeRecording(folder.incoming, rawRecording([], { header }), unique)
  return { folder, leave, store: new IncomingRecordings(folder) }
}

const a = '/project/a.test.js'
const b = '/project/b.test.js'

describe('IncomingRecordings', () => {
  test('takes the recordings of one file in one project once, with the latest attempt last', () => {
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

  test('takes a problem that a worker left in place of a recording', () => {
    const { store, folder } = storeIn()
    const header = { projectId: 'p', testPath: a }
    const problem = { version: RECORDING_VERSION, header, problem: 'no inspector' } as const
    writeRecording(folder.incoming, problem, '1')
    expect(store.take('p', a)).toEqual([problem])
  })

  test('ignores unfinished files', () => {
    const { store, folder } = storeIn()
    writeFileSync(join(folder.incoming, `${recordingKey('p', a)}-1.recording.77.tmp`), '{"version":')
    expect(store.takeRest()).toEqual([])
    expect(readdirSync(folder.incoming)).toHaveLength(1)
  })

  test('reads what an interrupted run has left, the longest of what was saved in between first, and keeps it', () => {
    const { store, leave } = storeIn()
    leave('1', { testPath: a, end: 'interrupted', wallMicros: 10_000 })
    leave('2', { testPath: a, end: 'interrupted', wallMicros: 20_000 })
    leave('3', { testPath: b, end: 'process exit', wallMicros: 5000 })
    expect(store.takeRest().map(({ header }) => header.testPath)).toEqual([b])
    const left = () => store.readLeft().map(taken => ('problem' in taken ? '' : taken.header.wallMicros))
    expect([left(), left()]).toEqual([
      [20_000, 10_000],
      [20_000, 10_000],
    ])
  })

  test('removeIncoming removes incoming recordings, and keeps saved ones', () => {
    const { folder, leave } = storeIn()
    leave('1')
    writeFileSync(join(folder.recordings, 'kept.recording.gz'), '')
    removeIncoming(folder)
    expect(existsSync(folder.incoming)).toBe(false)
    expect(readdirSync(folder.recordings)).toEqual(['kept.recording.gz'])
  })

  // One damaged file must not prevent the report of the run.
  test('takes other recordings even if one is damaged', () => {
    const { store, folder, leave } = storeIn()
    leave('1', { testPath: b })
    writeFileSync(join(folder.incoming, `${recordingKey('p', a)}-1.recording`), '{"version":')
    const taken = store.takeRest()
    expect(taken.filter(entry => entry.header?.testPath === b && !('problem' in entry))).toHaveLength(1)
  })

  test('reports a forged recording as a problem of its own file', () => {
    const { store, folder } = storeIn()
    const recording = rawRecording([[{ name: 'f', url: '/project/a.js' }]], { header: { testPath: a } })
    const forged = [
      { ...recording, nodes: { ...recording.nodes, caller: [1, 0] } },
      { ...recording, header: { ...recording.header, testPath: b } },
      null,
    ]
    forged.forEach((content, index) => {
      const name = `${recordingKey('project-id', a)}-${index}.recording`
      writeFileSync(join(folder.incoming, name), JSON.stringify(content))
    })
    const taken = store.take('project-id', a).map(entry => 'problem' in entry && entry.problem)
    expect(taken.toSorted()).toEqual([
      'the recording cannot be read: it is of another test file, /project/b.test.js',
      expect.stringMatching(
        /^the recording cannot be read: jest-profiler: recording .* has version undefined/,
      ),
      'the recording cannot be read: nodes.caller[0] is 1, not a whole number from -1 to -1',
    ])
  })
})
