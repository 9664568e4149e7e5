import { expect, test } from '@jest/globals'
import { savingsText } from '../../src/report/views/savings.js'

test.each([
  { savings: { low: 1100, high: 1200 }, confidence: 'high', text: '1.10–1.20 s' },
  { savings: { low: 900, high: 1200 }, confidence: 'high', text: '900 ms–1.20 s' },
  { savings: { low: 1200, high: 1200 }, confidence: 'high', text: '1.20 s' },
  { savings: { low: 0, high: 1200 }, confidence: 'medium', text: 'up to 1.20 s' },
  { savings: { low: 0, high: 1200 }, confidence: 'low', text: 'maybe 1.20 s' },
  { savings: null, confidence: 'low', text: '' },
] as const)(
  'a finding of $confidence confidence that saves $savings: "$text"',
  ({ savings, confidence, text }) => {
    expect(savingsText(savings, confidence)).toBe(text)
  },
)
