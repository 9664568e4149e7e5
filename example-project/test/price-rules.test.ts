// In the profile: hot in its own code, cheapestPrice in src/price-rules.ts, which calls itself; hardly any waiting.

import { expect, test } from '@jest/globals'
import { cheapestPrice, UNAVAILABLE } from '../src/price-rules'

const SINGLE = { pieces: 1, pence: 100 }
const BAG_OF_THREE = { pieces: 3, pence: 270 }
const TRAY_OF_FIVE = { pieces: 5, pence: 430 }
const BOX_OF_TWELVE = { pieces: 12, pence: 900 }

test('nothing costs nothing', () => {
  expect(cheapestPrice(0, [SINGLE])).toBe(0)
})

test('a quantity that no packs add up to has no price', () => {
  expect(cheapestPrice(4, [BAG_OF_THREE])).toBe(UNAVAILABLE)
})

test('a bag is cheaper than its pieces', () => {
  expect(cheapestPrice(4, [SINGLE, BAG_OF_THREE])).toBe(370)
})

test('thirty-four pieces come in two boxes and two trays', () => {
  expect(cheapestPrice(34, [SINGLE, BAG_OF_THREE, TRAY_OF_FIVE, BOX_OF_TWELVE])).toBe(2660)
})

test('thirty-five pieces come in two boxes, two trays and a single one', () => {
  expect(cheapestPrice(35, [SINGLE, BAG_OF_THREE, TRAY_OF_FIVE, BOX_OF_TWELVE])).toBe(2760)
})
