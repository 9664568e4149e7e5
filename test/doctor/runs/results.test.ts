// When a test file has another result with a change.

import { expect, test } from '@jest/globals'
import { changedResults, failures } from '../../../src/doctor/runs/results.js'
import type { TrialFile, TrialResults } from '../../../src/doctor/trial/trial-spec.js'

function results(...files: Partial<TrialFile>[]): TrialResults {
  return {
    globalConfig: {} as TrialResults['globalConfig'],
    configs: [],
    files: files.map((file, index) => {
      return {
        key: `file${index}`,
        wallMs: 100,
        cpuMs: null,
        isFirst: false,
        status: 'passed',
        tests: [
          { name: 'adds', status: 'passed' },
          { name: 'adds', status: 'passed' },
        ],
        snapshots: [0, 0, 0],
        ...file,
      }
    }),
  }
}

test('Files with the same tests, results and snapshots are the same', () => {
  expect(changedResults(results({}, {}), results({}, {}), null)).toEqual([])
})

test.each<[string, Partial<TrialFile>, RegExp]>([
  [
    'a test that fails',
    {
      status: 'failed',
      tests: [
        { name: 'adds', status: 'passed' },
        { name: 'adds', status: 'failed' },
      ],
    },
    /“adds” passed before, failed with it/,
  ],
  [
    'a test that is skipped',
    {
      tests: [
        { name: 'adds', status: 'pending' },
        { name: 'adds', status: 'passed' },
      ],
    },
    /“adds” passed before, pending with it/,
  ],
  ['one test less', { tests: [{ name: 'adds', status: 'passed' }] }, /2 tests before, 1 with it/],
  ['a file that cannot be loaded', { status: 'failed', tests: [] }, /could not be loaded/],
  ['a snapshot that was not compared', { snapshots: [0, 0, 1] }, /other snapshots/],
])('%s is another result', (_, changed, reason) => {
  const [only, ...others] = changedResults(results({}, {}), results({}, changed), null)
  expect(only?.key).toBe('file1')
  expect(only?.reason).toMatch(reason)
  expect(others).toEqual([])
})

test('Only the files of a trial are compared', () => {
  const base = results({}, {})
  expect(changedResults(base, results({}), new Set(['file0']))).toEqual([])
  expect(changedResults(base, results({}), null)).toEqual([{ key: 'file1', reason: 'it did not run' }])
})

test('Failures are files that failed, with the tests that did', () => {
  const failing = [
    { name: 'adds', status: 'failed' },
    { name: 'subtracts', status: 'passed' },
  ]
  expect(
    failures(results({}, { status: 'failed', tests: failing }, { status: 'failed', tests: [] })),
  ).toEqual([
    { key: 'file1', tests: ['adds'] },
    { key: 'file2', tests: [] },
  ])
})
