import { cheapestPrice, type Pack } from './price-rules'

export interface CartLine {
  readonly product: string
  readonly quantity: number
  /** What the product is sold in. */
  readonly packs: readonly Pack[]
}

export type Cart = readonly CartLine[]

export function priceOf({ quantity, packs }: CartLine): number {
  return cheapestPrice(quantity, packs)
}
