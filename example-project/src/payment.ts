import { setTimeout as sleep } from 'node:timers/promises'

export type PaymentStatus = 'pending' | 'paid' | 'refused'

export interface PaymentProvider {
  status(payment: string): Promise<PaymentStatus>
}

interface Polling {
  readonly intervalMs: number
  readonly attempts: number
}

/** Asks until the payment is settled. Throws when it is still pending after all attempts. */
export async function waitForPayment(
  provider: PaymentProvider,
  payment: string,
  { intervalMs, attempts }: Polling,
): Promise<PaymentStatus> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const status = await provider.status(payment)
    if (status !== 'pending') return status
    await sleep(intervalMs)
  }
  throw new Error(`payment ${payment} is still pending after ${attempts} attempts`)
}
