// In the profile: the third file that pays for the import of src/delivery-zones.ts.

import { expect, test } from '@jest/globals'
import { receipt } from '../src/receipt'

test('a receipt lists goods, delivery and total', () => {
  const teapots = { product: 'teapot', quantity: 2, packs: [{ pieces: 1, pence: 1850 }] }
  expect(receipt([teapots], '288').split('\n')).toEqual([
    '2 × teapot             £37.00',
    'Delivery                £6.50',
    'Total                  £43.50',
  ])
})
