import { expect, test } from '@jest/globals'
import { nameMatcher } from '../../src/budgets/name-matcher.js'

// For each letter more it takes twice as long: for these, years.
const ENDLESS = /^(a+)+$/
const FORGED = `${'a'.repeat(80)}!`

test('matching names are found once each', () => {
  expect(nameMatcher()(/^ADDS/i, ['adds up', 'takes away', 'adds up', 'adds'])).toEqual(
    new Set(['adds up', 'adds']),
  )
})

test('a pattern that takes too long is interrupted', () => {
  expect(nameMatcher(20)(ENDLESS, ['aaa', FORGED])).toBeUndefined()
})

test('the time limit applies to all patterns together', () => {
  const matching = nameMatcher(20)
  matching(ENDLESS, [FORGED])
  // Each of them may still take a moment, and no more.
  const again = Array.from({ length: 100 }, () => matching(ENDLESS, [FORGED]))
  expect(again.filter(found => found !== undefined)).toEqual([])
})
