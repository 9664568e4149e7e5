import { expect, test } from '@jest/globals'
import { longPole } from '../../../src/findings/rules/long-pole.js'
import { buildSchedule } from '../../../src/report/build/schedule.js'
import type { FileReport } from '../../../src/report/file-report.js'
import { factsOf, fileReport, testReport } from '../../support/facts.js'
import { mergedRun, reportOf } from '../../support/run-record.js'

const pole = fileReport({
  ...{ path: 'slow.test.ts', worker: 1, startedAtMs: 2000, wallMs: 8000 },
  tests: [
    testReport({ index: 0, name: ['is quick'], fullName: 'is quick', wallMs: 10 }),
    testReport({ index: 1, name: ['is slow'], fullName: 'is slow', wallMs: 6000 }),
    testReport({ index: 2, name: ['takes a while'], fullName: 'takes a while', wallMs: 1000 }),
  ],
})
const quick = fileReport({ path: 'quick.test.ts', worker: 2, startedAtMs: 0, wallMs: 4000 })

const found = (files: FileReport[]) =>
  longPole(factsOf({ report: { files, schedule: buildSchedule(files, {}), totals: { wallMs: 10_000 } } }))

test('longPole finds the file that ran alone at the end, and what splitting it could save', () => {
  expect(found([pole, quick])).toEqual([
    {
      id: 'long-pole:slow.test.ts',
      confidence: 'high',
      title: 'The run waits for slow.test.ts',
      evidence:
        'It ran alone for the last 6.00 s, 60 % of the run, while the other worker had nothing to do. It took 8.00 s ' +
        'and started 2.00 s into the run.',
      remedy: expect.stringContaining(
        'whose slowest tests are “is slow” (6.00 s) and “takes a while” (1.00 s), so that',
      ),
      // The longest test cannot be divided.
      costMs: 1010,
      savings: { command: { low: 0, high: 1010 } },
      position: { file: 'slow.test.ts', line: 1, column: 1 },
    },
  ])
})

test('longPole ignores idle time before the file started', () => {
  const [one] = found([pole, { ...quick, wallMs: 1000 }])
  expect(one?.evidence).toContain('alone for the last 8.00 s')
})

test.each<[string, FileReport[]]>([
  ['a run with one worker', [pole, { ...quick, worker: 1, wallMs: 2000 }]],
  ['workers that end at nearly the same time', [pole, { ...quick, wallMs: 9001 }]],
  [
    'an unrecorded file that ran at the same time',
    [pole, quick, fileReport({ path: 'b', worker: null, wallMs: 9500 })],
  ],
  ['no files', []],
])('longPole finds nothing for %s', (_what, files) => {
  expect(found(files)).toEqual([])
})

test('longPole finds nothing in a part of a run, where other workers may have been busy', () => {
  const files = [pole, quick]
  const run = { ...reportOf([]).run, selection: { file: '*.test.ts' } }
  const report = { files, schedule: buildSchedule(files, {}), totals: { wallMs: 10_000 } }
  expect(longPole(factsOf({ report: { ...report, run } }))).toEqual([])
})

test('longPole considers only workers of the file’s own machine in a merged run', () => {
  const run = { ...reportOf([]).run, mergedFrom: [mergedRun('1/2'), mergedRun('2/2')] }
  const foundIn = (files: FileReport[]) =>
    longPole(
      factsOf({ report: { run, files, schedule: buildSchedule(files, run), totals: { wallMs: 10_000 } } }),
    )
  expect(foundIn([{ ...pole, worker: 3 }, quick])).toEqual([])
  const beside = fileReport({ path: 'beside.test.ts', worker: 4, startedAtMs: 0, wallMs: 5000 })
  expect(foundIn([{ ...pole, worker: 3 }, { ...quick, wallMs: 9900 }, beside])).toMatchObject([
    {
      evidence: expect.stringContaining(
        'alone for the last 5.00 s, 50 % of the run, while the other worker of shard 2/2 had',
      ),
      costMs: 1010,
    },
  ])
})

test('longPole is silent about a file that is one test, or hardly any', () => {
  const one = testReport({ index: 0, name: ['is all'], fullName: 'is all', wallMs: 7900 })
  expect(found([{ ...pole, tests: [one] }, quick])).toEqual([])
  expect(found([{ ...pole, tests: [] }, quick])).toEqual([])
})
