// In the profile: the import of src/delivery-zones.ts costs far more than the tests; so it does in two other files.

import { expect, test } from '@jest/globals'
import { deliveryPrice } from '../src/delivery'

test.each([
  { place: 'near the depot', postcode: '17', pence: 200 },
  { place: 'some way off', postcode: '85', pence: 395 },
  { place: 'across the country', postcode: '288', pence: 650 },
])('delivery $place costs $pence pence', ({ postcode, pence }) => {
  expect(deliveryPrice(postcode, 1000)).toBe(pence)
})

test('a large order is delivered free of charge', () => {
  expect(deliveryPrice('288', 5000)).toBe(0)
})

test('an unknown postcode is an error', () => {
  expect(() => deliveryPrice('nowhere', 1000)).toThrow('no such postcode: nowhere')
})
