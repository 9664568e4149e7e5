import { describe, expect, test } from '@jest/globals'
import { toCodeQuality, toDotenv } from '../../src/ci/gitlab.js'
import type { Remark } from '../../src/ci/remarks.js'

const remark: Remark = {
  ...{ level: 'error', severity: 'high', check: 'testWallMs', id: 'id', title: 'Too slow', message: 'Very.' },
  ...{ file: 'test/a.test.ts', line: 3, column: 5 },
}
const entriesOf = (...remarks: Remark[]) => JSON.parse(toCodeQuality(remarks)) as Record<string, unknown>[]

describe('the Code Quality report', () => {
  test('has what GitLab asks for of each entry', () => {
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

  test('has no entry without a path, and none without a line', () => {
    const entries = entriesOf({ ...remark, file: '' }, { ...remark, line: 0 })
    expect(entries.map(({ location }) => location)).toEqual([{ path: 'test/a.test.ts', lines: { begin: 1 } }])
  })

  test('distinguishes findings by what they cost', () => {
    const severities = (['high', 'medium', 'low'] as const).map(
      severity => entriesOf({ ...remark, level: 'warning', severity })[0]?.severity,
    )
    expect(severities).toEqual(['major', 'minor', 'info'])
  })

  test('gives an entry the same fingerprint in each run, whatever its figures, and no two the same', () => {
    const [first, second, other] = entriesOf(remark, { ...remark, line: 9 }, { ...remark, id: 'other' })
    expect(new Set([first, second, other].map(entry => entry?.fingerprint)).size).toBe(3)
    expect(entriesOf({ ...remark, message: 'Slower still.', line: 30 })[0]?.fingerprint).toBe(
      first?.fingerprint,
    )
  })
})

describe('the dotenv report', () => {
  test('has a line for each variable, but for those that GitLab could not read', () => {
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
