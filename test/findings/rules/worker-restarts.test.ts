import { expect, test } from '@jest/globals'
import { workerRestarts } from '../../../src/findings/rules/worker-restarts.js'
import { factsOf } from '../../support/facts.js'
import { reportOf } from '../../support/run-record.js'

const { run, phases } = reportOf([])

function found(restarts: number, workerIdleMemoryLimit?: number) {
  const betweenFiles = { wallMs: 900, restarts, restartMs: restarts * 200 }
  const limit = workerIdleMemoryLimit === undefined ? {} : { workerIdleMemoryLimit }
  return workerRestarts(
    factsOf({ report: { run: { ...run, ...limit }, phases: { ...phases, betweenFiles } } }),
  )
}

test('workerRestarts names the memory limit that restarted workers', () => {
  expect(found(4, 1024)).toEqual([
    {
      id: 'worker-restarts',
      confidence: 'high',
      title: '`workerIdleMemoryLimit` of 1 kB restarted workers 4 times',
      evidence: expect.stringMatching(/^The workers ran no test for 800 ms between files/),
      remedy: expect.stringContaining('Raise `workerIdleMemoryLimit`'),
      costMs: 800,
      savings: { command: { low: 0, high: 800 } },
    },
  ])
})

test.each([
  [0.2, '20 %'],
  [512_000, '512 kB'],
  [1.5e9, '1,500 MB'],
])('workerRestarts shows a limit of %d as %s', (limit, shown) => {
  expect(found(1, limit)[0]?.title).toBe(`\`workerIdleMemoryLimit\` of ${shown} restarted workers 1 time`)
})

test('workerRestarts reports crashes without a memory limit', () => {
  expect(found(1)).toMatchObject([
    {
      ...{ confidence: 'medium', title: 'Workers were restarted 1 time', costMs: 200 },
      remedy: expect.stringContaining('missing and unfinished files'),
    },
  ])
})

test('workerRestarts finds nothing if no worker was restarted', () => {
  expect(found(0, 1024)).toEqual([])
})
