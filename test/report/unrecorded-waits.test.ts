import { expect, test } from '@jest/globals'
import { levers } from '../../src/report/views/levers.js'
import { unrecordedWaitsText } from '../../src/report/views/unrecorded-waits.js'
import { waitReport } from '../support/account-rows.js'
import { factsOf } from '../support/facts.js'

const waiting = (totalMs: number) => [waitReport({ kind: 'not recorded', totalMs })]

test('unrecordedWaitsText names the option where a fifth of the files’ time is unexplained waiting', () => {
  const totals = { fileWallMs: 10_000 }
  expect(unrecordedWaitsText({ totals, waits: waiting(2000) })).toBe(
    "2.00 s of the files' time (20 %) is waiting, and what for was not recorded: run again with `--waits` to see it",
  )
  expect(unrecordedWaitsText({ totals, waits: waiting(1999) })).toBe('')
  expect(unrecordedWaitsText({ totals: { fileWallMs: 1000 }, waits: waiting(499) })).toBe('')
  expect(unrecordedWaitsText({ totals, waits: [waitReport({ kind: 'timer', totalMs: 9000 })] })).toBe('')
})

test('unrecorded waiting is among the largest costs', () => {
  const { report } = factsOf({ report: { waits: waiting(6000) } })
  expect(levers(report)).toMatchObject([{ costMs: 6000, text: expect.stringContaining('`--waits`') }])
})
