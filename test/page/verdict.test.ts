import { expect, test } from '@jest/globals'
import { verdict } from '../../src/page/data/verdict.js'
import type { Finding, WallSavings } from '../../src/report/report.js'
import { busyMachineText } from '../../src/report/views/busy-machine.js'
import { findingOf } from '../support/finding.js'
import { pageOf } from '../support/page.js'
import { resolvedFromText, span } from '../support/recording.js'
import { RUN_START, reportOf } from '../support/run-record.js'

test('The verdict lists where the time went, largest share first', () => {
  const recording = resolvedFromText(
    `
    0  2000  6000
    A  idle  A
  `,
    {
      header: { wallMicros: 10_000 },
      tests: [span({ index: 0, start: 2000, end: 10_000 })],
      phases: [
        { phase: 'imports', start: 0 },
        { phase: 'other', start: 2000 },
      ],
    },
  )
  const [went, waited] = verdict(pageOf([recording]).report)
  expect(went).toBe(
    'Of the test files’ 10 ms, 80 % went to the tests themselves and 20 % to importing modules.',
  )
  expect(waited).toBe('Nothing ran in 40 % of it: tests were waiting.')
})

test('The verdict leaves caveats to a line of their own', () => {
  const clock = { step: 0, time: [0, 1_000_000], cpu: [0, 400_000] }
  const recording = resolvedFromText('0\nA', { clock, header: { wallMicros: 1_000_000 } })
  const { report } = pageOf([recording])
  expect(report.caveats).toEqual([busyMachineText(report.totals)])
  expect(verdict(report)).toEqual(['Of the test files’ 1.00 s, 100 % went to Jest’s own work in between.'])
})

test('The verdict of a run without recordings says that nothing was recorded', () => {
  expect(verdict(reportOf([]))).toEqual(['No test file was recorded.'])
})

test('The verdict of a part of a run names the part and leaves out worker use', () => {
  // One worker ends after its two files, the other one after its only file.
  const recordings = [0, 10, 0].map((startedAfterMs, index) =>
    resolvedFromText('0\nA', {
      header: {
        ...{ worker: index === 2 ? 2 : 1, testPath: `/project/${index}.test.js`, wallMicros: 10_000 },
        startedAtMs: RUN_START + startedAfterMs,
      },
    }),
  )
  const { report } = pageOf(recordings)
  expect(verdict(report)).toContain('Ideal wall time if balanced: 15 ms.')
  const run = { ...report.run, selection: { file: '*.test.js', test: 'adds' } }
  expect(verdict({ ...report, run })).toEqual([
    'Only file "*.test.js", test "adds": all values are for that part of the run.',
    expect.stringMatching(/^Of its 30 ms, 100 % went to/),
  ])
})

test('The verdict says what all suggestions together save, if that is known', () => {
  const report = pageOf([resolvedFromText('0\nA', { header: { wallMicros: 10_000 } })]).report
  const finding = findingOf({ costMs: 400 })
  const savesWallMs = { low: 0, high: 400 }
  const sentences = (findings: Finding[], savings: WallSavings | null) =>
    verdict({ ...report, command: null, findings, savesWallMs: savings })
  expect(sentences([finding], savesWallMs)).toContain(
    '1 suggestion, which saves up to 400 ms of the command’s 1.00 s.',
  )
  expect(sentences([finding, finding], savesWallMs)).toContain(
    '2 suggestions, which together save up to 400 ms of the command’s 1.00 s.',
  )
  expect(sentences([finding], null)).toContain('1 suggestion.')
})
