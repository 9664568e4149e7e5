// In the profile: concurrent tests, each with its own wall time; the CPU time of rankQuotes is booked to their group.

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { bestQuote, type Quote, rankQuotes, type Supplier } from '../src/suppliers'

function supplierThatTakes(milliseconds: number, quote: Quote): Supplier {
  return { quote: () => sleep(milliseconds, quote) }
}

function quotesOf(amount: number): Quote[] {
  return Array.from({ length: amount }, (_, index) => ({
    supplier: `supplier-${(index * 7919) % amount}`,
    pence: 100 + ((index * 31) % 50),
    days: 1 + (index % 4),
  }))
}

const QUICK = supplierThatTakes(80, { supplier: 'Quick & Co', pence: 300, days: 1 })
const SLOW = supplierThatTakes(250, { supplier: 'Slow & Sons', pence: 250, days: 3 })

test.concurrent('waits for the slowest supplier', async () => {
  await expect(bestQuote([QUICK, SLOW], 'kettle')).resolves.toMatchObject({ supplier: 'Slow & Sons' })
})

test.concurrent('a single supplier is soon asked', async () => {
  await expect(bestQuote([QUICK], 'kettle')).resolves.toMatchObject({ supplier: 'Quick & Co' })
})

test.concurrent('ranks 50,000 quotes by price, then by days', async () => {
  expect(rankQuotes(quotesOf(50_000))[0]).toMatchObject({ pence: 100, days: 1 })
})

test('no supplier, no quote', async () => {
  await expect(bestQuote([], 'kettle')).resolves.toBeUndefined()
})
