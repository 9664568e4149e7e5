import { expect, jest, test } from '@jest/globals'
import type { NameMatcher } from '../../src/budgets/name-matcher.js'
import { fileReport, testReport } from '../support/facts.js'

// Returns undefined, as for a pattern that would take years.
const given: NameMatcher = (pattern, names) => (pattern.source.includes('+)+') ? undefined : new Set(names))
jest.unstable_mockModule('../../src/budgets/name-matcher.js', () => ({ nameMatcher: () => given }))
const { checked, rule } = await import('../support/budgets.js')

test.each([
  ['tests', { tests: '(a+)+$' }],
  ['files', { files: ['+(a)'], filePatterns: ['^(a+)+$'] }],
])(
  'checkBudgets reports a budget whose %s patterns take too long to match, and checks the other budgets',
  (_of, patterns) => {
    const files = [fileReport({ tests: [testReport({ wallMs: 900 })] })]
    const { budgets } = checked([rule({ testWallMs: 1 }, patterns), rule({ testWallMs: 2 })], { files })
    expect(budgets.map(({ checked: compared, exceeded, notes }) => ({ compared, exceeded, notes }))).toEqual([
      {
        compared: 0,
        exceeded: 0,
        notes: ['Matching its patterns took too long, so nothing was checked. Simplify them.'],
      },
      { compared: 1, exceeded: 1, notes: [] },
    ])
  },
)
