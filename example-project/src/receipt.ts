import { type Cart, priceOf } from './cart'
import { checkout } from './checkout'

export function receipt(cart: Cart, postcode: string): string {
  const { deliveryPence, totalPence } = checkout(cart, postcode)
  const rows = [
    ...cart.map(line => ({ text: `${line.quantity} × ${line.product}`, pence: priceOf(line) })),
    { text: 'Delivery', pence: deliveryPence },
    { text: 'Total', pence: totalPence },
  ]
  return rows.map(({ text, pence }) => text.padEnd(20) + pounds(pence)).join('\n')
}

function pounds(pence: number): string {
  return `£${(pence / 100).toFixed(2)}`.padStart(9)
}
