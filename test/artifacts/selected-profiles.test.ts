import { describe, expect, test } from '@jest/globals'
import { selectProfiles } from '../../src/artifacts/selected-profiles.js'
import type { FileReport, TestReport } from '../../src/report/file-report.js'

const times = {
  ...{ readyMs: null, blockedMs: 0, idleMs: 0, gcMs: 0, uncertaintyMs: 0, gcUncertaintyMs: 0 },
  ...{ sampleCount: 0, startedAtMs: 0 },
}

function testReport(index: number, wallMs: number, given: Partial<TestReport> = {}): TestReport {
  const name = ['suite', `test ${index}`]
  const identity = {
    index,
    name,
    fullName: name.join(' '),
    status: 'passed' as const,
    attempt: 1,
    id: 'test-00000000',
    concurrent: false,
    line: 1,
    column: 1,
  }
  return {
    ...identity,
    ...times,
    wallMs,
    cpuMs: wallMs,
    hooksMs: 0,
    importsMs: 0,
    hooks: [],
    hotspots: [],
    ...given,
  }
}

function fileReport(path: string, wallMs: number, given: Partial<FileReport> = {}): FileReport {
  const facts = {
    id: 'file-00000000',
    project: '',
    projectId: '',
    phaseStarts: [],
    heap: { atMs: [], usedBytes: [] },
    hooks: [],
    worker: 1,
    status: 'passed' as const,
    recording: 'a.recording.gz',
    groups: [],
  }
  return { path, ...facts, ...times, wallMs, cpuMs: wallMs, phases: null, tests: [], ...given }
}

/** Paths of all selected profiles. */
function chosen(files: FileReport[], options: Partial<Parameters<typeof selectProfiles>[1]>): string[] {
  const selected = selectProfiles({ files }, { perFile: 'none', perTest: 'none', topN: 1, ...options })
  return selected.flatMap(({ wholeFile, tests }) => [
    ...(wholeFile ?? '').split(' ').filter(Boolean),
    ...tests.map(({ path }) => path),
  ])
}

describe('selectProfiles', () => {
  const files = [
    fileReport('slow.test.ts', 100, {
      cpuMs: 1,
      tests: [testReport(0, 60, { cpuMs: 1 }), testReport(1, 10, { cpuMs: 10 }), testReport(2, 5)],
    }),
    fileReport('busy.test.ts', 50, { cpuMs: 50, tests: [testReport(0, 20, { cpuMs: null })] }),
    fileReport('small.test.ts', 5),
    fileReport('unseen.test.ts', 500, { recording: null, tests: [testReport(0, 400)] }),
  ]

  test('selects no files, all recorded files, or the slowest by wall time on a core and by CPU time', () => {
    expect(chosen(files, { perFile: 'slowest' })).toEqual([
      'files/slow.test.ts.cpuprofile',
      'files/busy.test.ts.cpuprofile',
    ])
    expect(chosen(files, { perFile: 'all' })).toHaveLength(3)
    expect(chosen(files, {})).toEqual([])
  })

  test('does not count time without a core', () => {
    const lacking = fileReport('lacking.test.ts', 900, { cpuMs: 2, readyMs: 850 })
    expect(chosen([lacking, ...files], { perFile: 'slowest' })).toEqual([
      'files/slow.test.ts.cpuprofile',
      'files/busy.test.ts.cpuprofile',
    ])
    expect(chosen([{ ...lacking, readyMs: 700 }, ...files], { perFile: 'slowest' })).toEqual([
      'files/lacking.test.ts.cpuprofile',
      'files/busy.test.ts.cpuprofile',
    ])
  })

  test('selects tests of the whole run, and names profiles by position and title', () => {
    expect(chosen(files, { perTest: 'slowest' })).toEqual([
      'tests/slow.test.ts/0-test-0.cpuprofile',
      'tests/slow.test.ts/1-test-1.cpuprofile',
    ])
    expect(chosen(files, { perTest: 'slowest', topN: 2 })).toContain('tests/busy.test.ts/0-test-0.cpuprofile')
    expect(chosen(files, { perTest: 'all' })).toHaveLength(4)
  })

  test('selects no test that took no time', () => {
    const skipped = fileReport('a.test.ts', 1, { tests: [testReport(0, 0, { status: 'skipped' })] })
    expect(chosen([skipped], { perTest: 'all' })).toEqual([])
  })

  test('gives attempts and tests with equal names separate profiles', () => {
    const name = ['same']
    const tests = [
      testReport(0, 1, { name }),
      testReport(0, 1, { name, attempt: 2 }),
      testReport(1, 1, { name }),
    ]
    expect(chosen([fileReport('a.test.ts', 1, { tests })], { perTest: 'all' })).toEqual([
      'tests/a.test.ts/0-same.cpuprofile',
      'tests/a.test.ts/0.2-same.cpuprofile',
      'tests/a.test.ts/1-same.cpuprofile',
    ])
  })

  test('gives one path in two projects separate profiles', () => {
    const two = ['node', 'jsdom'].map(project => fileReport('a.test.ts', 1, { project }))
    expect(chosen(two, { perFile: 'all' })).toEqual([
      'files/a.test.ts@node.cpuprofile',
      'files/a.test.ts@jsdom.cpuprofile',
    ])
  })

  test('keeps profiles of files outside rootDir in the run folder', () => {
    const [path] = chosen([fileReport('../shared/a.test.ts', 1)], { perFile: 'all' })
    expect(path).toMatch(/^files\/__\/shared\/a\.test\.ts~[0-9a-f]{8}\.cpuprofile$/)
  })
})
