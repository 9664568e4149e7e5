import { describe, expect, test } from '@jest/globals'
import { externalWaits } from '../../../src/findings/rules/external-waits.js'
import { fileKey } from '../../../src/profile/paths.js'
import { type DrawnWait, factsOf, waitingFile } from '../../support/facts.js'

const requesting: DrawnWait = {
  kind: 'HTTP request',
  calls: ['src/api.ts:3', 'test/a.test.ts:30'],
  count: 4,
  totalMs: 600,
  test: 0,
}

const found = (...waits: DrawnWait[]) => externalWaits(factsOf({ records: [waitingFile(waits)] }))

describe('externalWaits', () => {
  test('finds the line of the project that requests, with its tests', () => {
    expect(found(requesting, { ...requesting, test: 1 })).toEqual([
      {
        id: 'external-waits:network src/api.ts:3',
        confidence: 'medium',
        title: 'Tests wait for answers over the network at src/api.ts:3',
        evidence: '1.20 s in 8 waits (called from test/a.test.ts:30), in 2 tests: 150 ms each.',
        remedy: expect.stringContaining('by a stub'),
        costMs: 1200,
        savings: { files: new Map([[fileKey({ project: 'project-id', file: '/project/a.test.js' }), 1200]]) },
        position: { file: 'src/api.ts', line: 3, column: 5 },
        shares: { inHooks: new Map() },
      },
    ])
  })

  test('finds child processes, and tells them from requests of the same line', () => {
    const process: DrawnWait = { ...requesting, kind: 'child process', count: 1, totalMs: 900 }
    expect(found(requesting, process).map(({ title }) => title)).toEqual([
      'Tests wait for answers over the network at src/api.ts:3',
      'Tests wait for child processes at src/api.ts:3',
    ])
  })

  test('ignores timers, and less than 5 % of the time of all files', () => {
    expect(found({ ...requesting, kind: 'timer', totalMs: 5000 })).toEqual([])
    expect(found({ ...requesting, totalMs: 499 })).toEqual([])
  })
})
