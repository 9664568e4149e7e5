import { expect, test } from '@jest/globals'
import { nameMatcher } from '../../src/budgets/name-matcher.js'

// Matching time doubles with each letter, so this name would take years.
const ENDLESS = /^(a+)+$/
const FORGED = `${'a'.repeat(80)}!`

test('nameMatcher returns each matching name once', () => {
  expect(nameMatcher()(/^ADDS/i, ['adds up', 'takes away', 'adds up', 'adds'])).toEqual(
    new Set(['adds up', 'adds']),
  )
})

test('nameMatcher interrupts a pattern that takes too long', () => {
  expect(nameMatcher(20)(ENDLESS, ['aaa', FORGED])).toBeUndefined()
})

test('nameMatcher applies its time limit to all patterns together', () => {
  const matching = nameMatcher(20)
  matching(ENDLESS, [FORGED])
  // Each pattern may still take a short time.
  const again = Array.from({ length: 100 }, () => matching(ENDLESS, [FORGED]))
  expect(again.filter(found => found !== undefined)).toEqual([])
})
