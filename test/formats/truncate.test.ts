import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import { truncate } from '../../src/formats/truncate.js'

const anyText = fc
  .array(fc.constantFrom('a', '.', '/', 'é', 'e\u0301', '漢', '𠮷', '👍🏽', '👩‍👩‍👧', '🇩🇪', '1️⃣'))
  .map(parts => parts.join(''))

describe('truncate', () => {
  test('keeps what fits, and cuts at the end or in the middle', () => {
    expect(truncate('src/cart.ts', 11)).toBe('src/cart.ts')
    expect(truncate('src/cart.ts', 8)).toBe('src/car…')
    expect(truncate('src/shop/cart.ts', 11, { position: 'middle' })).toBe('src/s…rt.ts')
    expect(truncate('漢漢漢', 5)).toBe('漢漢…')
    expect(truncate('abc', 1)).toBe('…')
    expect(truncate('abc', 0)).toBe('')
  })

  test.each(['end', 'middle'] as const)(
    'never takes more columns than there are, and cuts no character: %s',
    position => {
      fc.assert(
        fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, columns) => {
          const shown = truncate(text, columns, { position })
          expect(stringWidth(shown)).toBeLessThanOrEqual(columns)
          expect(shown.isWellFormed()).toBe(true)
          const [start = '', end = ''] = shown.split('…')
          expect(text.startsWith(start) && text.endsWith(end)).toBe(true)
          if (stringWidth(text) <= columns) expect(shown).toBe(text)
        }),
      )
    },
  )
})
