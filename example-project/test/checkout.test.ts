// In the profile: quick tests in a slow file, because it imports src/delivery-zones.ts by way of src/checkout.ts.

import { expect, test } from '@jest/globals'
import { checkout } from '../src/checkout'

const KETTLE = { product: 'kettle', quantity: 1, packs: [{ pieces: 1, pence: 2400 }] }
const CUPS = { product: 'cups', quantity: 6, packs: [{ pieces: 6, pence: 3000 }] }

test('the bill adds up goods and delivery', () => {
  expect(checkout([KETTLE], '288')).toEqual({ goodsPence: 2400, deliveryPence: 650, totalPence: 3050 })
})

test('the bill of a large order has no delivery in it', () => {
  expect(checkout([KETTLE, CUPS], '288')).toEqual({ goodsPence: 5400, deliveryPence: 0, totalPence: 5400 })
})
