import { expect, test } from '@jest/globals'
import { workerGaps } from '../../src/page/data/worker-gaps.js'
import { drawnRun } from '../support/drawn-run.js'

test('workerGaps lists the times in which a worker had no test file, so that they and its files fill the run', () => {
  const { report } = drawnRun()
  const [longest] = report.files
  if (longest === undefined) throw new Error('the drawn run has files')
  const fileAt = (worker: number, startedAtMs: number, wallMs: number) => ({
    ...longest,
    ...{ worker, startedAtMs, wallMs },
  })
  const files = [fileAt(1, 60, 40), fileAt(1, 10, 30), fileAt(2, 0, 70)]
  const totals = { ...report.totals, wallMs: 100 }
  expect(
    workerGaps({ ...report, files, totals }).map(
      ({ worker, fromMs, toMs, kind }) => `${worker}: ${fromMs}–${toMs} ${kind}`,
    ),
  ).toEqual(['1: 0–10 before its first file', '1: 40–60 between files', '2: 70–100 no file left'])
})
