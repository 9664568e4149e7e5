// In the profile: much wall time and hardly any CPU time, because it waits for the timer of waitForPayment in src/payment.ts.

import { expect, test } from '@jest/globals'
import { type PaymentProvider, type PaymentStatus, waitForPayment } from '../src/payment'

function providerThatAnswers(...statuses: PaymentStatus[]): PaymentProvider {
  return { status: async () => statuses.shift() ?? 'pending' }
}

test('a payment that is settled at once needs no waiting', async () => {
  const provider = providerThatAnswers('paid')
  await expect(waitForPayment(provider, 'p-1', { intervalMs: 50, attempts: 1 })).resolves.toBe('paid')
})

test('a pending payment is asked for until it is settled', async () => {
  const provider = providerThatAnswers(...Array<PaymentStatus>(8).fill('pending'), 'refused')
  await expect(waitForPayment(provider, 'p-2', { intervalMs: 50, attempts: 10 })).resolves.toBe('refused')
})

test('a payment that stays pending is given up', async () => {
  const provider = providerThatAnswers()
  await expect(waitForPayment(provider, 'p-3', { intervalMs: 20, attempts: 3 })).rejects.toThrow(
    'payment p-3 is still pending after 3 attempts',
  )
})
