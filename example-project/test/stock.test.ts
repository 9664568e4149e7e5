// In the profile: two attempts at one test, two tests of one name, and tests that never ran, each in its own row.

import { describe, expect, jest, test } from '@jest/globals'
import { reserve, type Warehouse } from '../src/stock'

jest.retryTimes(1)

function warehouseWith(pieces: number): Warehouse {
  return { take: async (_sku, quantity) => Math.min(quantity, pieces) }
}

/** Refuses the first connection, as after a cold start. */
class WakingWarehouse implements Warehouse {
  #connections = 0

  async take(_sku: string, quantity: number): Promise<number> {
    this.#connections++
    if (this.#connections === 1) throw new Error('the warehouse is waking up')
    return quantity
  }
}

const wakingWarehouse = new WakingWarehouse()

test('reserves from a warehouse that has to wake up first', async () => {
  await expect(reserve(wakingWarehouse, 'kettle', 1)).resolves.toMatchObject({ reserved: 1 })
})

describe('with three kettles in stock', () => {
  test.each([
    { wanted: 2, missing: 0 },
    { wanted: 3, missing: 0 },
    { wanted: 5, missing: 2 },
  ])('of $wanted kettles $missing are missing', async ({ wanted, missing }) => {
    await expect(reserve(warehouseWith(3), 'kettle', wanted)).resolves.toMatchObject({ missing })
  })
})

// Without a placeholder in their name, all tests of a table are called the same.
test.each([[0], [1.5]])('refuses an impossible quantity', async quantity => {
  await expect(reserve(warehouseWith(3), 'kettle', quantity)).rejects.toThrow(RangeError)
})

test.skip('reserves across two warehouses', async () => {
  await expect(reserve(warehouseWith(1), 'kettle', 2)).resolves.toMatchObject({ missing: 0 })
})

test.todo('gives back what nobody paid for')
