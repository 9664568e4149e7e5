/** So many pieces at the price of all of them. */
export interface Pack {
  readonly pieces: number
  readonly pence: number
}

export const UNAVAILABLE = Number.POSITIVE_INFINITY

/** The lowest price of a quantity put together from packs; UNAVAILABLE where no packs add up to it. */
export function cheapestPrice(quantity: number, packs: readonly Pack[]): number {
  if (quantity === 0) return 0
  let cheapest = UNAVAILABLE
  // Slow, because the rest is priced again and again, however often it came up before.
  for (const { pieces, pence } of packs) {
    if (pieces > quantity) continue
    const price = pence + cheapestPrice(quantity - pieces, packs)
    if (price < cheapest) cheapest = price
  }
  return cheapest
}
