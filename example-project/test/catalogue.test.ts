// In the profile: hot inside a dependency, js-yaml, which the price lists of two suppliers keep busy.

import { expect, test } from '@jest/globals'
import { parseCatalogue } from '../src/catalogue'

function priceList(products: number): string {
  return Array.from(
    { length: products },
    (_, index) =>
      `- sku: "P-${index}"\n  name: 'Product number ${index}'\n  department: toys\n  pence: ${100 + index}\n`,
  ).join('')
}

test('a product without a department is in "other"', () => {
  expect(parseCatalogue('- { sku: A1, name: Apple, pence: 30 }')).toEqual([
    { sku: 'A1', name: 'Apple', department: 'other', pence: 30 },
  ])
})

test('a product without a price is an error', () => {
  expect(() => parseCatalogue('- { sku: A1 }')).toThrow('entry 1 (A1) has no price')
})

test('reads the price list of a small supplier', () => {
  expect(parseCatalogue(priceList(3000))).toHaveLength(3000)
})

test('reads the price list of a big supplier', () => {
  expect(parseCatalogue(priceList(9000)).at(-1)).toMatchObject({ sku: 'P-8999', pence: 9099 })
})
