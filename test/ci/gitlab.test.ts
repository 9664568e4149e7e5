import { describe, expect, test } from '@jest/globals'
import { toCodeQuality, toDotenv } from '../../src/ci/gitlab.js'
import type { Remark } from '../../src/ci/remarks.js'

const remark: Remark = {
  ...{ level: 'error', severity: 'high', check: 'testWallMs', id: 'id', title: 'Too slow', message: 'Very.' },
  ...{ file: 'test/a.test.ts', line: 3, column: 5 },
}
const entriesOf = (...remarks: Remark[]) => JSON.parse(toCodeQuality(remarks)) as Record<string, unknown>[]

describe('toCodeQuality', () => {
  test('writes the fields that GitLab requires', () => {
    expect(entriesOf(remark)).toEqual([
      {
        description: 'Too slow. Very.',
        check_name: 'jest-profiler/testWallMs',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'critical',
        location: { path: 'test/a.test.ts', lines: { begin: 3 } },
      },
    ])
    expect(entriesOf()).toEqual([])
  })

  test('leaves out entries without a path, and uses line 1 for an unknown line', () => {
    const entries = entriesOf({ ...remark, file: '' }, { ...remark, line: 0 })
    expect(entries.map(({ location }) => location)).toEqual([{ path: 'test/a.test.ts', lines: { begin: 1 } }])
  })

  test('derives the severity of a finding from its cost', () => {
    const severities = (['high', 'medium', 'low'] as const).map(
      severity => entriesOf({ ...remark, level: 'warning', severity })[0]?.severity,
    )
    expect(severities).toEqual(['major', 'minor', 'info'])
  })

  test('gives entries distinct fingerprints, which are equal in every run', () => {
    const [first, second, other] = entriesOf(remark, { ...remark, line: 9 }, { ...remark, id: 'other' })
    expect(new Set([first, second, other].map(entry => entry?.fingerprint)).size).toBe(3)
    expect(entriesOf({ ...remark, message: 'Slower still.', line: 30 })[0]?.fingerprint).toBe(
      first?.fingerprint,
    )
  })
})

describe('toDotenv', () => {
  test('writes a line for each variable, except for values that GitLab cannot read', () => {
    expect(
      toDotenv([
        ['JEST_PROFILER_A', 'a/b.html'],
        ['JEST_PROFILER_B', 'my folder/b'],
        ['C', 'x\ny'],
      ]),
    ).toEqual({
      text: 'JEST_PROFILER_A=a/b.html\n',
      left: ['JEST_PROFILER_B', 'C'],
    })
  })
})
