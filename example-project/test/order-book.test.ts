// In the profile: quick tests behind a slow beforeEach, which sorts the same orders again for each of them.

import { beforeEach, describe, expect, test } from '@jest/globals'
import { type Order, OrderBook } from '../src/order-book'

const ORDERS = Array.from(
  { length: 30_000 },
  (_, index): Order => ({
    id: index,
    customer: `customer-${(index * 7919) % 500}`,
    month: `2024-${String(1 + ((index * 31) % 12)).padStart(2, '0')}`,
    pence: 500 + ((index * 613) % 4000),
  }),
)

describe('a book of 30,000 orders', () => {
  let book: OrderBook

  beforeEach(() => {
    book = new OrderBook(ORDERS)
  })

  test('knows how many orders it holds', () => {
    expect(book.size).toBe(30_000)
  })

  test('begins in January', () => {
    expect(book.firstMonth).toBe('2024-01')
  })

  test('ends in December', () => {
    expect(book.lastMonth).toBe('2024-12')
  })

  test('finds the orders of a month', () => {
    expect(book.ordersIn('2024-03').length).toBeGreaterThan(2000)
  })

  test('finds no orders in a month without any', () => {
    expect(book.ordersIn('2025-01')).toEqual([])
  })

  test('finds the orders of a customer', () => {
    expect(book.ordersOf('customer-7')).toHaveLength(60)
  })

  test('finds no orders of a stranger', () => {
    expect(book.ordersOf('nobody')).toEqual([])
  })

  test('adds up the revenue', () => {
    expect(book.revenue()).toBe(ORDERS.reduce((sum, { pence }) => sum + pence, 0))
  })

  test('tells the revenue of each month', () => {
    expect([...book.revenueByMonth().keys()]).toHaveLength(12)
  })

  test('names the best customer', () => {
    expect(book.bestCustomer()).toMatch(/^customer-\d+$/)
  })
})
