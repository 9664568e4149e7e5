import { type Cart, priceOf } from './cart'
import { deliveryPrice } from './delivery'

export interface Bill {
  readonly goodsPence: number
  readonly deliveryPence: number
  readonly totalPence: number
}

export function checkout(cart: Cart, postcode: string): Bill {
  const goodsPence = cart.reduce((sum, line) => sum + priceOf(line), 0)
  const deliveryPence = deliveryPrice(postcode, goodsPence)
  return { goodsPence, deliveryPence, totalPence: goodsPence + deliveryPence }
}
