import { describe, expect, test } from '@jest/globals'
import { polling } from '../../../src/findings/rules/polling.js'
import { realTimers } from '../../../src/findings/rules/real-timers.js'
import { timedOutWaits } from '../../../src/findings/rules/timed-out-waits.js'
import { fileKey } from '../../../src/profile/paths.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const timedOut: DrawnWait = {
  kind: 'time limit',
  pollsFor: 'waitFor',
  calls: ['node_modules/@testing-library/dom/dist/wait-for.js:95', 'test/a.test.ts:30'],
  count: 1,
  totalMs: 1000,
  test: 0,
}

describe('timedOutWaits', () => {
  test('finds each function that polls until its time limit, with the tests and the most expensive line', () => {
    const calls = ['node_modules/@testing-library/dom/dist/wait-for.js:95', 'test/a.test.ts:44']
    const records = [waitingFile([timedOut, { ...timedOut, calls, count: 3, totalMs: 3000, test: 1 }])]
    expect(timedOutWaits(factsOf({ records }))).toEqual([
      {
        id: 'timed-out-waits:waitFor',
        confidence: 'high',
        title: '`waitFor` timed out in 2 tests',
        evidence: expect.stringMatching(
          /^4\.00 s in 4 waits .*: test\/a\.test\.ts:44 \(3\.00 s\), test\/a\.test\.ts:30/,
        ),
        remedy: expect.stringContaining('assert its absence at once'),
        costMs: 4000,
        savings: { files: new Map([[fileKey({ project: 'project-id', file: '/project/a.test.js' }), 4000]]) },
        position: { file: 'test/a.test.ts', line: 44, column: 5 },
        shares: { inHooks: new Map() },
      },
    ])
  })

  test('leaves these waits out of other findings', () => {
    const facts = factsOf({ records: [waitingFile([timedOut])] })
    expect([...polling(facts), ...realTimers(facts)]).toEqual([])
  })

  test('finds nothing if the condition comes true', () => {
    const records = [waitingFile([{ ...timedOut, kind: 'timer', pollsFor: undefined }])]
    expect(timedOutWaits(factsOf({ records }))).toEqual([])
  })
})
