import { describe, expect, test } from '@jest/globals'
import { ProfileBuilder } from '../../src/profile/profile-builder.js'
import { buildReport } from '../../src/report/build/build-report.js'
import { resolvedFromText, span } from '../support/recording.js'
import { fileRecord, RUN_START, recordedFile, reportOf, runRecord } from '../support/run-record.js'

const result = (name: string, wallMs = 0) => ({ name: ['suite', name], status: 'passed' as const, wallMs })

describe('A file without a recording', () => {
  const file = fileRecord({
    status: 'failed',
    results: [result('one', 12), { ...result('two'), status: 'todo' }],
    startedAtMs: RUN_START + 100,
    wallMs: 40,
  })
  const report = buildReport(
    new ProfileBuilder().build(),
    runRecord({
      files: [file],
      missing: [{ file: '/project/a.test.js', reason: 'it was left out', remedy: 'Let it in.' }],
    }),
  )

  test('has Jest’s times and tests, and no CPU time', () => {
    expect(report.files).toMatchObject([
      {
        path: 'a.test.js',
        recording: null,
        worker: null,
        status: 'failed',
        startedAtMs: 100,
        wallMs: 40,
        cpuMs: null,
        idleMs: null,
        gcMs: null,
        sampleCount: null,
        groups: [],
        tests: [
          { index: 0, fullName: 'suite one', status: 'passed', wallMs: 12, cpuMs: null, startedAtMs: 100 },
          { index: 1, fullName: 'suite two', status: 'todo', wallMs: 0, cpuMs: null, startedAtMs: 100 },
        ],
      },
    ])
    expect(report.missing).toEqual([{ file: 'a.test.js', reason: 'it was left out', remedy: 'Let it in.' }])
  })

  test('counts as a file with tests, but adds no time to the totals', () => {
    expect(report.totals).toMatchObject({ testFiles: 1, tests: 2, fileWallMs: 0, cpuMs: 0 })
  })
})

describe('A recorded file', () => {
  test('includes a test that only Jest reported', () => {
    const recording = resolvedFromText('0\nA', {
      tests: [span({ index: 1, start: 0, end: 1000 })],
      header: { wallMicros: 1000 },
    })
    const file = recordedFile(recording, { results: [result('unseen', 5), result('recorded')] })
    const report = reportOf([recording], { files: [file] })
    expect(report.files[0]?.tests.map(entry => `${entry.index} ${entry.fullName} ${entry.cpuMs}`)).toEqual([
      '0 suite unseen null',
      '1 test 1 1',
    ])
  })

  test('keeps its absolute path outside rootDir, even in a sibling folder with the same prefix', () => {
    const [inside, beside, outside] = ['/project/a.test.js', '/project-two/a.test.js', '/x/a.test.js'].map(
      testPath => resolvedFromText('0\nA', { header: { testPath } }),
    )
    const recordings = [inside, beside, outside].flatMap(recording => recording ?? [])
    expect(reportOf(recordings).files.map(({ path }) => path)).toEqual([
      '/project-two/a.test.js',
      '/x/a.test.js',
      'a.test.js',
    ])
  })

  test('in two projects is two files with separate times', () => {
    const recordings = ['one', 'two'].map((project, position) =>
      resolvedFromText('0\nA', { header: { project, wallMicros: 1000 + position } }),
    )
    expect(reportOf(recordings).files.map(({ project, cpuMs }) => [project, cpuMs])).toEqual([
      ['two', 1.001],
      ['one', 1],
    ])
  })

  // Projects have a display name in Jest only if they configure one.
  test('in two unnamed projects is counted once per project in the totals', () => {
    const recordings = ['id-1', 'id-2'].map(projectId =>
      resolvedFromText('0\nA', { header: { projectId, wallMicros: 1000 } }),
    )
    const { totals, files } = reportOf(recordings)
    expect(files.map(({ cpuMs }) => cpuMs)).toEqual([1, 1])
    expect(totals).toMatchObject({ cpuMs: 2, sampleCount: 2 })
  })
})
