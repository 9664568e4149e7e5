// In the profile: one cheap name from src/labels/index.ts loads all that it re-exports, expensive src/labels/barcode.ts too.

import { expect, test } from '@jest/globals'
import { priceTag } from '../src/labels'

test('a price below a pound is in pence', () => {
  expect(priceTag(85)).toBe('85p')
})

test('a price from a pound on is in pounds', () => {
  expect(priceTag(1850)).toBe('£18.50')
})
